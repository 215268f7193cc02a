import { continuation } from './continuation.ts'
import { type Digest, digestAt } from './digest.ts'
import type { Layout } from './groups.ts'
import type { Block } from './kinds.ts'
import { makeProfiles, type Profiles, pairsOf, slotOf, startsOf } from './likeness.ts'
import { isNumbered, leadOf } from './marks.ts'

/** What can be seen at a paragraph and in the lines above it, before anything is decided. */
export interface Sign {
  /** 本报讯 and the like. */
  readonly lead: boolean
  /** How much likelier the paragraph opens an article than goes on in one. */
  readonly opening: number
  /** Characters. */
  readonly length: number
  /** The headline-like lines above it, as one text. */
  readonly short: string
  readonly shortLines: number
  readonly byline: boolean
  readonly section: boolean
  /** The lines are numbered like the parts of one text: 一、（二）第三章 4. */
  readonly numbered: boolean
  /** Whether the lines are set like a headline, −4 … 4. */
  readonly shape: number
  /** Share of the lines that the paragraphs below repeat. */
  readonly echo: number
  /** Likeness of the paragraphs above and below: 0 … 1. */
  readonly together: number
}

/** The signs of a layout and what is asked about its headlines. */
export interface Signs {
  readonly at: readonly Sign[]
  readonly digest: Digest
  /** Share of paragraphs under headline-like lines that begin like a report. */
  readonly leadShare: number
  /** Share of the pairs of a title that paragraphs i … j hold, rare pairs weighing more. */
  readonly cover: (title: string, i: number) => (j: number) => number
  /** Whether a text is set like a headline, −4 … 4; 0 for none. */
  readonly shape: (text: string) => number
}

/** Paragraphs on each side that are compared, and characters of them. */
const NEAR = 3
const AROUND = 600

/** Looks at every paragraph of a layout once. */
export const signsOf = (layout: Layout): Signs => {
  const { places } = layout
  const bodies = places.map((place) => place.body.text)
  const groups = [...places.map((place) => place.above), layout.below]
  const lines = groups.map((group) => group.map((line) => line.text).join(''))
  const cover = makeCover(bodies, lines)
  const shape = makeShape()
  const togetherAt = makeTogether(bodies)
  const at = places.map(({ above, body }, i): Sign => {
    const lines = above.filter((line) => kindOf(line) === 'short')
    const short = lines.map((line) => line.text).join('')
    return {
      lead: leadOf(body.text) !== null,
      opening: above.length === 0 ? 0 : continuation().opening(continuation().head(body.text)),
      length: body.text.length,
      short,
      shortLines: lines.length,
      byline: above.some((line) => kindOf(line) === 'byline'),
      section: above.some((line) => kindOf(line) === 'section'),
      numbered: isNumbered(short),
      shape: shape(short),
      echo: short === '' ? 0 : cover(short, i)(Math.min(places.length, i + NEAR)),
      together: short === '' ? 0 : togetherAt(i),
    }
  })
  const headed = at.filter((sign) => sign.shortLines > 0)
  const leadShare = headed.filter((sign) => sign.lead).length / Math.max(1, headed.length)
  return { at, digest: digestAt(layout), leadShare, cover, shape }
}

/** Likeness of what stands before a paragraph and what begins with it. The page is read at the first question. */
const makeTogether = (bodies: readonly string[]): ((i: number) => number) => {
  const starts = startsOf(bodies)
  const startAt = (i: number): number => starts[Math.max(0, Math.min(bodies.length, i))] ?? 0
  let profiles: Profiles | null = null
  return (i) => {
    profiles ??= makeProfiles(bodies)
    const here = startAt(i)
    const before = profiles.of(Math.max(startAt(i - NEAR), here - AROUND), here)
    const after = profiles.of(here, Math.min(startAt(i + NEAR), here + AROUND))
    return profiles.likeness(before, after)
  }
}

/** The kind of a block that is one line. */
export const kindOf = (block: Block): string => block.units[0]?.kind ?? 'short'

/** Judges every text once. */
const makeShape = (): Signs['shape'] => {
  const known = new Map([['', 0]])
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const shape = Math.max(-4, Math.min(4, continuation().headline(text)))
    known.set(text, shape)
    return shape
  }
}

const makeCover = (bodies: readonly string[], lines: readonly string[]): Signs['cover'] => {
  const holders = holdersOf(bodies, lines)
  const asked = new Map<string, Asked>()
  const ask = (title: string): Asked => {
    const lists = [...pairsOf(title)].map((pair) => holders.get(pair) ?? [])
    const weights = lists.map((list) => Math.log((bodies.length + 2) / (list.length + 1)) + 0.2)
    return { lists, weights, all: weights.reduce((sum, weight) => sum + weight, 0) }
  }
  return (title, i) => {
    const question = asked.get(title) ?? ask(title)
    asked.set(title, question)
    const { lists, weights, all } = question
    const nexts = lists.map((list) => firstFrom(list, i))
    return (j) => {
      let held = 0
      for (let k = 0; k < nexts.length; k++) if ((nexts[k] ?? NEVER) < j) held += weights[k] ?? 0
      return all === 0 ? 0 : held / all
    }
  }
}

/** The paragraphs that hold each pair of the lines, in order. */
const holdersOf = (
  bodies: readonly string[],
  lines: readonly string[],
): ReadonlyMap<number, readonly number[]> => {
  const holders = new Map<number, number[]>()
  for (const line of lines) for (const pair of pairsOf(line)) holders.set(pair, [])
  const mayHold = new Uint8Array(1 << FILTER) // most pairs of a paragraph are in no line
  for (const pair of holders.keys()) mayHold[slotOf(pair, FILTER)] = 1
  bodies.forEach((body, index) => {
    let pair = body.charCodeAt(0)
    for (let at = 1; at < body.length && holders.size > 0; at++) {
      pair = (pair << 16) | body.charCodeAt(at)
      if (mayHold[slotOf(pair, FILTER)] === 0) continue
      const list = holders.get(pair)
      if (list && list.at(-1) !== index) list.push(index)
    }
  })
  return holders
}
const FILTER = 15

/** The pairs of a title: the paragraphs that hold each, and what each weighs. */
interface Asked {
  readonly lists: readonly (readonly number[])[]
  readonly weights: readonly number[]
  readonly all: number
}

/** Beyond the last paragraph of any page. */
const NEVER = 0x3fffffff

/** The first number that is not below `least`, by halving; NEVER when there is none. */
const firstFrom = (list: readonly number[], least: number): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low < list.length ? (list[low] ?? NEVER) : NEVER
}
