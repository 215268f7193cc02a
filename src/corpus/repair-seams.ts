import { continuation } from './continuation.ts'
import type { Unit } from './repair-kinds.ts'
import { makeLikeness, pairsOf } from './repair-likeness.ts'
import { isClosed, leadOf, mayClose, pending } from './repair-marks.ts'

/** A sign that two units belong together, or not. */
export type Sign =
  | 'bias'
  | 'bond'
  | 'fresh'
  | 'freshRest'
  | 'list'
  | 'echo'
  | 'middle'
  | 'likeness'
  | 'next'
  | 'nextBody'
  | 'backward'
  | 'distance'
  | 'rest'
  | 'quote'
  | 'quoteClash'
  | 'quoteLost'
  | 'shortEnd'
  | 'closed'
  | 'mayClose'
  | 'leftShort'
  | 'rightShort'
  | 'shortComma'
  | 'headline'

/** The signs for and against a seam. */
export type Signs = Readonly<Record<Sign, number>>

/** Units further apart than this are not parts of one paragraph. */
const REACH = 100
/** Characters around a seam that are compared. */
const AROUND = 400
/** Shorter lines than this are no fragments of sentences. Characters. */
const FRAGMENT = 7
/** Characters of a start in which words of the other side are looked for, and length of what counts as one. */
const ECHO = 24
const ECHO_WORDS = 4
/** A quotation or a title opens a line at the start of a paragraph and, where it was set off, in its middle. */
const QUOTED = /^[“《‘「『]/
/** Beyond this distance (natural log of units) further away is not less likely. */
const FAR = 2

/** What can be seen at the two ends of a unit by itself. */
interface Ends {
  readonly mayGoOn: boolean
  readonly mayContinue: boolean
  readonly closed: boolean
  readonly mayClose: boolean
  readonly opened: number
  readonly shut: number
  readonly fresh: number
  readonly isShort: boolean
  readonly comma: boolean
  readonly headline: number
}

const endsOf = (unit: Unit): Ends => {
  const { open, shut } = pending(unit.text)
  const isShort = unit.kind === 'short'
  const isText = isShort || unit.kind === 'body'
  return {
    mayGoOn: unit.kind === 'body' || (isShort && unit.text.length >= FRAGMENT),
    mayContinue: isText && unit.head !== 'fresh' && leadOf(unit.text) === null,
    closed: isClosed(unit.text),
    mayClose: mayClose(unit.text),
    opened: open,
    shut,
    fresh: QUOTED.test(unit.text) ? 0 : continuation().fresh(unit.text),
    isShort,
    comma: isShort && unit.text.includes('，'),
    headline: isShort ? continuation().headline(unit.text) : 0,
  }
}

/** What it would mean to leave a unit without what goes before or after it. */
export interface Loose {
  /** A body whose last sentence does not end. */
  readonly end: boolean
  /** How little its first words look like the start of a paragraph (natural log), and what else says so. */
  readonly fresh: number
  readonly rest: boolean
  readonly mark: boolean
  readonly isBody: boolean
}

/** The loose ends of a unit. */
export const looseOf = (unit: Unit): Loose => ({
  end: unit.kind === 'body' && !isClosed(unit.text) && !mayClose(unit.text),
  fresh: QUOTED.test(unit.text) ? 0 : continuation().fresh(unit.text),
  rest: unit.head === 'rest',
  mark: /^[，。、；：？！”’）》」』】％%]/.test(unit.text),
  isBody: unit.kind === 'body',
})

/** Calls back for every two units that might be parts of one paragraph, with the signs for and against it. */
export const eachSeam = (units: readonly Unit[], visit: (i: number, j: number, signs: Signs) => void): void => {
  const ends = units.map(endsOf)
  const judge = makeJudge(units, ends)
  ends.forEach((left, i) => {
    if (!left.mayGoOn) return
    const from = left.closed ? i + 1 : Math.max(0, i - REACH)
    const to = left.closed ? i + 2 : i + REACH
    for (let j = from; j < Math.min(units.length, to); j++) {
      const right = ends[j]
      if (!right?.mayContinue || i === j) continue
      if (left.closed && !(units[i]?.wrapped && units[j]?.head === 'rest')) continue
      if (left.isShort && right.isShort && !left.comma && !right.comma) continue
      visit(i, j, judge(i, j))
    }
  })
}

