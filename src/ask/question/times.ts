import { figuresOf, numberOf } from '../../text/numerals.ts'
/** A year by its number, or by how far it is from the year of the article: 去年 is −1 of every article. */
export type AskedYear = { readonly year: number } | { readonly ago: number }

/** A day of some year. */
export interface Day {
  readonly month: number
  readonly day: number
}

/** 2019 and 2019年; not 2019名 or 2000万. */
const YEAR_NUMBER = '(?<!\\d)(?:19|20)\\d\\d(?![\\d万亿千百余多个名元人家户件吨公米亩套辆台次位项条部])'
export const YEAR = new RegExp(YEAR_NUMBER, 'g')
/** 2021年, 2021 at the end or before a space: a year by itself in a question. */
export const YEAR_ALONE = new RegExp(`${YEAR_NUMBER}(?=年|\\D*$| )`, 'g')
const YEARS = /(?<!\d)((?:19|20)\d\d)年?[-—–~至到]((?:19|20)\d\d)(?!\d)/g
/** 二〇二一年 */
const HAN_YEAR = /[一二][〇零九][〇零一二三四五六七八九]{2}(?=年)/g
/** 23年7月 is of 2023; 20年 may be how long. */
const SHORT_YEAR = /(?<!\d)(\d\d)年(?=\d{1,2}月|[春夏秋冬初底末])/g
/** Years by how far they are from that of the article. */
export const YEAR_WORDS = [
  ['今年', 0],
  ['去年', 1],
  ['前年', 2],
  ['明年', -1],
] as const
const DAY = /(?<!\d)(\d{1,2})月(\d{1,2})[日号]/g

/** The year a question is about; null when it names none, or several. */
export const askedYear = (question: string): AskedYear | null => {
  const years = yearsTold(question)
  const ago = YEAR_WORDS.filter(([word]) => question.includes(word)).map(([, by]) => by)
  if (years.size + ago.length !== 1) return null
  const [year] = years
  return year === undefined ? { ago: ago[0] ?? 0 } : { year }
}

/** Does a question name a year or a day, one or several? */
export const namesTime = (question: string): boolean =>
  yearsTold(question).size > 0 ||
  YEAR_WORDS.some(([word]) => question.includes(word)) ||
  [...question.matchAll(DAY)].length > 0

/** The day a question is about; null when it names none, or several. */
export const askedDay = (question: string): Day | null => {
  const [only, ...more] = [...question.matchAll(DAY)]
  return only && more.length === 0 ? { month: Number(only[1]), day: Number(only[2]) } : null
}

/** The years that a text tells by their numbers: 2019年, 二〇一九年, 19年3月, each of 2017至2019. */
export const yearsTold = (text: string): ReadonlySet<number> => {
  const years = new Set([...text.matchAll(YEAR)].map(([year]) => Number(year)))
  for (const [, short] of text.matchAll(SHORT_YEAR)) years.add(2000 + Number(short))
  for (const [year] of text.matchAll(HAN_YEAR)) years.add(Number(figuresOf(year)))
  for (const [, from, to] of text.matchAll(YEARS)) {
    for (let year = Number(from); year <= Number(to); year++) years.add(year)
  }
  return years
}

/** What a figure is compared with tells of no time itself: 比2018年, 较上月, 与一季度相比, 超过春节. */
const COMPARED =
  /(?:比|较|与|同|超过|高于|低于|好于)[^，,。；;\d]{0,4}?(?:(?:(?:19|20)\d\d年|[去上前今]年|\d{1,2}月|[上下]半年|第?[一二三四]季度|前(?:\d{1,2}|[一两二三四五六七八九十]+)个?(?:月|季度)|\d{1,2}月?[-—–~至到]\d{1,2}月|春节|国庆|五一|端午|中秋|清明|元旦)[底末初份]?)+/gu

/** A text of the same length without the times that something is compared with. */
export const withoutCompared = (text: string): string =>
  text.replace(COMPARED, (compared) => ' '.repeat(compared.length))

/** The years that a text of an article names, 今年 and 去年 read against the year of the article (null: unknown). */
export const yearsIn = (text: string, written: number | null): ReadonlySet<number> => {
  const years = new Set(yearsTold(text))
  if (written === null) return years
  for (const [word, ago] of YEAR_WORDS) if (text.includes(word)) years.add(written - ago)
  if (/上年|上一年/.test(text)) years.add(written - 1)
  return years
}

