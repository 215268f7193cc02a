import type { Block, Unit } from './kinds.ts'
import { bestPairs, type Pair } from './match.ts'
import { inOrder } from './order.ts'
import { eachSeam, type Loose, looseOf, type Sign, type Signs } from './seams.ts'

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
  fresh: -0.56,
  freshRest: 0.14,
  list: 1.5,
  echo: 1.25,
  span: 5,
  middle: -1.73,
  likeness: 9.66,
  next: 5.46,
  nextBody: -1.13,
  backward: -0.46,
  distance: -0.78,
  rest: 4.14,
  quote: 1.47,
  quoteClash: -0.92,
  quoteLost: -1.47,
  shortEnd: -4.37,
  closed: -6.67,
  mayClose: -3.44,
  leftShort: -2.56,
  rightShort: -1.37,
  shortComma: 4.23,
  headline: -0.22,
}

/** What it costs to leave a sentence without its end or its beginning. Log odds, found with WEIGHTS. */
export const LOST = { end: 2.5, freshness: -0.43, rest: 0.85, mark: 3, most: 4, orphan: 6.48, headline: -1 }

/** Puts the parts of paragraphs together again and everything in reading order. */
export const joinUnits = (
  units: readonly Unit[],
): { readonly blocks: readonly Block[]; readonly joins: readonly Join[] } => {
  const seams: Seam[] = []
  const loose = units.map(looseOf)
  const worthOf = (left: number, right: number, signs: Signs): number =>
    scoreOf(signs) + gainOf(loose, left, right)
  eachSeam(
    units,
    (left, right, signs) => worthOf(left, right, signs) - WORTHLESS + SURROUNDINGS,
    (left, right, signs) => {
      if (worthOf(left, right, signs) > WORTHLESS) seams.push({ left, right, score: scoreOf(signs) })
    },
    loose,
  )
  const taken = match(loose, seams)
  const joins = taken.flatMap(({ left, right, score }) => {
    const [a, b] = [units[left], units[right]]
    return a && b ? [{ left: a, right: b, score }] : []
  })
  return { blocks: inOrder(units, new Map(joins.map(({ left, right }) => [left, right]))), joins }
}

/** Seams worth less (log odds) are not kept even for what was moved, and what their surroundings can add. */
const WORTHLESS = -1.5
const SURROUNDINGS = 2

/** Two places of units, and the log odds that they belong together. */
export interface Seam {
  readonly left: number
  readonly right: number
  readonly score: number
}

const scoreOf = (signs: Signs): number => {
  let score = 0
  for (const sign in signs) {
    const value = signs[sign as Sign] // keys are those of Signs
    if (value !== 0) score += WEIGHTS[sign as Sign] * value // most are 0
  }
  return score
}

/** What a join spares: no end and no beginning is lost. A line that may be a headline has something to lose. */
const gainOf = (loose: readonly Loose[], left: number, right: number): number => {
  const [a, b] = [loose[left], loose[right]]
  if (!a?.isBody || !b?.isBody) return LOST.headline
  const start = b.mark ? LOST.mark : LOST.freshness * b.fresh() + (b.rest ? LOST.rest : 0)
  return (a.end ? LOST.end : 0) + Math.max(0, Math.min(LOST.most, start))
}

/**
 * The joins that fit best together, found twice: what stood after a sentence that goes on elsewhere was probably
 * moved too, so in the second round it is worth more to find its beginning.
 */
export const match = <S extends Seam>(loose: readonly Loose[], seams: readonly S[]): readonly S[] => {
  const worthOf = (seam: S, orphans: ReadonlySet<number>): number =>
    seam.score +
    gainOf(loose, seam.left, seam.right) +
    (orphans.has(seam.right) && seam.right !== seam.left + 1 ? LOST.orphan : 0)
  const round = (orphans: ReadonlySet<number>): readonly (Pair & { readonly seam: S })[] =>
    bestPairs(
      seams.map((seam) => ({ left: seam.left, right: seam.right, worth: worthOf(seam, orphans), seam })),
    )
  const first = round(new Set())
  const moved = first.filter(({ left, right }) => right !== left + 1 && loose[left]?.end)
  const orphans = new Set(moved.map(({ left }) => left + 1).filter((place) => loose[place]?.isBody))
  const second = orphans.size === 0 ? first : round(orphans)
  return withoutCircles(second.toSorted((a, b) => b.worth - a.worth || a.left - b.left)).map(
    ({ seam }) => seam,
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
