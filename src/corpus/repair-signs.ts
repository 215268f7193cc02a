import { continuation } from './continuation.ts'
import { type Digest, digestAt } from './repair-digest.ts'
import type { Layout } from './repair-groups.ts'
import type { Block } from './repair-kinds.ts'
import { likeness, makeProfiles, type Profile, pairAt, pairsOf } from './repair-likeness.ts'
import { isNumbered, leadOf } from './repair-marks.ts'

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
  readonly cover: (title: string, i: number, j: number) => number
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
  let profileOf: ((text: string) => Profile) | null = null
  const profile = (text: string): Profile => {
    profileOf ??= makeProfiles(bodies)
    return profileOf(text)
  }
  const togetherAt = (i: number): number => {
    const before = bodies
      .slice(Math.max(0, i - NEAR), i)
      .join('')
      .slice(-AROUND)
    const after = bodies
      .slice(i, i + NEAR)
      .join('')
      .slice(0, AROUND)
    return likeness(profile(before), profile(after))
  }
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
      shape: shapeOf(short),
      echo: short === '' ? 0 : cover(short, i, Math.min(places.length, i + NEAR)),
      together: short === '' ? 0 : togetherAt(i),
    }
  })
  const headed = at.filter((sign) => sign.shortLines > 0)
  const leadShare = headed.filter((sign) => sign.lead).length / Math.max(1, headed.length)
  return { at, digest: digestAt(layout), leadShare, cover }
}

/** The kind of a block that is one line. */
export const kindOf = (block: Block): string => block.units[0]?.kind ?? 'short'

/** Whether a text is set like a headline, −4 … 4; 0 for none. */
export const shapeOf = (text: string): number =>
  text === '' ? 0 : Math.max(-4, Math.min(4, continuation().headline(text)))

const makeCover = (bodies: readonly string[], lines: readonly string[]): Signs['cover'] => {
  const holders = new Map<number, number[]>()
  for (const line of lines) for (const pair of pairsOf(line)) holders.set(pair, [])
  bodies.forEach((body, index) => {
    for (let at = 0; at + 1 < body.length && holders.size > 0; at++) {
      const list = holders.get(pairAt(body, at))
      if (list && list.at(-1) !== index) list.push(index)
    }
  })
  const asked = new Map<string, readonly Asked[]>()
  const ask = (title: string): readonly Asked[] =>
    [...pairsOf(title)].map((pair) => {
      const list = holders.get(pair) ?? []
      return { list, weight: Math.log((bodies.length + 2) / (list.length + 1)) + 0.2 }
    })
  return (title, i, j) => {
    const pairs = asked.get(title) ?? ask(title)
    asked.set(title, pairs)
    let all = 0
    let held = 0
    for (const { list, weight } of pairs) {
      all += weight
      const next = list[firstFrom(list, i)]
      if (next !== undefined && next < j) held += weight
    }
    return all === 0 ? 0 : held / all
  }
}

interface Asked {
  readonly list: readonly number[]
  readonly weight: number
}

/** Index of the first number that is not below `least`, by halving. */
const firstFrom = (list: readonly number[], least: number): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}
