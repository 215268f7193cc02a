import type { Passage } from './types.ts'

/** What a passage takes of one paragraph. UTF-16 offsets of the paragraph as it is shown. */
interface Part {
  /** From 1. */
  readonly paragraph: number
  readonly from: number
  /** undefined: to its end. */
  readonly to: number | undefined
}

/** The parts that a passage consists of; joined by line breaks they are its text. */
export const partsOf = ({ firstParagraph, from, lastParagraph, to }: Passage): readonly Part[] =>
  Array.from({ length: lastParagraph - firstParagraph + 1 }, (_, i) => ({
    paragraph: firstParagraph + i,
    from: i === 0 ? from : 0,
    to: firstParagraph + i === lastParagraph ? to : undefined,
  }))
