// Finds the weights of the repair by coordinate search on pages whose right reading is known.
//   npx tsx bench/tune-articles.ts --scorer articles-score.mjs --what joins|division --pages DIR [--pages DIR …] [--rounds 2]
// DIR holds page texts and gold.json. Prints every step that helped and the weights at the end; nothing is written.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { articlesOf } from '../src/corpus/repair/articles.ts'
import { divide } from '../src/corpus/repair/divide.ts'
import { layoutOf } from '../src/corpus/repair/groups.ts'
import { joinUnits, LOST, match, WEIGHTS } from '../src/corpus/repair/joins.ts'
import { flowOf, unitsIn } from '../src/corpus/repair/repair.ts'
import { eachSeam, looseOf, type Sign } from '../src/corpus/repair/seams.ts'
import { signsOf } from '../src/corpus/repair/signs.ts'
import { PARSE } from '../src/corpus/repair/titles.ts'
import { COSTS } from '../src/corpus/repair/worth.ts'

const { values: options } = parseArgs({
  options: {
    scorer: { type: 'string' },
    what: { type: 'string', default: 'joins' },
    pages: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '2' },
  },
})

type Weights = Record<string, number>
interface Gold {
  readonly file: string
  readonly articles: readonly {
    readonly paragraphs: readonly { readonly ranges: [number, number][]; readonly heading?: boolean }[]
  }[]
}
const sets = options.pages.map((folder) => {
  const gold = JSON.parse(readFileSync(join(folder, 'gold.json'), 'utf8')) as { files: Gold[] }
  return {
    gold,
    pages: gold.files.map((file) => ({ file, text: readFileSync(join(folder, file.file), 'utf8') })),
  }
})

/** Offset of each character's follower in its paragraph. */
const followers = (gold: Gold, text: string): Map<number, number> => {
  const next = new Map<number, number>()
  for (const { ranges } of gold.articles.flatMap((article) => article.paragraphs).filter((p) => !p.heading)) {
    const places = ranges
      .flatMap(([start, end]) => Array.from({ length: end - start }, (_, k) => start + k))
      .filter((at) => /\S/.test(text.charAt(at)))
    for (const [k, at] of places.slice(1).entries()) next.set(places[k] ?? -1, at)
  }
  return next
}

/** Right joins less .6 of the wrong ones, over all there are. */
const judgeJoins = (): (() => number) => {
  const pages = sets
    .flatMap(({ pages: list }) => list)
    .map(({ file, text }) => {
      const units = flowOf(unitsIn(text))
      const next = followers(file, text)
      const seams: { left: number; right: number; signs: Readonly<Record<Sign, number>>; isTrue: boolean }[] =
        []
      eachSeam(
        units,
        () => 1,
        (left, right, signs) => {
          seams.push({
            left,
            right,
            signs,
            isTrue: next.get((units[left]?.end ?? 0) - 1) === units[right]?.start,
          })
        },
      )
      return { loose: units.map(looseOf), seams }
    })
  return () => {
    let worth = 0
    let all = 0
    for (const { loose, seams } of pages) {
      const scored = seams.map((seam) => ({
        ...seam,
        score: Object.entries(seam.signs).reduce(
          (sum, [sign, value]) => sum + WEIGHTS[sign as Sign] * value,
          0,
        ),
      }))
      for (const { isTrue } of match(loose, scored)) worth += isTrue ? 1 : -0.6
      all += seams.filter(({ isTrue }) => isTrue).length
    }
    return worth / all
  }
}

/** Mean of the scorer's figures, characters and titles weighing most. */
const judgeDivision = async (): Promise<() => number> => {
  const { score } = await import(resolve(options.scorer ?? ''))
  const laid = sets.map(({ gold, pages }) => ({
    gold,
    pages: pages.map(({ file, text }) => {
      const units = unitsIn(text)
      const layout = layoutOf(joinUnits(flowOf(units)).blocks)
      return { file: file.file, text, units, layout, signs: signsOf(layout) }
    }),
  }))
  return () =>
    laid.reduce((sum, { gold, pages }) => {
      const files = pages.map(({ file, text, units, layout, signs }) => ({
        file,
        articles: articlesOf(text, units, layout, divide(layout, signs).stretches).map((article) => ({
          title: article.title?.text ?? null,
          titleRanges: article.title?.ranges ?? [],
          subtitleRanges: article.subtitle?.ranges ?? [],
          bylineRanges: article.byline?.ranges ?? [],
          paragraphs: article.paragraphs,
        })),
      }))
      const { all } = score(gold, { files })
      return (
        sum + (2 * all.chars + 1.5 * all.title + 0.7 * all.order + all.F1 + 0.3 * all.found) / laid.length
      )
    }, 0)
}

const isJoins = options.what === 'joins'
const judge = isJoins ? judgeJoins() : await judgeDivision()
const tables = (isJoins ? [WEIGHTS, LOST] : [COSTS, PARSE]) as unknown as Weights[]
let best = judge()
console.log('start', best.toFixed(5))
for (let round = 0; round < Number(options.rounds); round++) {
  for (const table of tables) {
    for (const [key, value] of Object.entries(table)) {
      for (const step of value === 0 ? [0.5, -0.5] : [0.25, -0.25, 0.8, -0.6].map((share) => share * value)) {
        table[key] = value + step
        const found = judge()
        if (found <= best + 1e-5) {
          table[key] = value
          continue
        }
        best = found
        console.log(key, value.toFixed(2), '→', (value + step).toFixed(2), best.toFixed(5))
        break
      }
    }
  }
}
console.log(JSON.stringify(tables, null, 1))
