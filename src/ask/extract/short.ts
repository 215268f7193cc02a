import type { Range } from '../../core/ranges.ts'
import { fold, folded } from '../../text/fold.ts'
import { placesIn } from '../../text/places.ts'
import { sentences } from '../../text/sentences.ts'
import { pairsOf } from '../../text/words.ts'
import { identityIn } from '../question/identity.ts'
import { nameIn } from '../question/name.ts'
import type { Question } from '../question/question.ts'
import { amountIn, rankIn, wholeAmount, withUnit } from './amount.ts'
import { askedEnd, changedTo, fromWhere, wholeChange } from './change.ts'
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
        wholeChange(question, text, span, run) ??
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
        purposeIn(question, text, run) ??
        nameIn(question, text, clausesOf(text, span)[0] ?? span, run)
      )
  }
}

const ASKS_PURPOSE = /[花用][在到于]了?(?:哪|什么)|用来(?:干|做)(?:什么|啥)|(?:什么|啥)用(?:途|处)?[?？]?$/
const PURPOSE = /(?:用于|用来|用以)[^，。；]{2,}/gu

/** 用于缴纳社会保险费, asked what money is spent on; null where a sentence tells none or several. */
const purposeIn = ({ text: asked }: Question, text: string, [from, to]: Range): Range | null => {
  const purposes = ASKS_PURPOSE.test(asked) ? [...text.slice(from, to).matchAll(PURPOSE)] : []
  const [only, ...more] = purposes
  return only && more.length === 0 ? [from + only.index, from + only.index + only[0].length] : null
}

/** What a person is, where the span is of another one or holds the name as well. */
const roleIn = (question: Question, text: string, [start, end]: Range, run: Range): Range | null => {
  const { text: plain, offsets } = fold(text.slice(...run))
  const role = identityIn(question, plain)
  if (role === null) return null
  const [from, to] = [run[0] + (offsets[role[0]] ?? 0), run[0] + (offsets[role[1]] ?? 0)]
  return from <= start && end <= to ? null : [from, to]
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
