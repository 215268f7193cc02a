// Fits the numbers that turn what speaks for an extract into a probability, and prints how well they hold.
//   npx tsx bench/calibrate.ts --data FOLDER [--write] [--reader]     (--reader: only with the reader)
// Half of the questions of judging.tsv and of the dev news questions are fitted to, threshold too; the other halves measure.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probability } from '../src/ask/read/calibration.ts'
import { UNTOLD } from '../src/ask/read/read.ts'
import { ChuchuError } from '../src/core/errors.ts'
import type { Embedder, Reader } from '../src/core/ports.ts'
import type { Calibration } from '../src/core/types.ts'
import { type Row, rowsOf } from './judged.ts'
import { judgingFolder, judgingItems } from './judging.ts'
import { dataFolder, type Item, type Lab, openLab, readJsonl } from './lab.ts'
import { fitLogistic } from './logistic.ts'

/** The confidence of a reply is that of its first extract, so the first counts as twenty: expected calibration error .159 → .040. */
const FIRST = 20
/** Candidates a question that are fitted to: those that may be shown. */
const FITTED = 5
/**
 * The threshold is the one at which most questions are dealt with rightly: answered, a right extract among three, or
 * refused. A corpus is mostly asked what it is thought to hold: what it does not hold counts as three in eight in all.
 */
const NEAR_WEIGHT = 2 / 3
/** The news questions are fewer, and half of them in quite other words than the articles': each counts as two. */
const NEWS_WEIGHT = 2
const ABSENT_WEIGHT = 1 / 6

const data = dataFolder()
const newsFolder = join(tmpdir(), 'chuchu-bench', 'news-questions')
mkdirSync(newsFolder, { recursive: true })
copyFileSync(join(data, 'questions', 'corpus.jsonl'), join(newsFolder, 'corpus.jsonl'))
const judging: Asked = { lab: await openLab(judgingFolder(data)), items: judgingItems() }
const dev: Asked = {
  lab: await openLab(newsFolder),
  items: readJsonl<Item>(join(data, 'questions', 'news-questions.dev.jsonl')),
}
const { config } = judging.lab
const fits: Record<string, Calibration> = {}
if (!process.argv.includes('--reader')) {
  await fitOne('none+rules', { embeds: false, reads: false })
  await fitOne(`${config.embedder}+rules`, { embeds: true, reads: false })
}
if (judging.lab.models.reader)
  await fitOne(`${config.embedder}+${config.reader}`, { embeds: true, reads: true })
await judging.lab.close()
await dev.lab.close()
if (process.argv.includes('--write')) write()

interface Asked {
  readonly lab: Lab
  readonly items: readonly Item[]
}

async function fitOne(name: string, using: { embeds: boolean; reads: boolean }): Promise<void> {
  const ask = ({ lab, items }: Asked): Promise<readonly Row[]> => {
    const meaning: Embedder = using.embeds ? lab.models.embedder : noEmbedder(lab.models.embedder)
    const reader: Reader | null = using.reads ? lab.models.reader : null
    return rowsOf(lab, items, { meaning, reader })
  }
  const [asked, news] = [await ask(judging), await ask(dev)]
  const fitted = (rows: readonly Row[]): readonly Row[] => rows.filter(({ even }) => even)
  const rest = (rows: readonly Row[]): readonly Row[] => rows.filter(({ even }) => !even)
  const own = [...fitted(asked), ...Array.from({ length: NEWS_WEIGHT }, () => fitted(news)).flat()]
  const samples = own.flatMap(({ candidates }) =>
    candidates
      .slice(0, FITTED)
      .filter(({ possible }) => possible)
      .map((candidate, i) => ({ ...candidate, weight: i === 0 ? FIRST : 1 })),
  )
  const draft = { ...fitLogistic(samples), threshold: 0 }
  const calibration = { ...draft, threshold: bestThreshold(own, draft) }
  fits[name] = calibration
  console.log(`\n${name} ${JSON.stringify(calibration)}`)
  report('judging, the other half', rest(asked), calibration)
  report('news questions dev, the other half', rest(news), calibration)
}

function noEmbedder({ id, dim }: Embedder): Embedder {
  const down = () => Promise.reject(new ChuchuError('model_unavailable', 'off for this measurement'))
  return { id, dim, question: down, passage: down }
}

