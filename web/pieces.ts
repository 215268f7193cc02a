import type { ArticleBody } from '../src/http/schemas.ts'

/** A stretch of a file that an article takes up without a gap. */
export interface FilePiece {
  /** [start, end) in UTF-16 code units of the file. */
  readonly start: number
  readonly end: number
  /** From 1, both inclusive. */
  readonly fromLine: number
  readonly toLine: number
}

/** Where an article stands in its file, in the order it is read; ranges with nothing but white space between are one. */
export const piecesOf = (
  article: Pick<ArticleBody, 'titleRanges' | 'subtitleRanges' | 'bylineRanges' | 'paragraphs'>,
  file: string,
): readonly FilePiece[] => {
  const ranges = [
    ...article.titleRanges,
    ...article.subtitleRanges,
    ...article.bylineRanges,
    ...article.paragraphs.flatMap((paragraph) => paragraph.ranges),
  ]
  const joined: [number, number][] = []
  for (const [start, end] of ranges) {
    const last = joined.at(-1)
    if (last && start >= last[1] && file.slice(last[1], start).trim() === '') last[1] = end
    else joined.push([start, end])
  }
  const lineAt = linesOf(file)
  return joined.map(([start, end]) => ({ start, end, fromLine: lineAt(start), toLine: lineAt(end - 1) }))
}

/** Line of a place in a text, from 1; the text is walked once. */
const linesOf = (text: string): ((at: number) => number) => {
  const ends: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at)
  return (at) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
