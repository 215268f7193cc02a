import type { Block } from './kinds.ts'

/** A paragraph and the lines that are no paragraphs above it. */
export interface Place {
  readonly above: readonly Block[]
  readonly body: Block
}

/** The paragraphs in reading order, and the lines left after the last. */
export interface Layout {
  readonly places: readonly Place[]
  readonly below: readonly Block[]
}

/** More lines than this in a row are a list or a table, not headlines; those in the middle count as paragraphs. */
const MOST_LINES = 8

/** Parts paragraphs from the lines between them. */
export const layoutOf = (blocks: readonly Block[]): Layout => {
  const places: Place[] = []
  let above: Block[] = []
  const add = (body: Block): void => {
    places.push({ above, body })
    above = []
  }
  for (const block of blocks) {
    if (isBody(block)) add(block)
    else above.push(block)
    if (above.length > MOST_LINES) {
      const [first, ...others] = above
      above = []
      if (first) add(first)
      above = others
    }
  }
  return { places, below: above }
}

const isBody = (block: Block): boolean => block.units.length > 1 || block.units[0]?.kind === 'body'
