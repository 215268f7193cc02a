import type { Layout } from './groups.ts'
import { type Signs, signsOf } from './signs.ts'
import type { Heading } from './titles.ts'
import { type Judge, makeJudge, type Read, type Style } from './worth.ts'

/** An article: its paragraphs from one place to another, and the lines above and below that belong to it. */
export interface Stretch {
  /** First place, and the one after its last. */
  readonly from: number
  readonly to: number
  readonly head: Heading
  readonly tail: Heading
}

/** Longest run of paragraphs that is looked at as one article; longer ones are put together afterwards. */
const LONGEST = 80
/** An article over so much against it is not tried. */
const HOPELESS = -20

/** The best way to divide the page up to a place: its last article, and the way up to that. */
interface State {
  readonly score: number
  readonly last: {
    readonly back: State
    readonly from: number
    readonly head: Read
    readonly tail: Read
  } | null
}

/** Divides the paragraphs into articles so that headlines, openings and bylines fit best. */
export const divide = (
  layout: Layout,
  signs: Signs = signsOf(layout),
): { readonly stretches: readonly Stretch[]; readonly style: Style } => {
  if (layout.places.length === 0) return { stretches: [], style: 'before' }
  const judge = makeJudge(layout, signs)
  const [before, after] = [search(layout, judge, 'before'), search(layout, judge, 'after')]
  return before.score >= after.score ? before : after
}

type Found = { readonly score: number; readonly stretches: readonly Stretch[]; readonly style: Style }

/** Best path over (place, number of lines above it that belong to the article before). */
const search = (layout: Layout, judge: Judge, style: Style): Found => {
  const count = layout.places.length
  const states: (State | undefined)[][] = Array.from({ length: count + 1 }, () => [])
  states[0] = [{ score: 0, last: null }]
  for (let i = 0; i < count; i++) {
    states[i]?.forEach((state, k) => {
      if (state) extend(states, judge, style, state, i, k)
    })
  }
  const best = (states[count] ?? []).reduce(
    (a, b) => (a && b && a.score >= b.score ? a : (b ?? a)),
    undefined,
  )
  return { score: best?.score ?? 0, stretches: stretchesOf(best, count), style }
}

/** The articles on the way to a state, whose last ends at place `to`. */
const stretchesOf = (state: State | undefined, to: number): readonly Stretch[] => {
  const stretches: Stretch[] = []
  let end = to
  for (let last = state?.last; last; last = last.back.last) {
    stretches.unshift({ from: last.from, to: end, head: last.head.heading, tail: last.tail.heading })
    end = last.from
  }
  return stretches
}

/** Tries every end for the article that begins at place i. */
const extend = (
  states: (State | undefined)[][],
  judge: Judge,
  style: Style,
  state: State,
  i: number,
  k: number,
): void => {
  const last = Math.min(states.length, i + LONGEST) - 1
  for (let j = i + 1; j <= last; j++) {
    if (j < last && !judge.mayBegin(j)) continue
    const inner = judge.inner(i, j)
    if (j > i + 1 && inner < HOPELESS) return
    const row = states[j] ?? []
    const head = judge.head(i, k, j)
    for (const t of judge.splits(j)) {
      const tail = judge.tail(i, j, t)
      const score = state.score + judge.article(i, j, head, tail, style) + inner
      if (score > scoreOf(row[t])) row[t] = { score, last: { back: state, from: i, head, tail } }
    }
    if (judge.mustBegin(j)) return
  }
}

const scoreOf = (state: State | undefined): number => state?.score ?? -Infinity
