import { ABBREVIATIONS, shortIn } from '../../text/abbreviations.ts'
import { askedYear, YEAR_WORDS, yearsTold } from '../question/times.ts'

/** The question as it is asked of a text: in the text's own words where it has others for the same. `written`: the year of its article. */
export const asTold = (question: string, text: string, written: number | null): string =>
  withNamesAsTold(withYearAsTold(question, text, written), text)

/** GDP as 地区生产总值 where the text says so alone, and the reverse. */
const withNamesAsTold = (question: string, text: string): string =>
  ABBREVIATIONS.reduce((now, abbreviation) => {
    const [asked, told] = [shortIn(abbreviation, now), shortIn(abbreviation, text)]
    const [askedLong, toldLong] = [now, text].map((one) => abbreviation.long.exec(one)?.[0])
    if (asked !== null && told === null && toldLong !== undefined && askedLong === undefined)
      return now.replace(asked, toldLong)
    if (askedLong !== undefined && toldLong === undefined && told !== null && asked === null)
      return now.replace(askedLong, told)
    return now
  }, question)

/**
 * The question as it is asked of a text: 今年 and 去年 by their number where the text tells that year by its number alone.
 * An article without a date is taken to be of the only year it names. Asked for 今年, the reader took 2020年 for another
 * year: 今年要改造多少老旧小区 had a confidence of .05, with the number .41.
 */
const withYearAsTold = (question: string, text: string, written: number | null): string => {
  const asked = askedYear(question)
  if (asked === null || 'year' in asked) return question
  const word = YEAR_WORDS.find(([, ago]) => ago === asked.ago)?.[0]
  if (word === undefined || text.includes(word)) return question
  const year = written === null ? onlyYear(text, asked.ago) : written - asked.ago
  return year !== null && yearsTold(text).has(year) ? question.replace(word, `${year}年`) : question
}

/** What 今年 is in an article without a date; null where it names no year or several. */
const onlyYear = (text: string, ago: number): number | null => {
  const [year, ...more] = yearsTold(text)
  return year !== undefined && more.length === 0 && ago === 0 ? year : null
}