function bestThreshold(rows: readonly Row[], calibration: Calibration): number {
  const right = (step: number): number =>
    rows.reduce((sum, row) => {
      const weight = row.absent ? ABSENT_WEIGHT : row.answerable ? 1 : NEAR_WEIGHT
      return sum + (isRight(row, calibration, step) ? weight : 0)
    }, 0)
  const steps = Array.from({ length: 60 }, (_, i) => (i + 5) / 100)
  return steps.reduce((best, step) => (right(step) > right(best) ? step : best), 0.05)
}

function outcome(row: Row, calibration: Calibration, threshold: number) {
  const scored = row.candidates
    .map(({ features, possible, right, exact }) => {
      const score = Math.min(probability(calibration, features), possible ? 1 : UNTOLD)
      return { right, exact, score }
    })
    .sort((a, b) => b.score - a.score)
  return {
    answered: !row.missing && (scored[0]?.score ?? 0) >= threshold,
    score: scored[0]?.score ?? 0,
    first: scored[0]?.right === true,
    exact: scored[0]?.exact === true,
    three: scored.slice(0, 3).some(({ right }) => right),
  }
}

/** Answered with a right extract among three, or refused where there is no answer. */
function isRight(row: Row, calibration: Calibration, threshold: number): boolean {
  const { answered, three } = outcome(row, calibration, threshold)
  return row.answerable ? answered && three : !answered
}

function report(title: string, rows: readonly Row[], calibration: Calibration): void {
  const yes = rows.filter(({ answerable }) => answerable)
  const near = rows.filter(({ answerable, absent }) => !answerable && !absent)
  const absent = rows.filter((row) => row.absent)
  console.log(`${title}: ${yes.length} answerable, ${near.length} near misses, ${absent.length} absent`)
  const at = (threshold: number): string => {
    const share = (part: readonly Row[], test: (o: ReturnType<typeof outcome>) => boolean): string =>
      (part.filter((row) => test(outcome(row, calibration, threshold))).length / part.length).toFixed(3)
    const right = (part: readonly Row[]): string =>
      (part.filter((row) => isRight(row, calibration, threshold)).length / part.length).toFixed(3)
    return (
      `right ${right([...yes, ...near])}, with absent ${right(rows)}  answered ${share(yes, (o) => o.answered)}  hit@1 ${share(yes, (o) => o.answered && o.first)}  hit@3 ${share(yes, (o) => o.answered && o.three)}` +
      `  exact ${share(yes, (o) => o.answered && o.exact)}  refused: near misses ${share(near, (o) => !o.answered)}, absent ${share(absent, (o) => !o.answered)}`
    )
  }
  const scores = yes
    .map((row) => (row.missing ? 0 : outcome(row, calibration, 0).score))
    .sort((a, b) => a - b)
  const ninety = scores[Math.floor(scores.length / 10)] ?? 0
  for (const threshold of [calibration.threshold, ninety, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5])
    console.log(
      `  threshold ${threshold.toFixed(2)}${threshold === ninety ? ' (90 % kept)' : ''}: ${at(threshold)}`,
    )
  reliability(rows, calibration)
}

function reliability(rows: readonly Row[], calibration: Calibration): void {
  const outcomes = rows.map((row) => outcome(row, calibration, 0))
  let error = 0
  for (let bin = 0; bin < 10; bin++) {
    const part = outcomes.filter(({ score }) => Math.min(9, Math.floor(score * 10)) === bin)
    if (part.length === 0) continue
    const said = part.reduce((sum, { score }) => sum + score, 0) / part.length
    const was = part.filter(({ first }) => first).length / part.length
    error += (part.length / outcomes.length) * Math.abs(said - was)
    console.log(`  said ${said.toFixed(2)}  was ${was.toFixed(2)}  n ${part.length}`)
  }
  console.log(`  expected calibration error ${error.toFixed(3)}`)
}

function write(): void {
  const path = join(config.models, 'calibration.json')
  const all = JSON.parse(readFileSync(path, 'utf8'))
  const rules = fits[`${config.embedder}+rules`]
  const read = fits[`${config.embedder}+${config.reader}`]
  const usual = { ...(rules ? { '*+rules': rules } : {}), ...(read ? { '*+*': read } : {}) }
  writeFileSync(path, `${JSON.stringify({ ...all, ...usual, ...fits }, null, 2)}\n`)
}
