import type { Reading } from '../../core/ports.ts'
import { folded } from '../../text/fold.ts'
import { moments } from '../../text/quantities.ts'
import { asksPhotographer } from '../question/asked-header.ts'
import { amountsTold, isDateline, wantsName, withoutDatelines } from '../question/kinds.ts'
import { fits } from '../question/measures.ts'
import { isReporter } from '../question/name.ts'
import type { Question } from '../question/question.ts'
import { ASKS_RANK } from './amount.ts'
import { amountBeside } from './beside.ts'
import type { Weighed } from './evidence.ts'
import { amountLedTo } from './led-to.ts'
import { shortAnswer } from './short.ts'

/** Sentences chosen from a passage, and the short answer in them. UTF-16 offsets of the passage text. */
export interface Choice {
  readonly start: number
  readonly end: number
  /** null when the sentences themselves are the answer. */
  readonly answer: readonly [start: number, end: number] | null
}

/** A sentence that leans on the one before it: it names its subject only by pointing back. */
const LEANS =
  /^(?:[“"（(]?)(?:该|其(?!他|它|余)|此(?!外|次)|这(?!一年)|那(?!么)|他|她|它|上述|前者|后者|对此|据此|为此|因此|所以|同时|另外|并且|而且|但是?|不过|然而)/

/** A choice, and the sentence in it that speaks for it. */
export interface Chosen {
  readonly choice: Choice
  readonly sentence: Weighed | null
  /** By the reader, not by rule. */
  readonly read: boolean
}

/** By rule the right sentence is the best of its passage in 3 of 4 cases, one of the best two in 9 of 10 (docs/evaluation.md). */
const CLOSE = 0.3

/**
 * The sentences that rules choose, and those of the reader: its span is the short answer of the rules' sentences when it
 * stands in them, and brings its own when it does not.
 */
export const choose = (
  question: Question,
  text: string,
  weighed: readonly Weighed[],
  reading: Reading | null,
): readonly Chosen[] => {
  const ruled = chooseByRule(question, text, weighed)
  if (!reading || reading.end <= reading.start) return ruled
  const read = [reading.start, reading.end] as const
  const around = weighed.find(({ end }) => read[0] < end)
  const span =
    ['number', 'other'].includes(question.type) && around
      ? amountBeside(question, text, amountLedTo(question, text, read, [around.start, around.end]))
      : read
  const isTold = ASKS_RANK.test(question.text) || tells(question, text.slice(...span))
  if (!isTold || !canName(question, text.slice(...span))) return ruled
  if (question.type === 'when' && isDateline(question, text, span)) return ruled
  if (isReporter(question, text, span)) return ruled
  const isAround = ({ choice }: Chosen): boolean => choice.start <= span[0] && span[1] <= choice.end
  if (!ruled.some(isAround)) return [chosenBySpan(question, text, weighed, span), ...ruled]
  return ruled.map((one) => {
    if (!isAround(one)) return one
    const { start, end } = one.choice
    return {
      ...one,
      choice: { start, end, answer: shortAnswer(question, text, span, [start, end], thingIn(weighed, span)) },
      read: true,
    }
  })
}

/** May the text answer at all? An amount or rank that lost its digits (达亿元) is none, and a time has a word for time. */
export const tells = (question: Question, told: string): boolean => {
  const { type, text } = question
  const [, form] = (type === 'when' && TIMES.find(([asked]) => asked.test(text))) || []
  const plain = withoutDatelines(question, folded(told))
  if (form) return form.test(plain)
  if (type === 'when') return moments(plain).length > 0 || TIME.test(plain)
  if (asksPhotographer(text)) return /[摄拍]|供图/.test(told)
  if (type !== 'number') return true
  if (ASKS_RANK.test(text)) return RANK.test(told)
  if (ASKS_CODE.test(text)) return CODE.test(told)
  if (/几/.test(text) && ONE.test(told)) return true
  if (text.includes('率') && RATE.test(told)) return true
  return (
    amountsTold(question, plain).some(
      (mention) =>
        fits(question, mention) && !(mention.bare && text.includes(plain.slice(mention.start, mention.end))),
    ) ||
    HALF.test(told) ||
    NONE.test(told)
  )
}

/** 每10万人1.3人 tells a rate without a share. */
const RATE = /每\s*\d*[百千万亿]+[人名户例件辆]\D{0,6}\d/

/** A person or a place is no amount and no date, and nothing that a preposition begins. */
const canName = (question: Question, span: string): boolean =>
  !(wantsName(question) || question.type === 'where') ||
  !(question.type === 'who' ? NO_PERSON : NO_NAME).test(folded(span))

const NO_NAME = /\d[\d.]*[万亿余多]*[个名人例位家岁日月年天架台辆艘]|^(?:由于|因为|因|为了|随着|通过)/
/** 3名志愿者 and 7岁男孩小明 are persons. */
const NO_PERSON =
  /^\D{0,2}\d[\d.]*[万亿余多]*(?:[个例家日月年天架台辆艘次元吨]|[名人位岁](?:$|[死伤受遇失]))|^(?:由于|因为|因|为了|随着|通过)/

/** Not 第个指导三农工作的一号文件, where the number was lost. */
const RANK =
  /第\s*[\d〇零一二三四五六七八九十百]+|\d+\s*[位名]|[居列排][一二三四五六七八九十]+|首[位次届批名]|榜首|居首|之首|[冠亚季]军|前列|末位|垫底|前[\d一二三四五六七八九十]/u

/** 电话是多少, told by digits alone. */
const ASKS_CODE = /(?:号码?|电话|热线|代码|邮编|编号|密码|车牌|网址|邮箱)(?:到底)?(?:是|为)多少[?？]?$/u
const CODE = /\d{3}|\d-\d|[a-z]\d/u
const HALF = /[一过大]半|半(?=[数个天日月小])|(?<![上下])半年/u
/** One, which counts nothing elsewhere (一家企业负责人表示), and none. */
const ONE = /一(?:人|名|家|天|年|个月|周|例|户|所|座|位)/u
const NONE = /未造成|无人员?[伤死]|没有人/u

/** Asked for a part of a time, the forms that tell it. */
const TIMES: readonly (readonly [asked: RegExp, told: RegExp])[] = [
  [
    /哪(?:一)?年|年份|何年/,
    /(?:\d{2}|[〇零一二三四五六七八九]{2})年|[去今明前当同]年|(?<!\d)(?:19|20)\d\d(?![\d万亿多余])/,
  ],
  [
    /几点|哪个时辰/,
    /\d(?:[时点]|:\d\d)|[一二两三四五六七八九十][时点]|[上中下]午|[早晚]上|[凌清]晨|傍晚|半夜/,
  ],
  [
    /哪(?:一)?[天日]|几[号日](?!线|内)|[几何]月[几何]日/,
    /\d(?:[日号]|-\d)|[一二三四五六七八九十][日号]|[今昨明前后当]天|[今昨明当同次]日|节|除夕|元旦|周[一二三四五六日末]|星期/,
  ],
]

/** Times that are no dates: 春节期间, 投产之后, 仅用19个月. */
const TIME =
  /节|[季春夏秋冬旬]|期间|以来|前|后|近日|[上下]午|当[天场日]|首日|小时|分钟|秒|个月|工作日|交易日|(?<!\/)年|天|周|时|早|晚|世纪/u

const chosenBySpan = (
  question: Question,
  text: string,
  weighed: readonly Weighed[],
  span: readonly [number, number],
): Chosen => {
  const first = Math.max(
    0,
    weighed.findIndex(({ end }) => span[0] < end),
  )
  let last = first
  while (last + 1 < weighed.length && (weighed[last]?.end ?? 0) < span[1]) last++
  return { ...chosen(question, text, weighed, { first, last, best: first, span }), read: true }
}

/**
 * The shortest run of whole sentences that stands alone: around the best weighed sentence, and around the second when
 * it comes close (both in one when they stand side by side).
 */
const chooseByRule = (question: Question, text: string, weighed: readonly Weighed[]): readonly Chosen[] => {
  const order = weighed.map((_, i) => i).sort((a, b) => weightOf(weighed, b) - weightOf(weighed, a) || a - b)
  const [best = 0, second] = order
  if (second === undefined || weightOf(weighed, second) < weightOf(weighed, best) - CLOSE) {
    return [chosen(question, text, weighed, { first: best, last: best, best, span: null })]
  }
  if (Math.abs(best - second) === 1 && !endsParagraph(text, weighed[Math.min(best, second)])) {
    const [first, last] = [Math.min(best, second), Math.max(best, second)]
    return [chosen(question, text, weighed, { first, last, best, span: null })]
  }
  return [best, second].map((one) =>
    chosen(question, text, weighed, { first: one, last: one, best: one, span: null }),
  )
}

const weightOf = (weighed: readonly Weighed[], i: number): number =>
  weighed[i]?.weight ?? Number.NEGATIVE_INFINITY

/** Sentences from `first` to `last`; `best` is the one that speaks for them. */
interface Run {
  readonly first: number
  readonly last: number
  readonly best: number
  readonly span: readonly [start: number, end: number] | null
}

const chosen = (question: Question, text: string, weighed: readonly Weighed[], run: Run): Chosen => {
  const sentence = weighed[run.best] ?? null
  const from = answers(weighed, run.first) || leansBack(text, weighed, run.first) ? run.first - 1 : run.first
  const [start, end] = trimmed(text, weighed[from]?.start ?? 0, weighed[run.last]?.end ?? text.length)
  const ruled =
    sentence?.thing && question.type === 'number'
      ? amountLedTo(question, text, sentence.thing, [sentence.start, sentence.end])
      : sentence?.thing
  const thing = run.span ?? ruled ?? null
  return {
    choice: {
      start,
      end,
      answer:
        thing && shortAnswer(question, text, thing, [start, end], run.span ? thingIn(weighed, thing) : thing),
    },
    sentence,
    read: false,
  }
}

/** 答：可以。 says nothing without what it answers. */
const answers = (weighed: readonly Weighed[], i: number): boolean => weighed[i - 1]?.asks === true

/** Never over a paragraph's end: what stands before it speaks of something else. */
const leansBack = (text: string, weighed: readonly Weighed[], i: number): boolean => {
  const run = weighed[i]
  const before = weighed[i - 1]
  if (!run || !before || endsParagraph(text, before)) return false
  return LEANS.test(text.slice(run.start, run.start + 8))
}

const endsParagraph = (text: string, sentence: Weighed | undefined): boolean =>
  sentence !== undefined && text.charAt(sentence.end - 1) === '\n'

/** What rules take for the answer in the sentence where the span begins. */
const thingIn = (weighed: readonly Weighed[], [start]: readonly [number, number]): Weighed['thing'] =>
  weighed.find(({ end }) => start < end)?.thing ?? null

const trimmed = (text: string, start: number, end: number): readonly [number, number] => {
  const run = text.slice(start, end)
  return [start + run.length - run.trimStart().length, end - run.length + run.trimEnd().length]
}
