import type { Layout } from './groups.ts'
import type { Block } from './kinds.ts'

/** Where boxes of short items stand: each item a heading of a word or two and one paragraph. */
export interface Digest {
  /** Place i is the paragraph of an item. */
  readonly item: (i: number) => boolean
  /** An article must begin at place i: an item, or what follows the last one. */
  readonly begins: (i: number) => boolean
  /** Number of lines above the item that are not its heading. */
  readonly split: (i: number) => number
}

/** Fewest items that make a box, and longest heading of one in characters. */
const FEWEST = 3
const LONGEST_HEADING = 6

/** Finds the boxes of a layout. */
export const digestAt = (layout: Layout): Digest => {
  const { places } = layout
  const items = new Set<number>()
  const begins = new Set<number>()
  for (let i = 0; i < places.length; i++) {
    if (items.has(i) || !isItemHead(places[i]?.above.at(-1))) continue
    let end = i + 1
    while (places[end]?.above.length === 1 && isItemHead(places[end]?.above[0])) end++
    if (end - i < FEWEST) continue
    for (let at = i; at < end; at++) items.add(at).add(at)
    for (let at = i; at <= end; at++) begins.add(at)
  }
  return {
    item: (i) => items.has(i),
    begins: (i) => begins.has(i),
    split: (i) => (places[i]?.above.length ?? 1) - 1,
  }
}

const isItemHead = (block: Block | undefined): boolean =>
  block !== undefined &&
  block.units[0]?.kind === 'short' &&
  block.text.length <= LONGEST_HEADING &&
  /^[\u4e00-\u9fff]+$/.test(block.text)
