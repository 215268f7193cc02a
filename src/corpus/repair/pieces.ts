import { squeeze } from '../../core/ranges.ts'
import { continuation } from './continuation.ts'
import { cellsOf, type Line } from './lines.ts'
import { isClosed } from './marks.ts'

/** Lines that were set as one: a paragraph, a part of one, a headline, a caption. */
export interface Piece {
  readonly start: number
  readonly end: number
  /** Its characters without white space. */
  readonly text: string
  readonly lines: number
  readonly blanks: number
  /** Set in a column: what its line widths say about its two ends can be trusted. */
  readonly wrapped: boolean
  /** The first line is short by an indent, or printed with one (`fresh`); or it fills the column (`rest`). */
  readonly head: 'fresh' | 'rest' | 'unknown'
  /** The last line leaves room in the column (`short`), or fills it (`full`). */
  readonly tail: 'short' | 'full' | 'unknown'
}

/** Cells by which a full line may miss the width of its column: a hanging mark, a bracket that moved on. */
const SLACK = 1.25
/** A line this much wider than its column was not set in it. Cells. */
const OVER = 4
/** What the model of continuation must say for each cell that a line is too short or too long. */
const ODD_PRICE = 1.5
/** How far a seam between two lines of a column is believed before the model is asked. */
const SURE = 5
const UNSURE = 1
/** Cells of the indent of a paragraph. */
const INDENT = 2
/** Narrower columns than this are lists or verse. Cells. */
const NARROWEST = 8
/** Lines wider than this are paragraphs, not lines of a column. Cells. */
const WIDEST = 60

/** Puts the lines of each column together again and leaves whole lines as they are. */
export const piecesOf = (text: string, lines: readonly Line[]): readonly Piece[] => {
  const blocks = blocksOf(lines)
  const widths = widthsOf(text, blocks)
  return blocks.flatMap((block, index) => cut(text, block, widths[index] ?? NO_COLUMN))
}

/** Runs of lines without a blank line between them. */
const blocksOf = (lines: readonly Line[]): readonly (readonly Line[])[] => {
  const blocks: Line[][] = []
  for (const line of lines) {
    const last = blocks.at(-1)
    if (last && line.blanks === 0) last.push(line)
    else blocks.push([line])
  }
  return blocks
}

/** The column a block is set in: its width in cells, 0 where lines are whole paragraphs. */
interface Column {
  readonly width: number
  /** Told by the block itself, not by its neighbours. */
  readonly sure: boolean
}
const NO_COLUMN: Column = { width: 0, sure: true }

const widthsOf = (text: string, blocks: readonly (readonly Line[])[]): readonly Column[] => {
  const own = blocks.map((block) => ownWidth(text, block))
  const before = spread(own)
  const after = spread(own.toReversed()).toReversed()
  return own.map((width, index) => {
    if (width > 0) return { width, sure: true }
    const block = blocks[index] ?? []
    const near = [before[index] ?? 0, after[index] ?? 0].find((guess) => guess > 0 && fits(block, guess))
    return near === undefined ? NO_COLUMN : { width: near, sure: false }
  })
}

/** Carries the last width that was sure on to the blocks after it. */
const spread = (widths: readonly number[]): number[] => {
  let last = 0
  return widths.map((width) => {
    if (width > 0) last = width
    return last
  })
}

/** Two lines or more of which all but the last nearly fill a column of this width. */
const fits = (block: readonly Line[], width: number): boolean =>
  block.length > 0 &&
  block.slice(0, -1).every((line) => line.cells >= width - INDENT - SLACK) &&
  block.every((line) => line.cells <= width + SLACK)

