import { continuation } from './continuation.ts'
import type { Unit } from './repair-kinds.ts'
import { type Likeness, makeLikeness, pairsOf } from './repair-likeness.ts'
import { isClosed, leadOf, mayClose, pending } from './repair-marks.ts'
import { bestPairs } from './repair-match.ts'

/** Units in reading order that make one paragraph, or one that stands by itself. */
export interface Block {
  readonly units: readonly Unit[]
  /** The paragraph without white space. */
  readonly text: string
}

/** Two units that were made one paragraph, and how sure that was (natural log of odds, roughly). */
export interface Join {
  readonly left: Unit
  readonly right: Unit
  readonly score: number
}

/** How much each sign of a seam counts, as log odds. Fitted on made pages; docs/repair.md. */
export const WEIGHTS: Readonly<Record<Sign, number>> = {
  bias: -3.87,
  bond: 0.79,
  fresh: -0.6,
  freshRest: 0.38,
  list: 0.5,
  middle: -0.77,
  likeness: 10.3,
  next: 5.46,
  nextBody: -1.13,
  backward: -1.22,
  distance: -0.62,
  rest: 4.14,
  quote: 1.47,
  quoteClash: -0.92,
  quoteLost: -3.67,
  shortEnd: -1.94,
  closed: -6.67,
  mayClose: -2.75,
  leftShort: -2.56,
  rightShort: -3.65,
  shortComma: 4.23,
  headline: -0.22,
}

/** A sign that two units belong together, or not. */
export type Sign =
  | 'bias'
  | 'bond'
  | 'fresh'
  | 'freshRest'
  | 'list'
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

/** What it costs to leave a sentence without its end or its beginning. Log odds, found with WEIGHTS. */
export const LOST = { end: 4, freshness: -0.34, rest: 0.47, mark: 3, most: 4 }

/** Units further apart than this are not parts of one paragraph. */
const REACH = 150
/** Characters around a seam that are compared. */
const AROUND = 400

/** Shorter lines than this are no fragments of sentences. Characters. */
const FRAGMENT = 7
/** A quotation or a title opens a line at the start of a paragraph and, where it was set off, in its middle. */
const QUOTED = /^[“《‘「『]/
/** Beyond this distance (natural log of units) further away is not less likely. */
const FAR = 2

/** Puts the parts of paragraphs together again and everything in reading order. */
export const joinUnits = (
  units: readonly Unit[],
): { readonly blocks: readonly Block[]; readonly joins: readonly Join[] } => {
  const joins = match(units, candidates(units))
  const next = new Map(joins.map(({ left, right }) => [left, right]))
  return { blocks: inOrder(units, next), joins }
}

const candidates = (units: readonly Unit[]): readonly Join[] => {
  const found: Join[] = []
  eachSeam(units, (left, right, signs) => {
    const score = Object.entries(signs).reduce((sum, [sign, value]) => sum + WEIGHTS[sign as Sign] * value, 0)
    if (score + gainOf(left, right) > 0) found.push({ left, right, score })
  })
  return found
}

/** What a join spares: no end and no beginning is lost. A line that may be a headline has nothing to lose. */
export const gainOf = (left: Unit, right: Unit): number =>
  left.kind === 'short' || right.kind === 'short' ? 0 : lostEnd(left) + lostStart(right)

const lostEnd = (unit: Unit): number =>
  unit.kind === 'body' && !isClosed(unit.text) && !mayClose(unit.text) ? LOST.end : 0

const lostStart = (unit: Unit): number => {
  if (unit.kind !== 'body') return 0
  if (/^[，。、；：？！”’）》」』】％%]/.test(unit.text)) return LOST.mark
  const fresh = QUOTED.test(unit.text) ? 0 : continuation().fresh(unit.text) * LOST.freshness
  return Math.max(0, Math.min(LOST.most, fresh + (unit.head === 'rest' ? LOST.rest : 0)))
}

/** Calls back for every two units that might be parts of one paragraph, with the signs for and against it. */
export const eachSeam = (
  units: readonly Unit[],
  visit: (left: Unit, right: Unit, signs: Readonly<Record<Sign, number>>) => void,
): void => {
  const likeness = makeLikeness(units.map((unit) => pairsOf(unit.text)))
  units.forEach((left, i) => {
    if (left.kind !== 'body' && (left.kind !== 'short' || left.text.length < FRAGMENT)) return
    const closed = isClosed(left.text)
    const [from, to] = closed ? [i + 1, i + 2] : [Math.max(0, i - REACH), Math.min(units.length, i + REACH)]
    for (let j = from; j < to; j++) {
      const right = units[j]
      if (!right || i === j || !mayContinue(right)) continue
      if (closed && !(left.wrapped && right.head === 'rest')) continue
      if (
        left.kind === 'short' &&
        right.kind === 'short' &&
        !left.text.includes('，') &&
        !right.text.includes('，')
      )
        continue
      visit(left, right, signsOf(units, i, j, likeness))
    }
  })
}

const mayContinue = (unit: Unit): boolean =>
  (unit.kind === 'short' || unit.kind === 'body') && unit.head !== 'fresh' && leadOf(unit.text) === null

