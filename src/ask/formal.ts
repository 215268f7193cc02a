import type { Words } from '../core/ports.ts'
import { LONGEST_OTHER_NAME, OTHER_NAMES } from '../text/other-names.ts'

/** A question with its years whole and its places by the names that newspapers use; folded text in, folded text out. */
export const inFormalWords = (question: string, words: Words): string =>
  withFormalNames(withWholeYears(question), words)

/** What stands around a number of years that tells how long: 干了20年, 15年来. */
const LONG_BEFORE = '近过整超满约前后每了用经历干住等第长共有成隔逾'
const LONG_BEHIND = '来间多以内前后度级期代的龄之如'
/** 23年头七个月, 20年疫情 */
const SHORT_YEAR = new RegExp(`(?<![\\d${LONG_BEFORE}])([0-2]\\d)年(?![${LONG_BEHIND}])`, 'g')
const DIGITS = '零一二三四五六七八九'
/** 一八年, 二三年八月 */
const SHORT_HAN_YEAR = new RegExp(
  `(?<![${DIGITS}十百千几数${LONG_BEFORE}])([零一二])([${DIGITS}])年(?![${LONG_BEHIND}])`,
  'g',
)
/** Two numbers one after the other are a year before a part of one alone: 一二年 may be how long. */
const PART_OF_YEAR = /^(?:[\d一二三四五六七八九十正元]{1,2}月|[春夏秋冬初底末头]|[上下前后]?半年)/

const withWholeYears = (question: string): string =>
  question
    .replaceAll('〇', '零')
    .replace(SHORT_HAN_YEAR, (short: string, ten: string, one: string, at: number) => {
      const [tens, ones] = [DIGITS.indexOf(ten), DIGITS.indexOf(one)]
      const isSpan = tens > 0 && ones === tens + 1
      const isYear = !isSpan || PART_OF_YEAR.test(question.slice(at + short.length))
      return isYear ? `20${tens}${ones}年` : short
    })
    .replace(SHORT_YEAR, '20$1年')

/**
 * 羊城 → 广州 where no article says 羊城, 狮城 → 狮城新加坡 where some does; as it was where none knows the formal name, or
 * the question says that too.
 */
const withFormalNames = (question: string, words: Words): string => {
  const stands = (name: string): boolean => words.frequency(name) > 0
  let formal = ''
  for (let at = 0; at < question.length; ) {
    const other = nameAt(question, at) ?? question.charAt(at)
    const name = OTHER_NAMES.get(other)?.find(stands)
    if (name === undefined || question.includes(name)) formal += other
    else formal += stands(other) ? other + name : name
    at += other.length
  }
  return formal
}

/** The longest listed name that begins there. */
const nameAt = (text: string, at: number): string | null => {
  for (let size = LONGEST_OTHER_NAME; size > 1; size--) {
    const name = text.slice(at, at + size)
    if (OTHER_NAMES.has(name)) return name
  }
  return null
}
