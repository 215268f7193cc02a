import type { Range } from '../../core/ranges.ts'
import { fold } from '../../text/fold.ts'
import { quantities } from '../../text/quantities.ts'
import type { Question } from '../question/question.ts'

const ASKS_RESULT = /[降涨升增调跌缩][低高加整短减长]?(?:到|至|成|为)(?:了|底)?(?:多|几|$)/
/** A question without such a word asks how much it is now. */
const ASKS_MOVE = /[升降增减涨跌变调缩扩从由提改]|[高低多少大小]了|怎/
const CHANGES_BY = '(?:下调|上调|下降|降低?|上涨|涨|上升|升|增[加长]?|提[高升]|调整|缩[短减]?|压[缩减])'
/** What began and how it changed, with the time of the end: 由0.18%下调, 2到3个工作日缩至, 35%提高到2025年底的. */
const RESULT = new RegExp(
  `^[由从]?[^，。；,;]{1,12}?${CHANGES_BY}(?:到|至|为)?(?:(?<when>现在|目前|如今|今年|去年|\\d{4}年)[底末初]?的)?(?=[\\d几数])`,
  'u',
)

const WHEN = '(?:(?:原来|以前|过去|最初|现在|目前|如今|\\d{4}年[底末初]?)的)?'
/** Both ends of a change: 从2到3个工作日缩至几分钟, 从法定40日变为当场领证. */
const ENDS = new RegExp(
  `[由从]${WHEN}(?<was>[^，。；,;由从]{1,12}?)(?:${CHANGES_BY}(?:到|至|为)|变[成为])了?${WHEN}(?<now>[^，。；,;]{0,20}?[\\d几数半][^，。；,;]{0,6}|[当即][场时天日][^，。；,;]{0,6})(?=[，。；,;]|$)`,
  'gu',
)
/** Not 过去五年 or 年底以前. */
const ASKS_WAS =
  /(?<![年月日底初末天度])(?:以前|之前|此前)|过去(?![一二三四五六七八九十两几半多\d这])|原来|原先|从前/
const ASKS_NOW = /现在|如今|目前|眼下/

/** 从多少降到了多少 asks for both. */
const ASKS_BOTH = /[由从](?:多少|几|啥|什么)[^，。]{0,10}[到至成为]了?(?:多少|几|啥|什么)/
const CHANGE = new RegExp(
  `[由从][^，。；,;由从]{1,16}?${CHANGES_BY}(?:到|至|为)?[^，。；,;]{0,8}?[\\d几数][^，。；,;]{0,8}(?=[，。；,;]|$)`,
  'gu',
)

/** 由0.18%下调0.126%, asked from how much to how much. */
export const wholeChange = (
  { text: asked }: Question,
  text: string,
  span: Range,
  run: Range,
): Range | null => {
  const change = ASKS_BOTH.test(asked) ? overlapping(CHANGE, text, span, run) : undefined
  return change ? [change.index, change.index + change[0].length] : null
}

/** The match inside `run` that shares characters with the span; its index is that of the text. */
const overlapping = (form: RegExp, text: string, [start, end]: Range, [from, to]: Range) =>
  [...text.slice(0, to).matchAll(form)].find(
    ({ index, 0: all }) => from <= index && index < end && start < index + all.length,
  )

/** What was or what is now, of a change that the span is of; null where the question asks for neither. */
export const askedEnd = (
  { text: asked }: Question,
  text: string,
  [start, end]: Range,
  run: Range,
): Range | null => {
  const change = overlapping(ENDS, text, [start, end], run)
  const name = change && endAsked(asked, change[0])
  const found = change?.groups?.[name ?? '']
  if (!change || found === undefined) return null
  const [from, to] = [change.index, change.index + change[0].length]
  if (name === 'now') return [to - found.length, toLastAmount(text, to - found.length, to)]
  const low = from + change[0].indexOf(found, 1)
  return [low, low + found.length]
}

/** The end that a question names, or the new one where it asks of no change and no year: 由6分钟调整为8分钟. */
const endAsked = (asked: string, change: string): 'was' | 'now' | null => {
  if (ASKS_NOW.test(asked) || ASKS_RESULT.test(asked)) return 'now'
  if (ASKS_WAS.test(asked)) return 'was'
  return ASKS_MOVE.test(asked) || /年/.test(change) ? null : 'now'
}

/** 80万元以下 of 80万元以下水平. */
const toLastAmount = (text: string, from: number, to: number): number => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  return from + (offsets[quantities(plain).at(-1)?.end ?? plain.length] ?? to - from)
}

/** Asked 降到多少 of 由0.18%下调0.126%, the latter. */
export const changedTo = (question: Question, text: string, [start, end]: Range): Range => {
  const change = RESULT.exec(text.slice(start, end))
  const when = change?.groups?.['when']
  const asked =
    ASKS_RESULT.test(question.text) ||
    (when !== undefined && question.text.includes(when)) ||
    (/(?:至|到|为)$/u.test(change?.[0] ?? '') && !ASKS_MOVE.test(question.text))
  return asked ? [start + (change?.[0].length ?? 0), end] : fromWhere(text, [start, end])
}

const CHANGES = /到|至|[上下]调|提[高升]|[增减]|[升降]/

/** A change is told with where it began: 由0.18%下调0.126%. */
export const fromWhere = (text: string, [start, end]: Range): Range =>
  /[由从]/.test(text.charAt(start - 1)) && CHANGES.test(text.slice(start, end))
    ? [start - 1, end]
    : [start, end]