/** The width that most lines but the last share, when they break in mid-sentence; 0 when the block does not tell. */
const ownWidth = (text: string, block: readonly Line[]): number => {
  const inner = block.slice(0, -1).filter((line) => line.cells >= NARROWEST && line.cells <= WIDEST)
  if (inner.length < 3) return 0
  const broken = inner.filter((line) => !isClosed(text.slice(line.start, line.end)))
  if (broken.length * 2 < inner.length) return 0
  const widths = inner.map((line) => line.cells).sort((a, b) => a - b)
  const width = widths[Math.floor(widths.length * 0.6)] ?? 0
  const near = inner.filter((line) => Math.abs(line.cells - width) <= INDENT + SLACK)
  return near.length * 4 >= inner.length * 3 ? width : 0
}

const cut = (text: string, block: readonly Line[], column: Column): readonly Piece[] => {
  const { width } = column
  const runs: Line[][] = []
  block.forEach((line, index) => {
    const before = block[index - 1]
    const run = runs.at(-1)
    if (before && run && width > 0 && runsOn(text, before, line, block[index + 1], column)) run.push(line)
    else runs.push([line])
  })
  return runs.map((run) => pieceOf(text, run, width))
}

/** Whether the next line of a column belongs to the same paragraph. */
const runsOn = (
  text: string,
  line: Line,
  next: Line,
  afterNext: Line | undefined,
  { width, sure }: Column,
): boolean => {
  if (next.indent >= INDENT - 0.5 && next.indent <= 4) return false
  if (line.cells > width + OVER || next.cells > width + OVER) return false
  const [left, right] = [text.slice(line.start, line.end), text.slice(next.start, next.end)]
  const head = continuation().head(right)
  const seam = continuation().bond(continuation().tail(left), head) - continuation().fresh(head)
  const room = width - line.cells - firstWord(text, next)
  if (!isClosed(left)) {
    const odd = Math.max(0, room - INDENT) + Math.max(0, line.cells - width - SLACK)
    return seam + (sure ? SURE : UNSURE) > odd * ODD_PRICE
  }
  if (room > INDENT + SLACK) return false
  return !isFirst(text, next, afterNext, width)
}

/** No room was left for what the next line begins with. */
const isFull = (text: string, line: Line, next: Line | undefined, width: number): boolean =>
  line.cells >= width - SLACK || (next !== undefined && line.cells + firstWord(text, next) > width + 0.25)

/** Short by an indent though the paragraph goes on, in the next line or after the end of the column. */
const isFirst = (text: string, line: Line, next: Line | undefined, width: number): boolean => {
  if (line.cells > width - INDENT + 0.75) return false
  if (next === undefined) return !isClosed(text.slice(line.start, line.end))
  return line.cells + firstWord(text, next) <= width && isFull(text, line, next, width - INDENT)
}

const UNBROKEN = /^[0-9A-Za-z.%+\-/:]+/

/** Cells of what cannot be parted at the start of a line: a number, a Latin word, a character with its closing mark. */
const firstWord = (text: string, line: Line): number => {
  const head = text.slice(line.start, Math.min(line.end, line.start + 40)).replace(/\s+/g, '')
  const word =
    UNBROKEN.exec(head)?.[0] ?? head.slice(0, /^.[，。、；：？！”）》」』】％…]/.test(head) ? 2 : 1)
  let cells = 0
  for (let at = 0; at < word.length; at++) cells += cellsOf(word.charCodeAt(at))
  return cells
}

const pieceOf = (text: string, run: readonly Line[], width: number): Piece => {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) throw new RangeError('a piece has at least one line')
  return {
    start: first.start,
    end: last.end,
    text: squeeze(text.slice(first.start, last.end)),
    lines: run.length,
    blanks: first.blanks,
    wrapped: width > 0,
    head: headOf(text, first, run[1], width),
    tail: width === 0 ? 'unknown' : last.cells >= width - SLACK ? 'full' : 'short',
  }
}

const headOf = (text: string, first: Line, second: Line | undefined, width: number): Piece['head'] => {
  if (first.indent >= INDENT - 0.5) return 'fresh'
  if (width === 0) return 'unknown'
  if (first.cells > width - INDENT + SLACK) return 'rest'
  return second !== undefined && isFirst(text, first, second, width) ? 'fresh' : 'unknown'
}
