import type { Generation } from '../../core/ports.ts'
import { pairsIn } from '../../text/words.ts'

/** Passages that hold the name, as a word or inside a longer one (内蒙 in 内蒙古): then all its pairs of characters. */
export const passagesOfPlace = (name: string, generation: Generation): ReadonlySet<number> => {
  const whole = passagesHolding(name, generation)
  if (whole.size > 0) return whole
  const [first = new Set<number>(), ...others] = pairsIn(name).map((pair) =>
    passagesHolding(pair, generation),
  )
  return new Set([...first].filter((passage) => others.every((passages) => passages.has(passage))))
}

/** Passages that hold a term of the index. */
export const passagesHolding = (term: string, { words, passages }: Generation): ReadonlySet<number> =>
  new Set(words.search([{ term, weight: 1 }], passages.length).map(({ passage }) => passage))

/** Years remembered of a generation; one costs a look at every passage. */
const KEPT = 64
const kept = new WeakMap<Generation, Map<string, ReadonlySet<number>>>()

/** Those that hold it, those of articles dated in it, and those that speak of the year before in the year after. */
export const passagesOfYear = (year: string, generation: Generation): ReadonlySet<number> => {
  const years = kept.get(generation) ?? new Map<string, ReadonlySet<number>>()
  kept.set(generation, years)
  const seen = years.get(year)
  if (seen) return seen
  if (years.size >= KEPT) years.clear()
  const found = lookForYear(year, generation)
  years.set(year, found)
  return found
}

const lookForYear = (year: string, generation: Generation): ReadonlySet<number> => {
  const next = String(Number(year) + 1)
  const held = [year, `${year}年`].flatMap((term) => [...passagesHolding(term, generation)])
  const ago = new Set(AGO.flatMap((term) => [...passagesHolding(term, generation)]))
  const dated = [...generation.passages.keys()].filter((passage) => {
    const date = generation.articles[articleOf(passage, generation)]?.date
    return date?.startsWith(year) || (date?.startsWith(next) && ago.has(passage))
  })
  return new Set([...held, ...dated])
}

const AGO = ['去年', '上年', '去年底', '年底']

/** Place of a passage's article in the list of articles; −1 for none. */
export const articleOf = (passage: number, { passages }: Generation): number =>
  passages[passage]?.article ?? -1

/** The year that a passage's article was written in; null where it has no date. */
export const yearWritten = (passage: number, generation: Generation): number | null => {
  const date = generation.articles[articleOf(passage, generation)]?.date ?? null
  return date === null ? null : Number(date.slice(0, 4))
}
