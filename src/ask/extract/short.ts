import type { Range } from '../../core/ranges.ts'
import { fold, folded } from '../../text/fold.ts'
import { placesIn } from '../../text/places.ts'
import { quantities } from '../../text/quantities.ts'
import { sentences } from '../../text/sentences.ts'
import { pairsOf } from '../../text/words.ts'
import { identityIn } from '../question/identity.ts'
import { nameIn } from '../question/name.ts'
import type { Question } from '../question/question.ts'
import { amountIn, rankIn, wholeAmount, withUnit } from './amount.ts'
import { clausesOf } from './clauses.ts'
import { mended } from './edges.ts'
import { glossOf, listIn } from './list.ts'
import { ASKS_LONG, momentIn } from './moment.ts'

/** A question word's answer longer than this share of its sentences is the sentences. */
const WHOLE = 0.8

/**
 * The short answer that a span of a text stands for, inside `run`: an amount whole and alone, a name without what is said
 * of it, one clause. null when it is nearly all of the run. `told` is what rules take for the answer: it decides
 * between several amounts.
 */
export const shortAnswer = (
  question: Question,
  text: string,
  span: Range,
  run: Range,
  told: Range | null,
): Range | null => {
  const inner = tidy(text, Math.max(run[0], span[0]), Math.min(run[1], span[1]))
  const part = partOf(question, text, inner, run, told)
  const [low, high] =
    question.type === 'number' ? wholeAmount(question, text, withUnit(text, part), run) : part
  const cut = tidy(text, Math.max(run[0], low), Math.min(run[1], high))
  const [first, last] = cut[0] < cut[1] ? mended(question, text, cut) : cut
  const [start, end]: Range = [Math.max(run[0], first), Math.min(run[1], last)]
  if (end <= start || (end - start) / (run[1] - run[0]) > WHOLE) return null
  if (LOST.test(text.slice(start, end))) return null
  if (!isEcho(question, text.slice(start, end))) {
    const alone = withoutBecause(question, text, [start, end])
    return alone[0] < alone[1] ? alone : null
  }
  return told && told[0] !== span[0] ? shortAnswer(question, text, told, run, told) : null
}

/** An amount that lost its digits: 亿元. */
const LOST = /^(?:约|近|超过?|达)?[万亿千百]*(?:[美欧日港]?元|%|％|公里|平方米|[户吨亩尾])$/u

const BECAUSE = /^(?:主要|很?有?可能)?(?:是?因为|是?由于)/u

const withoutBecause = ({ type }: Question, text: string, [start, end]: Range): Range => {
  const [because = ''] = (['why', 'how'].includes(type) && BECAUSE.exec(text.slice(start, end))) || []
  return [start + because.length, end]
}

/** What the question says itself tells nothing: “五个一”机制, asked what it is. */
const isEcho = ({ text, type }: Question, answer: string): boolean =>
  type !== 'yesno' &&
  !OFFERS.test(text) &&
  (stands(bareOf(answer), bareOf(text)) || (type === 'where' && isAround(answer, text)))

/** 江苏泰州, asked where in 泰州. */
const isAround = (answer: string, asked: string): boolean => {
  const places = placesIn(answer)
  return places.length > 1 && places.join('') === answer && asked.includes(places.at(-1) ?? '')
}

/** A choice is answered in the question's words: 甲和乙谁赢了. */
const OFFERS = /还是|[和与跟、].{1,12}?(?:谁|哪)/u

const bareOf = (text: string): string => folded(text).replace(/(?!(?<=\d)\.(?=\d)|[%‰])[\s\p{P}]/gu, '')

/** In one piece, and no part of a longer figure: 2% does not stand in 2020. */
const stands = (part: string, whole: string): boolean => {
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const [before, after] = [whole.slice(0, at), whole.slice(at + part.length)]
    const isCut = (/[\d.]$/.test(before) && /^\d/.test(part)) || (/\d$/.test(part) && /^[\d.]/.test(after))
    if (!isCut) return true
  }
  return false
}

/** The part of a span that is of the kind asked for. */
const partOf = (question: Question, text: string, span: Range, run: Range, told: Range | null): Range => {
  switch (question.type) {
    case 'why':
      return causeOf(question, text, fromWhere(text, span), run)
    case 'how':
      return fromWhere(text, span)
    case 'yesno':
      return clauseAround(question, text, span, run)
    case 'list':
      return listIn(question, text, span, run)
    case 'number':
      return (
        rankIn(question, text, span, run) ??
        amountIn(question, text, askedEnd(question, text, span, run) ?? changedTo(question, text, span), told)
      )
    case 'when': {
      const end = ASKS_LONG.test(question.text) ? askedEnd(question, text, span, run) : null
      return momentIn(question, text, end ?? changedTo(question, text, span), run)
    }
    default:
      return (
        roleIn(question, text, span, run) ??
        glossOf(question, text, run) ??
        nameIn(question, text, clausesOf(text, span)[0] ?? span, run)
      )
  }
}

