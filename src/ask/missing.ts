import type { Generation, Segmenter } from '../core/ports.ts'
import { isKnownPlace } from '../text/places.ts'
import type { Question } from './question.ts'

/** Asked about years: 2021年, 2021; not 2021个. */
const YEAR = /(?<!\d)((?:19|20)\d\d)(?:年|(?=\D*$)|(?= ))/g

/**
 * Places and years of the question that stand nowhere in the articles: without them no passage can answer it.
 * A year also counts as there when an article is dated in it or the year after (去年).
 */
export const missingNames = (
  question: Question,
  generation: Generation,
  segmenter: Segmenter,
): readonly string[] => {
  const { words } = generation
  const absent = (term: string): boolean => words.frequency(term) === 0
  const places = segmenter
    .tag(question.text)
    .map(({ word }) => word)
    .filter((word) => isKnownPlace(word) && absent(word) && !partsTogether(word, generation))
  const years = [...question.text.matchAll(YEAR)]
    .map((match) => match[1] ?? '')
    .filter((year) => absent(year) && absent(`${year}年`) && !datedNear(year, generation))
  return [...new Set([...places, ...years])]
}

/** A place inside a longer word (内蒙 in 内蒙古) is there when one passage holds all its characters in a row, as bigrams. */
const partsTogether = (word: string, { words }: Generation): boolean => {
  for (let i = 0; i + 1 < word.length; i++)
    if (words.frequency(`\u0001${word.slice(i, i + 2)}`) === 0) return false
  return true
}

const datedNear = (year: string, { articles }: Generation): boolean => {
  const next = String(Number(year) + 1)
  return articles.some(({ date }) => date !== null && (date.startsWith(year) || date.startsWith(next)))
}
