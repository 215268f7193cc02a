import type { Segmenter, Words } from '../../core/ports.ts'
import { ABBREVIATIONS, shortIn } from '../../text/abbreviations.ts'
import { DIGITS, figuresOf } from '../../text/numerals.ts'
import { LONGEST_OTHER_NAME, OTHER_NAMES } from '../../text/other-names.ts'
import { terms } from '../../text/words.ts'

/**
 * A question with its years whole, its places by the names that newspapers use as well, and GDP spelled out: what is searched for. Folded
 * text in, folded text out. The reader and the rules get the question without them: articles say the year once, if at all.
 */
export const inFormalWords = (question: string, words: Words, segmenter: Segmenter): string =>
  withFormalNames(withLongNames(withWholeYears(question), words, segmenter), words, segmenter)

/** gdp → gdp生产总值, where the articles know of it. */
const withLongNames = (question: string, words: Words, segmenter: Segmenter): string =>
  ABBREVIATIONS.reduce((now, abbreviation) => {
    const short = shortIn(abbreviation, now)
    const { name, long } = abbreviation
    const isKnown = terms(name, segmenter).every(({ term }) => words.frequency(term) > 0)
    return short === null || !isKnown || long.test(now) ? now : now.replace(short, short + name)
  }, question)

/** What stands around a number of years that tells how long: 干了20年, 15年来. */
const LONG_BEFORE = '近过整超满约前后每了用经历干住等第共有成隔逾续缴交费判时耗去来这那少期款放归入.'
const LONG_BEHIND = '来间多以内后级期代龄之如抗禁免义质左右有一老生'
/** 23年头七个月, 20年疫情; not 15年前. */
const SHORT_YEAR = new RegExp(
  `(?<![\\d${LONG_BEFORE}])([0-2]\\d)年(?![${LONG_BEHIND}]|前(?![\\d一二两三四五六七八九]+(?:个?月|个?季)))`,
  'g',
)
/** 一八年, 二三年八月 */
const SHORT_HAN_YEAR = new RegExp(
  `(?<![〇${DIGITS}十百千几数${LONG_BEFORE}])([〇零一二][〇${DIGITS}])年(?![${LONG_BEHIND}华计前])`,
  'g',
)
/** Round numbers are how long unless a part of the year follows or a sign stands before; 一二年 unless one follows. */
const ROUND: ReadonlySet<number> = new Set([10, 12, 15, 20])
const PART_OF_YEAR =
  /^(?:的|前|后)?(?:[\d一二三四五六七八九十正元]{1,2}月|[春夏秋冬初底末头]|[上下]?半年|第?[一二三四1-4]季|前?[一二三四\d]+个?[季月]|疫情|抗疫|新冠)/
const APART = /[\s,，;；、(（]$/

const withWholeYears = (question: string): string =>
  question
    .replace(SHORT_HAN_YEAR, (short, year: string, at: number, all: string) => {
      const isRow = year === '一二' || year === '二三'
      return isRow && !PART_OF_YEAR.test(all.slice(at + short.length)) ? short : `20${figuresOf(year)}年`
    })
    .replace(SHORT_YEAR, (short, year: string, at: number, all: string) =>
      ROUND.has(Number(year)) && !isTold(all, at, short) ? short : `20${year}年`,
    )

/** Does what stands around it say that it is a year? */
const isTold = (text: string, at: number, short: string): boolean =>
  APART.test(text.slice(0, at)) || PART_OF_YEAR.test(text.slice(at + short.length))

/** What follows a name that is part of another: 滨城区, 燕京啤酒, 巴黎协定. */
const GOES_ON =
  /^(?:[区县州镇乡市路街山湖江河湾岛墙造队]|海峡|大学|学院|理工|银行|汽车|啤酒|油田|机场|[晚日邮时]报|集团|石化|实验室|协[定议]|宣言|公约|[冬残]?奥|综合)/
/** Longer ones are seldom part of another word. */
const SHORT_NAME = 2

/** 狮城 → 狮城新加坡, where the articles know of 新加坡 and the question does not name it. */
const withFormalNames = (question: string, words: Words, segmenter: Segmenter): string => {
  const cuts = cutsOf(question, segmenter)
  let formal = ''
  for (let at = 0; at < question.length; ) {
    const other = nameAt(question, at, cuts) ?? question.charAt(at)
    at += other.length
    const name = OTHER_NAMES.get(other)?.find((one) => words.frequency(one) > 0)
    const isMeant = name !== undefined && !question.includes(name) && !GOES_ON.test(question.slice(at))
    formal += isMeant ? other + name : other
  }
  return formal
}

/** Where words begin and end. */
const cutsOf = (text: string, segmenter: Segmenter): ReadonlySet<number> => {
  let at = 0
  return new Set([0, ...segmenter.tag(text).map(({ word }) => (at += word.length))])
}

/** The longest listed name that begins there. */
const nameAt = (text: string, at: number, cuts: ReadonlySet<number>): string | null => {
  for (let size = LONGEST_OTHER_NAME; size > 1; size--) {
    const name = text.slice(at, at + size)
    const isWord = size > SHORT_NAME || (cuts.has(at) && cuts.has(at + size))
    if (isWord && OTHER_NAMES.has(name)) return name
  }
  return null
}
