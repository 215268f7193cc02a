import { continuation, type Head, type Tail } from './continuation.ts'
import type { Unit } from './kinds.ts'
import { isClosed, leadOf, mayClose, pending } from './marks.ts'
import { makeSaid } from './said.ts'
import { makeSurroundings } from './surroundings.ts'

/** A sign that two units belong together, or not. */
export type Sign =
  | 'bias'
  | 'bond'
  | 'fresh'
  | 'freshRest'
  | 'list'
  | 'echo'
  | 'span'
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
/** Open sentences in one window beyond which it is no page of columns, and joins are only looked for nearby. */
const TORN = 150
/** Shorter lines than this are no fragments of sentences. Characters. */
const FRAGMENT = 7
/** A quotation or a title opens a line at the start of a paragraph and, where it was set off, in its middle. */
const QUOTED = /^[“《‘「『]/
/** Beyond this distance (natural log of units) further away is not less likely. */
const FAR = 2

/** What can be seen at the two ends of a unit by itself. */
interface Ends extends Loose {
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
  readonly head: () => Head
  readonly tail: () => Tail
  readonly wrapped: boolean
  /** The last line of a column is not full, though it is not the only one. */
  readonly shortEnd: boolean
  readonly isShort: boolean
  readonly comma: boolean
  readonly headline: number
}

/** The loose ends of a unit and what else can be seen there. */
export const looseOf = (unit: Unit): Ends => {
  const { open, shut } = pending(unit.text)
  const head = once(() => continuation().head(unit.text))
  const isShort = unit.kind === 'short'
  const isBody = unit.kind === 'body'
  const isText = isShort || isBody
  const closed = isClosed(unit.text)
  const closes = mayClose(unit.text)
  return {
    end: isBody && !closed && !closes,
    fresh: once(() => (QUOTED.test(unit.text) ? 0 : continuation().fresh(head()))),
    rest: unit.head === 'rest',
    mark: /^[，。、；：？！”’）》」』】％%]/.test(unit.text),
    isBody,
    mayGoOn: isBody || (isShort && unit.text.length >= FRAGMENT),
    mayContinue: isText && unit.head !== 'fresh' && leadOf(unit.text) === null,
    size: unit.text.length,
    endsList: unit.text.endsWith('、'),
    startsList: unit.text.slice(0, 16).includes('、'),
    middle: /[、，]$/.test(unit.text),
    closed,
    mayClose: closes,
    opened: open,
    shut,
    head,
    tail: once(() => continuation().tail(unit.text)),
    wrapped: unit.wrapped,
    shortEnd: unit.wrapped && unit.tail === 'short' && unit.lines > 1,
    isShort,
    comma: isShort && unit.text.includes('，'),
    headline: isShort ? continuation().headline(unit.text) : 0,
  }
}

/** Works something out at the first question: most units are never asked about, and the model is slow. */
const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** What it would mean to leave a unit without what goes before or after it. */
export interface Loose {
  /** A body whose last sentence does not end. */
  readonly end: boolean
  /** How little its first words look like the start of a paragraph (natural log), and what else says so. */
  readonly fresh: () => number
  readonly rest: boolean
  readonly mark: boolean
  readonly isBody: boolean
}

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
  ends: readonly Ends[] = units.map(looseOf),
): void => {
  const judge = makeJudge(units, ends)
  const reach = reachOf(ends)
  let compare: ReturnType<typeof makeSurroundings> | null = null
  ends.forEach((left, i) => {
    if (!left.mayGoOn) return
    const seams = rightsOf(ends, i, reach).flatMap((j) => {
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

/** Falls with the cube of the open sentences, so that a file of nothing else costs no more than a torn page. */
const reachOf = (ends: readonly Ends[]): number => {
  const open = ends.filter((end) => end.mayGoOn && !end.closed && isFragment(end)).length
  return open <= TORN ? REACH : Math.max(2, Math.round(REACH * (TORN / open) ** 3))
}

/** Places of what might continue unit i; a finished sentence and a headline are only continued by what stands right below. */
const rightsOf = (ends: readonly Ends[], i: number, reach: number): readonly number[] => {
  const left = ends[i]
  const rights: number[] = []
  const isWhole = !left || left.closed || !isFragment(left)
  const from = isWhole ? i + 1 : Math.max(0, i - reach)
  const to = Math.min(ends.length, i + (isWhole ? 2 : reach))
  for (let j = from; j < to; j++) {
    const right = ends[j]
    if (left && right && mayMeet(left, right, i, j)) rights.push(j)
  }
  return rights
}

/** Share of a sign that a phrase goes on across a seam between neighbours is worth: they mostly belong together anyway. */
const NEXT_SPAN = 0.5
/** Natural log: fifty times likelier as a word that was cut than as an end and a beginning. */
const PLAIN = 4
/** Shorter pieces are joined to nothing but what stands next to them. Characters. */
const LEAST = 6

const mayMeet = (left: Ends, right: Ends, i: number, j: number): boolean => {
  if (i === j || !right.mayContinue) return false
  if (left.closed && !(left.wrapped && right.rest)) return false
  if (j === i + 1)
    return !left.isShort || !right.isShort || left.comma || (right.comma && isOneWord(left, right))
  return isFragment(left) && isFragment(right) && right.fresh() <= TOO_FRESH
}

/** The cut went through a word: no headline ends and no sentence begins so. */
const isOneWord = (left: Ends, right: Ends): boolean =>
  continuation().bond(left.tail(), right.head()) - right.fresh() > PLAIN

/** What may be a part of a paragraph that goes on elsewhere: a short line without a comma is a headline. */
const isFragment = ({ size, isShort, comma }: Ends): boolean => size >= LEAST && (!isShort || comma)

const makeJudge = (units: readonly Unit[], ends: readonly Ends[]): ((i: number, j: number) => Signs) => {
  const isSaid = makeSaid(units)
  const bodiesUpTo = [0]
  for (const unit of units) bodiesUpTo.push((bodiesUpTo.at(-1) ?? 0) + flag(unit.kind === 'body'))
  return (i, j) => {
    const [left, right] = [ends[i], ends[j]]
    if (!left || !right) throw new RangeError('no such unit')
    return {
      bias: 1,
      bond: continuation().bond(left.tail(), right.head()),
      fresh: right.rest ? 0 : right.fresh(),
      freshRest: right.rest ? right.fresh() : 0,
      list: flag(left.endsList && right.startsList),
      middle: flag(left.middle),
      echo: 0,
      span: left.closed || left.isShort || right.isShort || !isSaid(i, j) ? 0 : j === i + 1 ? NEXT_SPAN : 1,
      likeness: 0,
      next: flag(j === i + 1),
      nextBody: flag(j > i + 1 && bodiesUpTo[i + 1] === bodiesUpTo[j]),
      backward: flag(j < i),
      distance: Math.min(FAR, Math.log(Math.abs(i - j))),
      rest: flag(right.rest),
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
