import type { Layout } from './groups.ts'
import type { Block } from './kinds.ts'
import { kindOf, type Sign, type Signs } from './signs.ts'
import { type Heading, readHeading } from './titles.ts'

/** Where the headlines of a page stand. */
export type Style = 'before' | 'after'

/** How much each sign counts for a way to divide a page. Found by search on made pages; docs/repair.md. */
export const COSTS = {
  article: -4,
  lead: 3.9,
  noLead: -3.38,
  opening: 0.03,
  cover: 4.2,
  coverFirst: 6.59,
  wrongStyle: -3.64,
  both: -2.74,
  untitled: -3.5,
  shape: 0.34,
  parse: 0.7,
  signed: 3.38,
  standfirst: 2,
  deck: 2,
  innerLead: -3.92,
  innerOpening: -0.14,
  heading: -2,
  headingLine: -1,
  headingLong: -0.05,
  headingEcho: -3,
  headingShape: -0.1,
  together: 8,
  numbered: 6,
  innerByline: -2.4,
  small: -1,
  item: 2,
}

/** Characters. A heading longer than this is rarely one inside an article. */
const LONG_HEADING = 14
/** Characters. An article of less is none. */
const SMALL = 40

/** Weighs one article of a way to divide a page, without looking at the others. */
export interface Judge {
  readonly mayBegin: (j: number) => boolean
  readonly mustBegin: (j: number) => boolean
  /** How many of the lines above place j may belong to the article before. */
  readonly splits: (j: number) => readonly number[]
  /** What it is worth to take the lines between place i and place j for headings inside an article. */
  readonly inner: (i: number, j: number) => number
  /** The lines above the paragraphs i … j, less the first k of them. */
  readonly head: (i: number, k: number, j: number) => Read
  /** The first t lines below the paragraphs i … j. */
  readonly tail: (i: number, j: number, t: number) => Read
  /** What it is worth to take the paragraphs i … j, with these lines above and below, for an article. */
  readonly article: (i: number, j: number, head: Read, tail: Read, style: Style) => number
}

export const makeJudge = (layout: Layout, signs: Signs): Judge => {
  const { places, below } = layout
  const count = places.length
  const linesAt = (j: number): readonly Block[] => places[j]?.above ?? below
  const innerSums = [0]
  signs.at.forEach((sign, i) => {
    innerSums.push((innerSums[i] ?? 0) + (i === 0 ? 0 : innerWorth(sign)))
  })
  const headingOf = makeHeadings(layout, signs)
  const splits = Array.from({ length: count + 1 }, (_, j) => splitsOf(layout, signs, j))
  return {
    mayBegin: (j) => signs.digest.begins(j) || signs.at[j]?.lead === true || linesAt(j).length > 0,
    mustBegin: (j) => j < count && (signs.digest.begins(j) || signs.at[j]?.section === true),
    splits: (j) => splits[j] ?? [],
    inner: (i, j) => (innerSums[j] ?? 0) - (innerSums[i + 1] ?? 0),
    head: (i, k, j) => headingOf(i, k, linesAt(i).length, i, j),
    tail: (i, j, t) => headingOf(j, 0, t, i, j),
    article: (i, j, head, tail, style) => articleWorth(signs, i, j, head, tail, style),
  }
}

const splitsOf = ({ places, below }: Layout, signs: Signs, j: number): readonly number[] => {
  if (j === places.length) return [below.length]
  if (signs.digest.item(j)) return [signs.digest.split(j)]
  const lines = places[j]?.above ?? []
  const section = lines.findIndex((line) => kindOf(line) === 'section')
  return section >= 0 ? [section] : Array.from({ length: lines.length + 1 }, (_, t) => t)
}

/** Paragraphs after the first in which a deck is looked for. */
const LATER = 7
/** More lines than this never stand above one paragraph (groups.ts). */
const MOST_LINES = 16

/** A heading and what it is worth over the paragraphs up to place j. */
export interface Read {
  readonly heading: Heading
  readonly hasTitle: boolean
  readonly worth: (j: number) => number
}