/**
 * Do sentences of an article written in one year speak of that year or others, but not of the one asked for, which is
 * another? 2019年…多少 and 今年一季度…, written in 2020. Of 1,323 answerable news questions with a year, none.
 */
export const isOfOtherYear = (asked: AskedYear, all: string, written: number | null): boolean => {
  const sentences = withoutCompared(all)
  if (isSinceLongAgo(asked, sentences, written)) return true
  if ('year' in asked && isDealtOut(asked.year, sentences)) return true
  if (written === null) {
    if ('ago' in asked) return isOfThisYear(asked.ago, sentences)
    return beginsInOtherYear(asked.year, sentences) || isComparedWith(asked.year, all, sentences)
  }
  const year = 'year' in asked ? asked.year : written - asked.ago
  const years = yearsIn(sentences, written)
  return year !== written && years.size > 0 && !years.has(year) && !yearsIn(all, written).has(year)
}

/** 2020年、2021年、2022年营收分别为…, asked for another year. */
const isDealtOut = (year: number, sentences: string): boolean =>
  /(?:19|20)\d\d年?(?:[、和至到-](?:19|20)\d\d年?)+[^，。]{0,12}分别/u.test(sentences) &&
  !yearsTold(sentences).has(year)

/** 今年…，超过了2020年, asked for 2020年. */
const isComparedWith = (year: number, all: string, sentences: string): boolean =>
  yearsTold(all).has(year) && !yearsTold(sentences).has(year) && /今年/.test(sentences)

/** 今年…, asked for 去年, where no year is told. */
const isOfThisYear = (ago: number, sentences: string): boolean =>
  ago !== 0 &&
  /今年/.test(sentences) &&
  !YEAR_WORDS.some(([word, by]) => by !== 0 && sentences.includes(word)) &&
  !/上年|上一年|同期/.test(sentences) &&
  yearsTold(sentences).size === 0

/** 2013年以来，…累计: what follows is of all years since. */
const SINCE = /^.{0,12}?(?:自|从)?((?:19|20)\d\d)年(?:以来|至今)/u

const isSinceLongAgo = (asked: AskedYear, sentences: string, written: number | null): boolean => {
  const [, since] = SINCE.exec(sentences) ?? []
  if (since === undefined) return false
  const isTold = YEAR_WORDS.some(
    ([word, ago]) => 'ago' in asked && asked.ago === ago && sentences.includes(word),
  )
  if ('ago' in asked && written === null) return !isTold
  const year = 'year' in asked ? asked.year : (written ?? 0) - asked.ago
  return Number(since) < year && !yearsIn(sentences, written).has(year)
}

/** 8/17, 08-17: the day in figures alone. */
export const holdsDay = (text: string, { month, day }: Day): boolean =>
  new RegExp(`(?<!\\d)0?${month}[-/.]0?${day}(?!\\d)`).test(text)

/** 2019年，全市… and 本报讯记者…报道大连市2020年…: what follows is of that year, whenever it was written. */
const BEGINS =
  /^(?:(?:本报|新华社|中新|据|记者)[^，。]{0,14}?(?:报道|[讯电]))?.{0,4}?((?:19|20)\d\d)年(?!成立|建成|开工|动工|投产|竣工|创办|创建|上映)/u
const beginsInOtherYear = (asked: number, sentences: string): boolean => {
  const [, year] = BEGINS.exec(sentences) ?? []
  return year !== undefined && Number(year) !== asked && !yearsTold(sentences).has(asked)
}

/** Whether an article of that date (YYYY-MM-DD) tells of a day by its date alone: of the day, or the one before or after. */
export const isOfDay = (date: string | null, { month, day }: Day): boolean => {
  if (date === null) return false
  const year = Number(date.slice(0, 4))
  return [year - 1, year, year + 1].some((one) => {
    const days = Date.parse(date) - Date.parse(`${one}-${two(month)}-${two(day)}`)
    return Math.abs(days) <= 86_400_000
  })
}

const two = (value: number): string => String(value).padStart(2, '0')

const HALF = /([上下])半年/g
const QUARTER = /(?<!前)第?(?:([一二三四])、)?([一二三四首1-4])季度/g
/** 前三季度 */
const QUARTERS_SO_FAR = /前([二两三23])个?季度/g
const MONTHS_SO_FAR = /前(十一|[一两二三四五六七八九十]|\d{1,2})个?月/g
const MONTHS = /(?<!\d)(\d{1,2})月?(?:份)?[-—–~至到](\d{1,2})月/g