/** What a person is, where the span is of another one or holds the name as well. */
const roleIn = (question: Question, text: string, [start, end]: Range, run: Range): Range | null => {
  const { text: plain, offsets } = fold(text.slice(...run))
  const role = identityIn(question, plain)
  if (role === null) return null
  const [from, to] = [run[0] + (offsets[role[0]] ?? 0), run[0] + (offsets[role[1]] ?? 0)]
  return from <= start && end <= to ? null : [from, to]
}

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
/** Both ends of a change: 从2到3个工作日缩至几分钟. */
const ENDS = new RegExp(
  `[由从]${WHEN}(?<was>[^，。；,;由从]{1,12}?)${CHANGES_BY}(?:到|至|为)${WHEN}(?<now>[^，。；,;]{0,20}?[\\d几数半][^，。；,;]{0,6})(?=[，。；,;]|$)`,
  'u',
)
/** Not 过去五年 or 年底以前. */
const ASKS_WAS =
  /(?<![年月日底初末天度])(?:以前|之前|此前)|过去(?![一二三四五六七八九十两几半多\d这])|原来|原先|从前/
const ASKS_NOW = /现在|如今|目前|眼下/

/** What was or what is now, of a change that the span is of; null where the question asks for neither. */
const askedEnd = ({ text: asked }: Question, text: string, [start, end]: Range, run: Range): Range | null => {
  const name = ASKS_NOW.test(asked) || ASKS_RESULT.test(asked) ? 'now' : ASKS_WAS.test(asked) ? 'was' : null
  const change = name && ENDS.exec(text.slice(...run))
  const found = change?.groups?.[name ?? '']
  if (!change || found === undefined) return null
  const [from, to] = [run[0] + change.index, run[0] + change.index + change[0].length]
  if (end <= from || to <= start) return null
  if (name === 'now') return [to - found.length, toLastAmount(text, to - found.length, to)]
  const low = from + change[0].indexOf(found, 1)
  return [low, low + found.length]
}

/** 80万元以下 of 80万元以下水平. */
const toLastAmount = (text: string, from: number, to: number): number => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  return from + (offsets[quantities(plain).at(-1)?.end ?? plain.length] ?? to - from)
}

/** Asked 降到多少 of 由0.18%下调0.126%, the latter. */
const changedTo = (question: Question, text: string, [start, end]: Range): Range => {
  const change = RESULT.exec(text.slice(start, end))
  const when = change?.groups?.['when']
  const asked =
    ASKS_RESULT.test(question.text) ||
    (when !== undefined && question.text.includes(when)) ||
    (/(?:至|到|为)$/u.test(change?.[0] ?? '') && !ASKS_MOVE.test(question.text))
  return asked ? [start + (change?.[0].length ?? 0), end] : fromWhere(text, [start, end])
}

/** Of a sentence that tells again what is to be explained, what stands before it. */
const causeOf = (question: Question, text: string, span: Range, run: Range): Range => {
  const asked = ([start, end]: Range): number => sharedPairs(question, text.slice(start, end)) / (end - start)
  const [sentence = run] = sentences(text.slice(...run))
    .map(([start, end]): Range => [run[0] + start, run[0] + end])
    .filter(([start, end]) => start <= span[0] && span[0] < end)
  const [first, ...more] = clausesOf(text, span)
  if (!first || asked(first) < ECHO || more.some((clause) => asked(clause) < ECHO / 2)) return span
  const before = clausesOf(text, [sentence[0], span[0]]).filter((clause) => asked(clause) < ECHO)
  const [from] = before[0] ?? []
  return from === undefined ? span : [from, before.at(-1)?.[1] ?? span[0]]
}

/** Pairs of characters shared with the question, for each character of a clause that only says again what was asked. */
const ECHO = 0.5

const CHANGES = /到|至|[上下]调|提[高升]|[增减]|[升降]/

/** A change is told with where it began: 由0.18%下调0.126%. */
const fromWhere = (text: string, [start, end]: Range): Range =>
  /[由从]/.test(text.charAt(start - 1)) && CHANGES.test(text.slice(start, end))
    ? [start - 1, end]
    : [start, end]

/** The clause that decides: yes or no is not told by a word of it. Of several in the span that which has most of the question. */
const clauseAround = (question: Question, text: string, span: Range, run: Range): Range => {
  const clauses = clausesOf(text, run).filter(([start, end]) => start < span[1] && span[0] < end)
  const shared = ([start, end]: Range): number => sharedPairs(question, text.slice(start, end))
  return clauses.reduce<Range>(
    (best, clause) => (shared(clause) > shared(best) ? clause : best),
    clauses[0] ?? span,
  )
}

const sharedPairs = (question: Question, text: string): number =>
  pairsOf(text).filter((pair) => question.text.includes(pair)).length

const EDGE = /[\s，。；：、,;:！？!?]/
const PAIRS: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['《', '》'],
  ['（', '）'],
  ['(', ')'],
  ['「', '」'],
])

/** Without marks at its edges, and with both marks of a pair or neither. */
const tidy = (text: string, start: number, end: number): Range => {
  let [from, to] = [start, end]
  while (from < to && EDGE.test(text.charAt(from))) from++
  while (to > from && EDGE.test(text.charAt(to - 1))) to--
  for (const [open, close] of PAIRS) [from, to] = paired(text, from, to, open, close)
  return [from, to]
}

const paired = (text: string, from: number, to: number, open: string, close: string): [number, number] => {
  const inner = text.slice(from, to)
  const more = inner.split(open).length - inner.split(close).length
  if (more > 0)
    return text.charAt(to) === close ? [from, to + 1] : [from + (inner.startsWith(open) ? 1 : 0), to]
  if (more < 0)
    return text.charAt(from - 1) === open ? [from - 1, to] : [from, to - (inner.endsWith(close) ? 1 : 0)]
  return [from, to]
}
