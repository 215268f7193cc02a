import type { Range } from '../core/ranges.ts'
import { fold } from '../text/fold.ts'
import { moments } from '../text/quantities.ts'
import { amountIn, rankIn, withUnit } from './amount.ts'
import { clausesOf } from './clauses.ts'
import type { Question } from './question.ts'

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
  const [low, high] = question.type === 'number' ? withUnit(text, part) : part
  const [start, end] = tidy(text, Math.max(run[0], low), Math.min(run[1], high))
  if (end <= start || (end - start) / (run[1] - run[0]) > WHOLE) return null
  return [start, end]
}

/** The part of a span that is of the kind asked for. */
const partOf = (question: Question, text: string, span: Range, run: Range, told: Range | null): Range => {
  switch (question.type) {
    case 'why':
    case 'how':
      return fromWhere(text, span)
    case 'yesno':
      return clauseAround(question, text, span, run)
    case 'list':
      return listedBehind(question, text, run) ?? beforeEtc(text, span)
    case 'number':
      return rankIn(question, text, run) ?? amountIn(question, text, span, told)
    case 'when':
      return momentIn(text, clausesOf(text, span)[0] ?? span)
    default:
      return withHead(question, text, named(question, text, clausesOf(text, span)[0] ?? span), run)
  }
}

/** What may stand around a time and still belong to it: 到7月底前. */
const NEAR_TIME = 3

/** 2019年投入使用 → 2019年: the one time of a clause alone, with the hour behind a day. */
const momentIn = (text: string, [from, to]: Range): Range => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  const times = moments(plain).reduce<{ start: number; end: number }[]>((all, { start, end }) => {
    const last = all.at(-1)
    if (last?.end === start) last.end = end
    else all.push({ start, end })
    return all
  }, [])
  const [only, ...more] = times
  if (!only || more.length > 0 || plain.length <= only.end - only.start + NEAR_TIME) return [from, to]
  return [from + (offsets[only.start] ?? 0), from + (offsets[only.end] ?? to - from)]
}

const CHANGES = /到|至|[上下]调|提[高升]|[增减]|[升降]/

/** A change is told with where it began: 由0.18%下调0.126%. */
const fromWhere = (text: string, [start, end]: Range): Range =>
  /[由从]/.test(text.charAt(start - 1)) && CHANGES.test(text.slice(start, end))
    ? [start - 1, end]
    : [start, end]

/** The clause that decides: yes or no is not told by a word of it. Of several in the span that which has most of the question. */
const clauseAround = (question: Question, text: string, span: Range, run: Range): Range => {
  const clauses = clausesOf(text, run).filter(([start, end]) => start < span[1] && span[0] < end)
  const shared = ([start, end]: Range): number =>
    Array.from({ length: Math.max(0, end - start - 1) }, (_, i) =>
      text.slice(start + i, start + i + 2),
    ).filter((pair) => question.text.includes(pair)).length
  return clauses.reduce<Range>(
    (best, clause) => (shared(clause) > shared(best) ? clause : best),
    clauses[0] ?? span,
  )
}

/** 哪个示范基地 and 哪家公司 ask for a name that ends so. */
const ASKED_HEAD =
  /哪(?:一)?[个家所座条项款种支部]?(?<head>(?![里儿些几天年月位])(?:(?![的是了在被把将于和与能会有])\p{Script=Han}){2,4})/u
/** Characters that a name may go on for behind what was read of it. */
const REST = 6

/** 金普新区装备制造, asked for 哪个基地 → with 示范基地, where the text goes on so. */
const withHead = (question: Question, text: string, [start, end]: Range, run: Range): Range => {
  const head = ASKED_HEAD.exec(question.text)?.groups?.['head'] ?? ''
  const rest = text.slice(end, Math.min(run[1], end + REST + head.length))
  for (let size = head.length; size >= 2; size--) {
    const [, name] = new RegExp(`^([\\p{L}\\p{N}]*?${head.slice(0, size)})`, 'u').exec(rest) ?? []
    if (name !== undefined && !text.slice(start, end).endsWith(head.slice(0, size)))
      return [start, end + name.length]
  }
  return [start, end]
}

/** What is in brackets behind the thing asked about: 市内四区（中山区、西岗区、沙河口区、甘井子区）. */
const BRACKETED = /([\p{L}\p{N}]+)[”》」]?[（(]([^（()）]*、[^（()）]*)[)）]/gu
/** Characters before the bracket that the question has as well, at least. */
const NAMED = 4

const listedBehind = (question: Question, text: string, [from, to]: Range): Range | null => {
  const plain = question.text.replace(/[“”"《》]/g, '')
  const [only, ...more] = [...text.slice(from, to).matchAll(BRACKETED)].filter(([, name = '']) =>
    plain.includes(name.slice(-NAMED)),
  )
  if (!only || more.length > 0) return null
  const end = from + only.index + only[0].length - 1
  return [end - (only[2] ?? '').length, end]
}

/** 甲、乙等十个产业 → 甲、乙 */
const beforeEtc = (text: string, [start, end]: Range): Range => {
  const listed = /^.+?、.+?(?=等)/u.exec(text.slice(start, end))
  return [start, listed ? start + listed[0].length : end]
}

const ASKS_NAME = /叫(?:什么|啥)|名字|名称|什么名|啥名/
const QUOTED = /“[^“”]+”|《[^《》]+》/gu

/** 首创口岸“四步稽查法” → “四步稽查法”, when it is a name that is asked for and one stands in marks. */
const named = (question: Question, text: string, [start, end]: Range): Range => {
  if (!ASKS_NAME.test(question.text)) return [start, end]
  const [only, ...more] = [...text.slice(start, end).matchAll(QUOTED)]
  if (!only || more.length > 0) return [start, end]
  return [start + only.index, start + only.index + only[0].length]
}

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
