import { continuation, type Head } from './continuation.ts'
import type { Unit } from './repair-kinds.ts'
import { likeness, makeProfiles, type Profile } from './repair-likeness.ts'
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
  readonly size: number
  readonly endsList: boolean
  readonly startsList: boolean
  readonly middle: boolean
  readonly closed: boolean
  readonly mayClose: boolean
  readonly opened: number
  readonly shut: number
  readonly fresh: number
  readonly head: Head
  readonly tail: Uint16Array
  readonly isRest: boolean
  readonly wrapped: boolean
  /** The last line of a column is not full, though it is not the only one. */
  readonly shortEnd: boolean
  readonly isShort: boolean
  readonly comma: boolean
  readonly headline: number
}

const endsOf = (unit: Unit): Ends => {
  const { open, shut } = pending(unit.text)
  const head = continuation().head(unit.text)
  const isShort = unit.kind === 'short'
  const isText = isShort || unit.kind === 'body'
  return {
    mayGoOn: unit.kind === 'body' || (isShort && unit.text.length >= FRAGMENT),
    mayContinue: isText && unit.head !== 'fresh' && leadOf(unit.text) === null,
    size: unit.text.length,
    endsList: unit.text.endsWith('、'),
    startsList: unit.text.slice(0, 16).includes('、'),
    middle: /[、，]$/.test(unit.text),
    closed: isClosed(unit.text),
    mayClose: mayClose(unit.text),
    opened: open,
    shut,
    fresh: QUOTED.test(unit.text) ? 0 : continuation().fresh(head),
    head,
    tail: continuation().tail(unit.text),
    isRest: unit.head === 'rest',
    wrapped: unit.wrapped,
    shortEnd: unit.wrapped && unit.tail === 'short' && unit.lines > 1,
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
  fresh: QUOTED.test(unit.text) ? 0 : continuation().fresh(continuation().head(unit.text)),
  rest: unit.head === 'rest',
  mark: /^[，。、；：？！”’）》」』】％%]/.test(unit.text),
  isBody: unit.kind === 'body',
})

/** Seams of one unit that are compared with what stands around them: the best by their other signs. */
const BEST = 30
/** A start as fresh as this (natural log) continues nothing that does not stand right above it. */
const TOO_FRESH = 2.5

/**
 * Calls back for the seams that are worth a thought, with the signs for and against each. `promise` rates a seam by
 * the signs that cost nothing, so that only the best of each unit are compared with what stands around them.
 */
export const eachSeam = (
  units: readonly Unit[],
  promise: (i: number, j: number, signs: Signs) => number,
  visit: (i: number, j: number, signs: Signs) => void,
): void => {
  const ends = units.map(endsOf)
  const judge = makeJudge(units, ends)
  let compare: ReturnType<typeof makeSurroundings> | null = null
  ends.forEach((left, i) => {
    if (!left.mayGoOn) return
    const seams = rightsOf(ends, i).flatMap((j) => {
      const signs = judge(i, j)
      const rank = promise(i, j, signs)
      return rank > 0 ? [{ j, signs, rank }] : []
    })
    for (const { j, signs } of seams.sort((a, b) => b.rank - a.rank || a.j - b.j).slice(0, BEST)) {
      compare ??= makeSurroundings(units)
      visit(i, j, { ...signs, ...compare(i, j) })
    }
  })
}

/** Places of what might continue unit i; a finished sentence is only ever continued by what stands right below. */
const rightsOf = (ends: readonly Ends[], i: number): readonly number[] => {
  const left = ends[i]
  const rights: number[] = []
  const from = left?.closed ? i + 1 : Math.max(0, i - REACH)
  const to = Math.min(ends.length, left?.closed ? i + 2 : i + REACH)
  for (let j = from; j < to; j++) {
    const right = ends[j]
    if (left && right && mayMeet(left, right, i, j)) rights.push(j)
  }
  return rights
}

/** Shorter pieces are joined to nothing but what stands next to them. Characters. */
const LEAST = 6

const mayMeet = (left: Ends, right: Ends, i: number, j: number): boolean => {
  if (i === j || !right.mayContinue) return false
  if (left.closed && !(left.wrapped && right.isRest)) return false
  if (j === i + 1) return !left.isShort || !right.isShort || left.comma || right.comma
  return isFragment(left) && isFragment(right) && right.fresh <= TOO_FRESH
}

