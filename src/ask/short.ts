import { fold } from '../text/fold.ts'
import { type Mention, quantities } from '../text/quantities.ts'
import { askedUnits, fits } from './kinds.ts'
import type { Question } from './question.ts'

type Range = readonly [start: number, end: number]

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

/** Between a measure and its amount: 复工率已达100%. */
const LEADS_TO = /(?:已|约|共|也|仅|就|均|还|又)*(?:达到|达|为|是|有|到|至|超过|超|近|逾|增长|下降|突破)*$/

/**
 * The amount that more of the question's words lead up to than to the one read: of 国家级自然保护区4个，市级自然保护区6个
 * asked for 国家级自然保护区 the first. Of the same sentence, in its unit or the one asked for; the span as it is when none is.
 */
export const amountLedTo = (question: Question, text: string, span: Range, [from, to]: Range): Range => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  const all = quantities(plain)
  const at = ({ start, end }: Mention): Range => [from + (offsets[start] ?? 0), from + (offsets[end] ?? 0)]
  const [own, ...more] = all.filter((mention) => at(mention)[0] < span[1] && span[0] < at(mention)[1])
  if (own === undefined || more.length > 0 || own.unit === '') return span
  const led = (mention: Mention): string => ledTo(question.text, plain.slice(0, mention.start))
  const run = led(own)
  const [other] =
    plain
      .slice(0, own.start)
      .replace(LEADS_TO, '')
      .slice(0, -run.length || undefined)
      .match(LAST) ?? []
  if (other === undefined || question.text.includes(other)) return span
  const units = [own.unit, ...askedUnits(question)]
  const better = all.filter(
    (mention) =>
      units.includes(mention.unit) &&
      led(mention).length >= LED &&
      led(mention).length > run.length &&
      led(mention).endsWith(run) &&
      !question.text.includes(plain.slice(mention.start, mention.end)),
  )
  const most = Math.max(...better.map((mention) => led(mention).length))
  const [best, ...equal] = better.filter((mention) => led(mention).length === most)
  return best && equal.length === 0 ? at(best) : span
}

/** Characters right before an amount that are the question's as well, for the amount to be the one it asks for. */
const LED = 3
/** What stands before, of the same clause: 市 of 市级. */
const LAST = /[\p{L}\p{N}]{1,2}$/u

/** The characters before an amount, without 已达 and the like, that stand in the question in one piece. */
const ledTo = (question: string, before: string): string => {
  const lead = before.replace(LEADS_TO, '')
  let size = 0
  while (size < lead.length && question.includes(lead.slice(-size - 1))) size++
  return size === 0 ? '' : lead.slice(-size)
}

/** The part of a span that is of the kind asked for. */
const partOf = (question: Question, text: string, span: Range, run: Range, told: Range | null): Range => {
  switch (question.type) {
    case 'why':
    case 'how':
      return span
    case 'yesno':
      return clauseAround(text, span, run)
    case 'list':
      return listedBehind(question, text, run) ?? beforeEtc(text, span)
    case 'number':
      return rankIn(question, text, run) ?? amountIn(question, text, span, told)
    default:
      return named(question, text, clausesOf(text, span)[0] ?? span)
  }
}

/** The clause that decides: yes or no is not told by a word of it. */
const clauseAround = (text: string, span: Range, run: Range): Range => {
  const clauses = clausesOf(text, run).filter(([start, end]) => start < span[1] && span[0] < end)
  return [clauses[0]?.[0] ?? span[0], clauses.at(-1)?.[1] ?? span[1]]
}

/** Characters that may stand around an amount and still belong to it: 第九次, 30米每秒, 超过20万辆次. */
const AROUND = 4

/** Of a span that holds more than one amount the clause with the right one; of a clause of more words the amount alone. */
const amountIn = (question: Question, text: string, span: Range, told: Range | null): Range => {
  const clauses = clausesOf(text, span)
  const isTold = ([start, end]: Range): boolean => told?.[0] === start || told?.[1] === end
  const amounts = clauses.map((clause) => amountsOf(question, text, clause))
  const chosen = [
    (ranges: readonly Range[]) => ranges.some(isTold),
    (ranges: readonly Range[]) => ranges.length > 0,
  ]
    .map((test) => amounts.findIndex(test))
    .find((i) => i >= 0)
  const [clause = span, own = []] = [clauses[chosen ?? 0], amounts[chosen ?? 0]]
  const amount = own.length === 1 ? own[0] : undefined
  const isBare = amount && lengthOf(clause) <= lengthOf(amount) + AROUND
  return amount && !isBare ? amount : clause
}

const lengthOf = ([start, end]: Range): number => end - start

/** Amounts that may answer, those in the unit asked for if there is one. */
const amountsOf = (question: Question, text: string, [from, to]: Range): readonly Range[] => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  const fitting = quantities(plain).filter((mention) => mention.unit !== '' && fits(question, mention))
  const units = askedUnits(question)
  const asked = fitting.filter(({ unit }) => units.includes(unit))
  return (asked.length > 0 ? asked : fitting).map(({ start, end }) => [
    from + (offsets[start] ?? 0),
    from + (offsets[end] ?? 0),
  ])
}

const ASKS_RANK = /第几|排名|名次|位次/
const RANK =
  /第[一二两三四五六七八九十\d]+(?:位|名)?$|首位|榜首|之首|前列|前[一二三四五六七八九十\d]+(?:位|名)?$/u

/** 排第几 is told by a whole clause: 继续位居15个副省级城市首位. null when no clause tells it, or several. */
const rankIn = (question: Question, text: string, run: Range): Range | null => {
  if (!ASKS_RANK.test(question.text)) return null
  const [only, ...more] = clausesOf(text, run).filter(([start, end]) => RANK.test(text.slice(start, end)))
  return only && more.length === 0 ? only : null
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

const BREAK = /[，。；！？,;!?\n]/
const OPEN = '“《（(「『'
const CLOSE = '”》）)」』'

/** A span cut at the marks between clauses, not inside quotation marks, brackets or numbers (1,234). */
const clausesOf = (text: string, [start, end]: Range): readonly Range[] => {
  const clauses: Range[] = []
  let [from, depth] = [start, 0]
  for (let i = start; i < end; i++) {
    const mark = text.charAt(i)
    if (OPEN.includes(mark)) depth++
    if (CLOSE.includes(mark)) depth = Math.max(0, depth - 1)
    if (depth > 0 || !BREAK.test(mark) || (mark === ',' && /\d/.test(text.charAt(i + 1)))) continue
    if (i > from) clauses.push([from, i])
    from = i + 1
  }
  if (end > from) clauses.push([from, end])
  return clauses
}

/** A span that cuts an amount takes the whole of it: 5399 → 5399个, 30 of 30余份 → 30余份. */
const withUnit = (text: string, [start, end]: Range): Range => {
  const from = Math.max(0, start - 12)
  const near = fold(text.slice(from, end + 12))
  const at = ({ start: low, end: high }: Mention): Range => [
    from + (near.offsets[low] ?? 0),
    from + (near.offsets[high] ?? 0),
  ]
  const cut = quantities(near.text)
    .map(at)
    .find(([low, high]) => low <= start && start < high && end < high)
  return cut ? [start, cut[1]] : [start, end]
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