const makeJudge = (units: readonly Unit[], ends: readonly Ends[]): ((i: number, j: number) => Signs) => {
  const likeness = makeSurroundings(units)
  const bodiesUpTo = [0]
  for (const unit of units) bodiesUpTo.push((bodiesUpTo.at(-1) ?? 0) + (unit.kind === 'body' ? 1 : 0))
  return (i, j) => {
    const [left, right, before, after] = [units[i], units[j], ends[i], ends[j]]
    if (!left || !right || !before || !after) throw new RangeError('no such unit')
    const isRest = right.head === 'rest'
    const { like, echo } = likeness(i, j)
    return {
      bias: 1,
      bond: continuation().bond(left.text, right.text),
      fresh: isRest ? 0 : after.fresh,
      freshRest: isRest ? after.fresh : 0,
      list: left.text.endsWith('、') && right.text.slice(0, 16).includes('、') ? 1 : 0,
      echo,
      middle: /[、，]$/.test(left.text) ? 1 : 0,
      likeness: like,
      next: j === i + 1 ? 1 : 0,
      nextBody: j > i + 1 && bodiesUpTo[i + 1] === bodiesUpTo[j] ? 1 : 0,
      backward: j < i ? 1 : 0,
      distance: Math.min(FAR, Math.log(Math.abs(i - j))),
      rest: isRest ? 1 : 0,
      quote: before.opened > 0 && after.shut > 0 ? 1 : 0,
      quoteClash: before.opened === 0 && after.shut > 0 ? 1 : 0,
      quoteLost: before.opened > 0 && after.shut === 0 ? 1 : 0,
      shortEnd: left.wrapped && left.tail === 'short' && left.lines > 1 ? 1 : 0,
      closed: before.closed ? 1 : 0,
      mayClose: before.mayClose ? 1 : 0,
      leftShort: before.isShort ? 1 : 0,
      rightShort: after.isShort ? 1 : 0,
      shortComma: (before.comma ? 1 : 0) + (after.comma ? 1 : 0),
      headline: before.headline + after.headline,
    }
  }
}

/** Compares what stands before one unit with what stands after another. */
const makeSurroundings = (units: readonly Unit[]) => {
  const likeness = makeLikeness(units.map((unit) => pairsOf(unit.text)))
  const behind: { text: string; pairs: ReadonlySet<number> }[] = []
  const ahead: ReadonlySet<number>[] = []
  return (i: number, j: number): { like: number; echo: number } => {
    const isNear = j < i && j + REACH_AROUND >= i
    const middle = (i + j + 1) >> 1
    const before = isNear ? described(around(units, i, -1, middle - 1)) : (behind[i] ?? described(around(units, i, -1, -1)))
    const after = isNear ? pairsOf(around(units, j, 1, middle)) : (ahead[j] ?? pairsOf(around(units, j, 1, -1)))
    if (!isNear) {
      behind[i] = before
      ahead[j] = after
    }
    const start = units[j]?.text ?? ''
    return { like: likeness.between(before.pairs, after), echo: j === i + 1 ? 0 : echoOf(before.text, start) }
  }
}

/** Units that the text around a seam may reach over. */
const REACH_AROUND = 12

const described = (text: string): { text: string; pairs: ReadonlySet<number> } => ({ text, pairs: pairsOf(text) })

/** 1 when the first words of a piece stand in the text before the seam. */
const echoOf = (before: string, start: string): number => {
  for (let at = 0; at + ECHO_WORDS <= Math.min(ECHO, start.length); at++) {
    const words = start.slice(at, at + ECHO_WORDS)
    if (/^[\u4e00-\u9fff]+$/.test(words) && before.includes(words)) return 1
  }
  return 0
}

/** Text of a unit and of the paragraphs before or after it, with the headline above, up to `stop`. */
const around = (units: readonly Unit[], index: number, step: -1 | 1, stop: number): string => {
  let text = ''
  let lines = 0 // a headline above belongs to what it stands above
  for (let at = index; text.length < AROUND && at !== stop; at += step) {
    const unit = units[at]
    if (!unit || (at !== index && unit.kind !== 'body' && (step > 0 || unit.kind !== 'short'))) break
    if (unit.kind === 'short' && at !== index) lines++
    if (lines > 2 || (lines > 0 && unit.kind === 'body')) break
    text = step < 0 ? unit.text.slice(-AROUND) + text : text + unit.text.slice(0, AROUND)
  }
  return text
}
