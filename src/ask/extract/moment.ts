import type { Range } from '../../core/ranges.ts'
import { fold } from '../../text/fold.ts'
import { moments } from '../../text/quantities.ts'
import type { Question } from '../question/question.ts'
import { withoutCut } from './amount.ts'
import { clausesOf } from './clauses.ts'

/** Asks for how long, not for when. */
export const ASKS_LONG = /多久|多长时间/

/** The time that a span stands for, inside `run`: the one behind which the question's words stand, alone in its clause. */
export const momentIn = (question: Question, text: string, span: Range, run: Range): Range => {
  const [first = span, ...more] = clausesOf(text, span)
  if (ASKS_LONG.test(question.text)) return withoutCut(text, first)
  const end = more.length === 0 ? endAsked(question, text, first) : null
  if (end) return end
  return more.length > 0
    ? alone(text, first)
    : (followedByAsked(question, text, first, run) ?? alone(text, first))
}

/** 8月9日开始至11月30日 */
const FROM_TO = /^(?<of>[从自]?)(?<from>.*?\d[^至到]*?)(?:开始|起)?(?:至|到)(?<to>\d{4}年.+|\d{1,2}月.*)$/u
const ASKS_END = /到(?:哪|什么|几|啥|何)|结束|截[止至]|为止|闭幕/
const ASKS_START = /从(?:哪|什么|几|啥|何)|开始|开幕|起始/

/** The end of a time that has two, when it is the one that is asked for. */
const endAsked = ({ text: asked }: Question, text: string, [start, end]: Range): Range | null => {
  if (ASKS_END.test(asked) === ASKS_START.test(asked)) return null
  const { of = '', from = '', to = '' } = FROM_TO.exec(text.slice(start, end))?.groups ?? {}
  if (to === '') return null
  return ASKS_END.test(asked) ? [end - to.length, end] : [start + of.length, start + of.length + from.length]
}

/** What may stand around a time and still belong to it: 到7月底前. */
const NEAR_TIME = 3

/** What belongs to a time that moments do not know: 每周六上午9点, 农历三月. */
const PARTS = /周|星期|每|农历|[上中下]午|[早晚凌傍]|\d/

/** 比尔1995年 → 1995年 */
const NAME =
  /^(?:(?![到至自从于在每约近截将逢定计农历周星上下前后初中旬凌晨早晚春夏秋冬第本当今明昨去同次翌这那的])\p{Script=Han}){2,3}$/u

/** 2019年投入使用 → 2019年: the one time of a clause alone, with the hour behind a day. */
const alone = (text: string, [from, to]: Range): Range => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  const times = moments(plain).reduce<{ start: number; end: number }[]>((all, { start, end }) => {
    const last = all.at(-1)
    if (last?.end === start) last.end = end
    else all.push({ start, end })
    return all
  }, [])
  const [only, ...more] = times
  if (!only || more.length > 0) return [from, to]
  const isNear = plain.length <= only.end - only.start + NEAR_TIME
  if (isNear && !NAME.test(plain.slice(0, only.start))) return [from, to]
  if (PARTS.test(plain.slice(0, only.start) + plain.slice(only.end))) return [from, to]
  return [from + (offsets[only.start] ?? 0), from + (offsets[only.end] ?? to - from)]
}

/** What may stand between a time and what happened then. */
const NEXT = /^(?:将|就|才|已|正式|前|全部|全面)*(\p{Script=Han}{2})/u

/** Where a question asks for a time. */
const ASKS = /什么时[候间]|啥时[候间]|何时|几时|哪一?[天年月日]|几[月号日]份?/

/** 11月底 of 从9月开始，到11月底基本结束, asked when it ends. */
const followedByAsked = (question: Question, text: string, span: Range, run: Range): Range | null => {
  const { text: plain, offsets } = fold(text.slice(...run))
  const tail = question.text.split(ASKS).at(-1) ?? ''
  const times = moments(plain).map(({ start, end }) => {
    const [, next = ''] = NEXT.exec(plain.slice(end)) ?? []
    const range: Range = [run[0] + (offsets[start] ?? 0), run[0] + (offsets[end] ?? 0)]
    const isAsked = next !== '' && tail.includes(next) && !question.text.includes(plain.slice(start, end))
    return { range, isAsked }
  })
  const own = times.filter(({ range }) => range[0] < span[1] && span[0] < range[1])
  const [asked, ...more] = times.filter(({ isAsked }) => isAsked)
  const isOther = asked !== undefined && own.length === 1 && own[0] !== asked && more.length === 0
  return isOther ? asked.range : null
}