/** Text of a unit and of the paragraphs before or after it, up to the next headline and to `stop`. */
const around = (units: readonly Unit[], index: number, step: -1 | 1, stop: number): ReadonlySet<number> => {
  let text = ''
  let lines = 0 // a headline above belongs to what it stands above
  for (let at = index; text.length < AROUND && at !== stop; at += step) {
    const unit = units[at]
    if (!unit || (at !== index && unit.kind !== 'body' && (step > 0 || unit.kind !== 'short'))) break
    if (unit.kind === 'short' && at !== index) lines++
    if (lines > 2 || (lines > 0 && unit.kind === 'body')) break
    text = step < 0 ? unit.text.slice(-AROUND) + text : text + unit.text.slice(0, AROUND)
  }
  return pairsOf(text)
}

const signsOf = (
  units: readonly Unit[],
  i: number,
  j: number,
  likeness: Likeness,
): Readonly<Record<Sign, number>> => {
  const [left, right] = [units[i], units[j]]
  if (!left || !right) throw new RangeError('no such unit')
  const model = continuation()
  const middle = j < i ? (i + j + 1) >> 1 : -1
  const shorts = [left, right].filter((unit) => unit.kind === 'short')
  const [opened, shut] = [pending(left.text).open, pending(right.text).shut]
  return {
    bias: 1,
    bond: model.bond(left.text, right.text),
    fresh: QUOTED.test(right.text) || right.head === 'rest' ? 0 : model.fresh(right.text),
    freshRest: right.head === 'rest' ? model.fresh(right.text) : 0,
    list: left.text.endsWith('、') && right.text.slice(0, 16).includes('、') ? 1 : 0,
    middle: /[、，]$/.test(left.text) ? 1 : 0,
    likeness: likeness.between(
      around(units, i, -1, j < i ? middle - 1 : j),
      around(units, j, 1, j < i ? middle : -1),
    ),
    next: j === i + 1 ? 1 : 0,
    nextBody: j > i + 1 && units.slice(i + 1, j).every((unit) => unit.kind !== 'body') ? 1 : 0,
    backward: j < i ? 1 : 0,
    distance: Math.min(FAR, Math.log(Math.abs(i - j))),
    rest: right.head === 'rest' ? 1 : 0,
    quote: opened > 0 && shut > 0 ? 1 : 0,
    quoteClash: opened === 0 && shut > 0 ? 1 : 0,
    quoteLost: opened > 0 && shut === 0 ? 1 : 0,
    shortEnd: left.wrapped && left.tail === 'short' && left.lines > 1 ? 1 : 0,
    closed: isClosed(left.text) ? 1 : 0,
    mayClose: mayClose(left.text) ? 1 : 0,
    leftShort: left.kind === 'short' ? 1 : 0,
    rightShort: right.kind === 'short' ? 1 : 0,
    shortComma: shorts.filter((unit) => unit.text.includes('，')).length,
    headline: shorts.reduce((sum, unit) => sum + model.headline(unit.text), 0),
  }
}

/** The joins that fit best together: every unit is continued once and continues once, and nothing ends in itself. */
export const match = (units: readonly Unit[], found: readonly Join[]): readonly Join[] => {
  const place = new Map(units.map((unit, index) => [unit, index]))
  const pairs = found.map((join) => ({
    left: place.get(join.left) ?? 0,
    right: place.get(join.right) ?? 0,
    worth: join.score + gainOf(join.left, join.right),
    join,
  }))
  const taken = bestPairs(pairs)
  return withoutCircles(taken.toSorted((a, b) => b.worth - a.worth || a.left - b.left)).map(
    ({ join }) => join,
  )
}

/** Drops the weakest join of every circle. Best joins come first. */
const withoutCircles = <P extends { readonly left: number; readonly right: number }>(
  pairs: readonly P[],
): readonly P[] => {
  const chain = new Map<number, number>()
  const rootOf = (start: number): number => {
    let at = start
    for (let up = chain.get(at); up !== undefined; up = chain.get(at)) at = up
    return at
  }
  return pairs.filter(({ left, right }) => {
    const [a, b] = [rootOf(left), rootOf(right)]
    if (a !== b) chain.set(b, a)
    return a !== b
  })
}

/**
 * Print order, but what continues a paragraph follows it: where a stretch of columns stands in the wrong place, its
 * first unit is the rest of a paragraph elsewhere, and all that follows it moves along.
 */
const inOrder = (units: readonly Unit[], next: ReadonlyMap<Unit, Unit>): readonly Block[] => {
  const previous = new Set(next.values())
  const done = new Set<Unit>()
  const place = new Map(units.map((unit, index) => [unit, index]))
  const blocks: { units: Unit[]; text: string }[] = []
  const emit = (from: number): void => {
    let at = from
    let open = false
    for (;;) {
      const unit = units[at]
      if (!unit || done.has(unit) || (!open && at !== from && previous.has(unit))) return
      done.add(unit)
      const last = blocks.at(-1)
      if (open && last) {
        last.units.push(unit)
        last.text += unit.text
      } else blocks.push({ units: [unit], text: unit.text })
      const follower = next.get(unit)
      open = follower !== undefined
      at = follower === undefined ? at + 1 : (place.get(follower) ?? units.length)
    }
  }
  units.forEach((unit, index) => {
    if (!done.has(unit) && !previous.has(unit)) emit(index)
  })
  units.forEach((unit, index) => {
    if (!done.has(unit)) emit(index)
  })
  return blocks
}
