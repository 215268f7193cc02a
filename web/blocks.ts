import type { Span } from './spans.ts'

/** Code units of a block: small enough to lay out at once, large enough that a long file has few. */
const SIZE = 4000

/**
 * A long text as blocks that a browser may leave out of layout while they are out of sight. Each ends at a line
 * end; one line longer than a block is a block of its own size, never cut between the halves of a surrogate pair.
 */
export const blocksOf = (text: string): readonly Span[] => {
  const blocks: Span[] = []
  for (let from = 0; from < text.length; ) {
    const to = text.length - from <= SIZE ? text.length : cutAfter(text, from)
    blocks.push([from, to])
    from = to
  }
  return blocks
}

const cutAfter = (text: string, from: number): number => {
  const line = text.lastIndexOf('\n', from + SIZE - 1)
  if (line >= from) return line + 1
  const to = from + SIZE
  const high = text.charCodeAt(to - 1)
  return high >= 0xd800 && high <= 0xdbff ? to + 1 : to
}
