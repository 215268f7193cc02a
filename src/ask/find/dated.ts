import type { Generation, Segmenter } from '../../core/ports.ts'
import { articleOf, passagesOfYear } from '../question/standing.ts'
import { askedYear, monthsIn, periodsIn } from '../question/times.ts'

/**
 * How well a passage fits the time a question names: 1 told or written in its year, OF_MONTH written in its month, −1 of
 * another year, 0 where none can tell, as in the January after.
 */
export type Dated = (passage: number) => number

/** What an article of the month is worth against one of the year. */
const OF_MONTH = 2.5
/** Words for parts of a year, by the months that newspapers write of them in. */
const SEASONS = new Map(
  (
    [
      ['春节 春运 过年 新春 正月 除夕 元宵 元宵节 年初 开年', [1, 2]],
      ['元旦', [1]],
      ['清明 清明节', [4]],
      ['五一 五一节', [4, 5]],
      ['端午 端午节', [5, 6]],
      ['中秋 中秋节 国庆 国庆节', [9, 10]],
      ['年底 年末 年关 岁末', [11, 12]],
      ['年春 春天 春季 开春', [3, 4, 5]],
      ['年夏 夏天 夏季 暑假 暑期 盛夏', [6, 7, 8]],
      ['年秋 秋天 秋季 金秋', [9, 10, 11]],
      ['年冬 冬天 冬季', [12, 1, 2]],
    ] as const
  ).flatMap(([words, months]) => words.split(' ').map((word) => [word, months] as const)),
)

/** Articles are written soon after what they tell: one dated in the year that is asked about is likelier to tell it. */
export const makeDated = (generation: Generation, segmenter: Segmenter): ((question: string) => Dated) => {
  return (question) => {
    const asked = askedYear(question)
    if (asked === null || 'ago' in asked) return () => 0
    const telling = passagesOfYear(String(asked.year), generation)
    const months = monthsAsked(question, segmenter)
    return (passage) => {
      const date = generation.articles[articleOf(passage, generation)]?.date ?? null
      const month = date?.startsWith(String(asked.year)) ? Number(date.slice(5, 7)) : 0
      if (months.includes(month)) return OF_MONTH
      if (telling.has(passage)) return 1
      return date === null || date.startsWith(`${asked.year + 1}-01`) ? 0 : -1
    }
  }
}

/** 2018年春; not 2020年春秋航空, 2020年夏威夷. */
const BEHIND_YEAR = /(?<=\d)年[春夏秋冬](?![秋节晚运航威津华粮收播瑾裤枣奥残虫令])/

/** The month a question names, or those of the season it names; none when it names neither, or several months. */
const monthsAsked = (question: string, segmenter: Segmenter): readonly number[] => {
  const [month, ...more] = monthsIn(question)
  if (month) return more.length === 0 && periodsIn(question).size === 0 ? [Number(month)] : []
  const season =
    segmenter.tag(question).find(({ word }) => SEASONS.has(word))?.word ?? BEHIND_YEAR.exec(question)?.[0]
  return SEASONS.get(season ?? '') ?? []
}