/** What may be a part of a paragraph that goes on elsewhere: a short line without a comma is a headline. */
const isFragment = ({ size, isShort, comma }: Ends): boolean => size >= LEAST && (!isShort || comma)

const makeJudge = (units: readonly Unit[], ends: readonly Ends[]): ((i: number, j: number) => Signs) => {
  const bodiesUpTo = [0]
  for (const unit of units) bodiesUpTo.push((bodiesUpTo.at(-1) ?? 0) + flag(unit.kind === 'body'))
  return (i, j) => {
    const [left, right] = [ends[i], ends[j]]
    if (!left || !right) throw new RangeError('no such unit')
    return {
      bias: 1,
      bond: continuation().bond(left.tail, right.head),
      fresh: right.isRest ? 0 : right.fresh,
      freshRest: right.isRest ? right.fresh : 0,
      list: flag(left.endsList && right.startsList),
      middle: flag(left.middle),
      echo: 0,
      likeness: 0,
      next: flag(j === i + 1),
      nextBody: flag(j > i + 1 && bodiesUpTo[i + 1] === bodiesUpTo[j]),
      backward: flag(j < i),
      distance: Math.min(FAR, Math.log(Math.abs(i - j))),
      rest: flag(right.isRest),
      shortEnd: flag(left.shortEnd),
      closed: flag(left.closed),
      mayClose: flag(left.mayClose),
      ...quoteSigns(left.opened > 0, right.shut > 0),
      leftShort: flag(left.isShort),
      rightShort: flag(right.isShort),
      shortComma: flag(left.comma) + flag(right.comma),
      headline: left.headline + right.headline,
    }
  }
}

const flag = (is: boolean): number => (is ? 1 : 0)

const quoteSigns = (opened: boolean, shut: boolean) => ({
  quote: flag(opened && shut),
  quoteClash: flag(!opened && shut),
  quoteLost: flag(opened && !shut),
})

/** Compares what stands before one unit with what stands after another. */
const makeSurroundings = (units: readonly Unit[]) => {
  const profileOf = makeProfiles(units.map((unit) => unit.text))
  const behind: { text: string; profile: Profile }[] = []
  const ahead: Profile[] = []
  const described = (text: string): { text: string; profile: Profile } => ({ text, profile: profileOf(text) })
  const behindOf = (i: number) => {
    behind[i] ??= described(around(units, i, -1, -1))
    return behind[i]
  }
  const aheadOf = (j: number): Profile => {
    ahead[j] ??= profileOf(around(units, j, 1, -1))
    return ahead[j]
  }
  return (i: number, j: number): { likeness: number; echo: number } => {
    const isNear = j < i && j + OVERLAP >= i
    const middle = (i + j + 1) >> 1
    const before = isNear ? described(around(units, i, -1, middle - 1)) : behindOf(i)
    const after = isNear ? profileOf(around(units, j, 1, middle)) : aheadOf(j)
    const start = units[j]?.text ?? ''
    return { likeness: likeness(before.profile, after), echo: j === i + 1 ? 0 : echoOf(before.text, start) }
  }
}

/** Units within which what stands before one and after another may be the same text. */
const OVERLAP = 12

/** 1 when words a piece begins with stand in the text before the seam. */
const echoOf = (before: string, start: string): number => {
  for (let at = 0; at + ECHO_WORDS <= Math.min(ECHO, start.length); at++) {
    const words = start.slice(at, at + ECHO_WORDS)
    if (before.includes(words) && /^[\u4e00-\u9fff]+$/.test(words)) return 1
  }
  return 0
}

/** Text of a unit and of the paragraphs before or after it, with the headline above, up to `stop`. */
const around = (units: readonly Unit[], index: number, step: -1 | 1, stop: number): string => {
  let text = ''
  let lines = 0 // a headline above belongs to what it stands above
  for (let at = index; text.length < AROUND && at !== stop && Math.abs(at - index) <= OVERLAP; at += step) {
    const unit = units[at]
    if (!unit || (at !== index && !isAround(unit, step, lines))) break
    if (at !== index && unit.kind === 'short') lines++
    text = step < 0 ? unit.text.slice(-AROUND) + text : text + unit.text.slice(0, AROUND)
  }
  return text
}

/** Paragraphs, and upwards two lines of a headline but nothing above them. */
const isAround = (unit: Unit, step: -1 | 1, lines: number): boolean =>
  unit.kind === 'body' ? lines === 0 : unit.kind === 'short' && step < 0 && lines < 2
