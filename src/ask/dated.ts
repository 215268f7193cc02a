import type { Generation } from '../core/ports.ts'
import { articleOf, passagesOfYear } from './standing.ts'
import { askedYear, monthsIn } from './times.ts'

/**
 * How well a passage fits the time a question names: 1 told or written in its year, OF_MONTH written in its month, −1 of
 * another year, 0 where none can tell.
 */
export type Dated = (passage: number) => number

/** What an article of the month is worth against one of the year. */
const OF_MONTH = 2.5
/** Years kept with the passages that tell of them. */
const KEPT = 64

/** Articles are written soon after what they tell: one dated in the year that is asked about is likelier to tell it. */
export const makeDated = (generation: Generation): ((question: string) => Dated) => {
  const kept = new Map<number, ReadonlySet<number>>()
  const tellingOf = (year: number): ReadonlySet<number> => {
    const seen = kept.get(year)
    if (seen) return seen
    if (kept.size >= KEPT) kept.clear()
    const found = passagesOfYear(String(year), generation)
    kept.set(year, found)
    return found
  }
  return (question) => {
    const asked = askedYear(question)
    if (asked === null || 'ago' in asked) return () => 0
    const telling = tellingOf(asked.year)
    const [month, ...more] = monthsIn(question)
    const askedMonth = month && more.length === 0 ? `${asked.year}-${month.padStart(2, '0')}` : null
    return (passage) => {
      const date = generation.articles[articleOf(passage, generation)]?.date ?? null
      if (askedMonth !== null && date?.startsWith(askedMonth)) return OF_MONTH
      if (telling.has(passage)) return 1
      return date === null ? 0 : -1
    }
  }
}