/** Parts of a year of several months, as first-last month: 上半年 and 前六个月 are both 1-6. */
export const periodsIn = (text: string): ReadonlySet<string> => {
  const periods = new Set<string>(/全年(?!目标|计划|任务)/.test(text) && !/半年/.test(text) ? ['1-12'] : [])
  for (const [, half] of text.matchAll(HALF)) periods.add(half === '上' ? '1-6' : '7-12')
  for (const [, first, second] of text.matchAll(QUARTER)) {
    for (const quarter of [first, second]) {
      if (quarter === undefined) continue
      const last = 3 * numberOf(quarter.replace('首', '一'))
      periods.add(`${last - 2}-${last}`)
    }
  }
  for (const [, quarters = ''] of text.matchAll(QUARTERS_SO_FAR)) periods.add(`1-${3 * numberOf(quarters)}`)
  for (const [, months = ''] of text.matchAll(MONTHS_SO_FAR)) periods.add(`1-${numberOf(months)}`)
  for (const [, from, to] of text.matchAll(MONTHS)) periods.add(`${Number(from)}-${Number(to)}`)
  return periods
}

/** 7月, 7月份; not 7月5日, nor either end of 5月至7月. */
const MONTH = /(?<![\d.月至到—~-])0?([1-9]|1[0-2])月(?!\d|[至到—~-])/g
const ANY_MONTH = /(?<![\d.])0?([1-9]|1[0-2])月/g
/** The month of the article or the one before, which may be any. */
const SOME_MONTH = /[本当同上]月/
const HOLIDAY =
  /春节|除夕|元宵|端午|中秋|(?:清明|元旦|国庆|五一)(?=[”"’']?(?:节|小?长?假|期间|黄金周|档期|[、和]?(?:中秋|国庆|元旦|五一)))/g

/** 六月, 元月 → 6月, 1月 */
const inFigures = (text: string): string =>
  text.replace(
    /(?<![一二三四五六七八九十个])(元|十[一二]?|[一二三四五六七八九])月/g,
    (_, month: string) => `${month === '元' ? 1 : numberOf(month)}月`,
  )

/** The months that a text names, as figures without a leading 0. */
export const monthsIn = (text: string): readonly string[] => [...allOf(ANY_MONTH, inFigures(text))]

const allOf = (pattern: RegExp, text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[0]))

/** One is asked for, others alone are told; not even compared with (`all`) is it. */
const isOther = (asked: ReadonlySet<string>, told: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  asked.size === 1 && told.size > 0 && [...asked].every((one) => !told.has(one) && !all.has(one))

/** Is one part of a year asked for, and do sentences speak of others alone? 上半年…多少 and 一季度…, 国庆假期 and 五一假期. */
export const isOfOtherPeriod = (question: string, sentences: string): boolean => {
  const told = withoutCompared(sentences)
  return (
    isOther(periodsIn(question), periodsIn(told), periodsIn(sentences)) ||
    isOther(holidaysIn(question), holidaysIn(told), holidaysIn(sentences)) ||
    (YEAR_END.test(question) && !YEAR_END.test(sentences) && UNTIL.test(told))
  )
}

/** 2019年底, 年末 */
const YEAR_END = /年[底末终]|全年|12月/
/** 截至5月11日: what is so then is not what was at the end of a year. */
const UNTIL = /(?:截至|截止到?|到)(?:目前|(?:\d{4}年|今年)?0?(?:[1-9]|1[01])月)/

/** 除夕 and 元宵 are of 春节. */
const holidaysIn = (text: string): ReadonlySet<string> =>
  new Set([...allOf(HOLIDAY, text)].map((day) => day.replace(/除夕|元宵/, '春节')))

/**
 * Is one month asked for, and do sentences of an article of another month speak of others alone? 6月份…多少 and 7月销量….
 * The month of an article without a date may be the one asked for, when that is named with its year: 2023年8月….
 */
export const isOfOtherMonth = (question: string, sentences: string, date: string | null): boolean => {
  const all = inFigures(sentences)
  const told = withoutCompared(all)
  const asked = allOf(MONTH, inFigures(question))
  const isOfIt = date === null ? /年/.test(question) : asked.has(String(Number(date.slice(5, 7))))
  return !isOfIt && !SOME_MONTH.test(told) && isOther(asked, allOf(ANY_MONTH, told), allOf(ANY_MONTH, all))
}
