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
/** Parts of a year by the months that newspapers write of them in. */
const SEASONS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/春节|春运|过年|新春|正月|除夕|元宵|元旦|年初|开年/, [1, 2]],
  [/全国两会|人代会/, [3]],
  [/清明/, [4]],
  [/五一/, [4, 5]],
  [/端午/, [5, 6]],
  [/中秋|国庆|十一(?:假期|长假|黄金周)/, [9, 10]],
  [/年[底末根关]|岁末|跨年/, [11, 12]],
  [/春/, [3, 4, 5]],
  [/夏|暑/, [6, 7, 8]],
  [/秋/, [9, 10, 11]],
  [/冬(?!奥|残)/, [12, 1, 2]],
]
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
    const months = monthsAsked(question)
    return (passage) => {
      const date = generation.articles[articleOf(passage, generation)]?.date ?? null
      const month = date?.startsWith(String(asked.year)) ? Number(date.slice(5, 7)) : 0
      if (months.includes(month)) return OF_MONTH
      if (telling.has(passage)) return 1
      return date === null ? 0 : -1
    }
  }
}

/** The month a question names, or those of the season it names; none when it names neither, or several months. */
const monthsAsked = (question: string): readonly number[] => {
  const [month, ...more] = monthsIn(question)
  if (month) return more.length === 0 ? [Number(month)] : []
  return SEASONS.find(([season]) => season.test(question))?.[1] ?? []
}