/** Reads the same lines for the same paragraphs once. */
const makeHeadings = (layout: Layout, signs: Signs) => {
  const known = layout.places.map(() => new Map<number, Read>())
  known.push(new Map())
  const bodies = layout.places.map((place) => place.body.text)
  return (place: number, from: number, to: number, i: number, j: number): Read => {
    if (from === to) return UNREAD
    const later = to - from === 1 ? i + 1 : Math.min(j, i + LATER) // a single line has no deck to look for
    const key = ((i * MOST_LINES + from) * MOST_LINES + to) * (LATER + 1) + later - i
    const found = known[place]?.get(key)
    if (found) return found
    const lines = (layout.places[place]?.above ?? layout.below).slice(from, to)
    const heading = readHeading(lines, bodies[i] ?? '', bodies.slice(i + 1, later).join('\n'))
    const title = heading.title.map((block) => block.text).join('')
    const read = { heading, hasTitle: title !== '', worth: worthOf(signs, heading, title, i) }
    known[place]?.set(key, read)
    return read
  }
}

const UNREAD: Read = {
  heading: { title: [], subtitle: [], byline: [], rest: [], score: 0 },
  hasTitle: false,
  worth: () => 0,
}

/** What a headline is worth over the paragraphs from i on; the place asked last is mostly asked again. */
const worthOf = (signs: Signs, heading: Heading, title: string, i: number): Read['worth'] => {
  if (title === '') return UNREAD.worth
  const form = formOf(signs, heading, title)
  const cover = signs.cover(title, i)
  const first = cover(i + 1)
  let last = { j: -1, worth: 0 }
  return (j) => {
    if (last.j !== j) last = { j, worth: form + COSTS.cover * cover(j) + COSTS.coverFirst * first }
    return last.worth
  }
}

/** How well a headline is set. */
const formOf = (signs: Signs, heading: Heading, title: string): number => {
  let worth = COSTS.shape * signs.shape(title) + COSTS.parse * heading.score
  if (heading.byline.length > 0) worth += COSTS.signed
  if (heading.rest.some((block) => kindOf(block) === 'standfirst')) worth += COSTS.standfirst
  if (heading.subtitle.some((block) => /^[—–]/.test(block.text))) worth += COSTS.deck
  return worth
}

const innerWorth = (sign: Sign): number => {
  let worth = (sign.lead ? COSTS.innerLead : 0) + (sign.byline ? COSTS.innerByline : 0)
  if (sign.shortLines === 0) return worth
  worth += COSTS.heading + COSTS.headingLine * (sign.shortLines - 1) + COSTS.headingShape * sign.shape
  worth += COSTS.headingLong * Math.max(0, sign.short.length - LONG_HEADING)
  worth += COSTS.headingEcho * sign.echo + COSTS.together * sign.together + COSTS.innerOpening * sign.opening
  return worth + (sign.numbered ? COSTS.numbered : 0)
}

const articleWorth = (signs: Signs, i: number, j: number, head: Read, tail: Read, style: Style): number => {
  const sign = signs.at[i]
  const opening = COSTS.noLead * signs.leadShare + COSTS.opening * (sign?.opening ?? 0)
  const small = j === i + 1 && (sign?.length ?? 0) < SMALL ? COSTS.small : 0
  const worth = COSTS.article + (sign?.lead ? COSTS.lead : opening) + small
  const above = signs.digest.item(i) ? COSTS.item : headlineWorth(head, j, style === 'before')
  return worth + above + headlineWorth(tail, j, style === 'after') + countWorth(head, tail)
}

/** One headline is right; none or two cost something. */
const countWorth = (head: Read, tail: Read): number => {
  if (!head.hasTitle && !tail.hasTitle) return COSTS.untitled
  return head.hasTitle && tail.hasTitle ? COSTS.both : 0
}

const headlineWorth = ({ hasTitle, worth }: Read, j: number, expected: boolean): number =>
  hasTitle ? worth(j) + (expected ? 0 : COSTS.wrongStyle) : 0
