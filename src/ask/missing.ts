import type { Generation, Segmenter } from '../core/ports.ts'
import { isKnownPlace } from '../text/places.ts'
import type { Question } from './question.ts'

/** Asked about years: 2021年, 2021; not 2021个. */
const YEAR = /(?<!\d)((?:19|20)\d\d)(?:年|(?=\D*$)|(?= ))/g

/** The places and years a question names, and where they stand. */
export interface Named {
  /** Those that stand in no file: without them no passage can answer. */
  readonly missing: readonly string[]
  /** Share of the named that stand nowhere in the passage's file, 0 to 1; 0 when nothing is named. */
  readonly elsewhere: (passage: number) => number
}

/** Names whose files are remembered; a name costs one search. */
const KEPT = 512

/**
 * Finds out where the places and years of a question stand. A page of a newspaper names its city once, so the whole
 * file counts; a year also stands where an article is dated in it or in the year after (去年).
 */
export const makeNamed = (generation: Generation, segmenter: Segmenter): ((question: Question) => Named) => {
  const kept = new Map<string, ReadonlySet<number>>()
  const filesOf = (name: string): ReadonlySet<number> => {
    const seen = kept.get(name)
    if (seen) return seen
    if (kept.size >= KEPT) kept.clear()
    const found = isYear(name) ? filesOfYear(name, generation) : filesOfPlace(name, generation)
    kept.set(name, found)
    return found
  }
  return (question) => {
    const names = namesIn(question, segmenter)
    return {
      missing: names.filter((name) => filesOf(name).size === 0),
      elsewhere: (passage) => {
        const file = fileOf(passage, generation)
        return names.length === 0 ? 0 : names.filter((name) => !filesOf(name).has(file)).length / names.length
      },
    }
  }
}

const namesIn = ({ text }: Question, segmenter: Segmenter): readonly string[] => {
  const places = segmenter
    .tag(text)
    .map(({ word }) => word)
    .filter(isKnownPlace)
  const years = [...text.matchAll(YEAR)].map((match) => match[1] ?? '')
  return [...new Set([...places, ...years])]
}

const isYear = (name: string): boolean => /^\d{4}$/.test(name)

/** Files with a passage that holds the name, as a word or inside a longer one (内蒙 in 内蒙古): then all its pairs of characters. */
const filesOfPlace = (name: string, generation: Generation): ReadonlySet<number> => {
  const whole = filesHolding(name, generation)
  if (whole.size > 0) return whole
  const pairs = Array.from(
    { length: Math.max(0, name.length - 1) },
    (_, i) => `\u0001${name.slice(i, i + 2)}`,
  )
  const [first = new Set<number>(), ...others] = pairs.map((pair) => filesHolding(pair, generation))
  return new Set([...first].filter((file) => others.every((files) => files.has(file))))
}

const filesHolding = (term: string, generation: Generation): ReadonlySet<number> => {
  const hits = generation.words.search([{ term, weight: 1 }], generation.passages.length)
  return new Set(hits.map(({ passage }) => fileOf(passage, generation)))
}

const filesOfYear = (year: string, generation: Generation): ReadonlySet<number> => {
  const next = String(Number(year) + 1)
  const dated = generation.articles.filter(({ date }) => date?.startsWith(year) || date?.startsWith(next))
  const held = [year, `${year}年`].flatMap((term) => [...filesHolding(term, generation)])
  return new Set([...held, ...dated.map(({ file }) => file)])
}

const fileOf = (passage: number, { passages, articles }: Generation): number =>
  articles[passages[passage]?.article ?? -1]?.file ?? -1
