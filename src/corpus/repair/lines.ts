import { isWhite, type Range } from '../../core/ranges.ts'

/** A line of the file that is not blank. Offsets in UTF-16 code units, white space at its ends left out. */
export interface Line {
  readonly start: number
  readonly end: number
  /** Blank lines straight above it. */
  readonly blanks: number
  /** White space it begins with, in full-width cells. */
  readonly indent: number
  /** Width in full-width cells; white space counts unless the line is letter-spaced. */
  readonly cells: number
}

/** Quotation marks, dashes and dots are set full width in Chinese print though Unicode calls them narrow. */
const WIDE_MARKS = new Set([...'“”‘’—…·'].map((mark) => mark.charCodeAt(0)))

/** Width of a code unit in full-width cells; both halves of a surrogate pair make one cell. */
export const cellsOf = (unit: number): number => {
  if (isWhite(unit)) return 0
  if (unit >= 0xd800 && unit <= 0xdfff) return 0.5
  return unit > 0x2e7f || WIDE_MARKS.has(unit) ? 1 : 0.5
}

/** The lines of `text` between two offsets. CRLF, LF and CR end a line, form feeds too. */
export const linesOf = (text: string, [from, to]: Range): readonly Line[] => {
  const lines: Line[] = []
  let blanks = 0
  let head = from
  for (let at = from; at <= to; at++) {
    if (at < to && !isBreak(text, at)) continue
    const line = lineAt(text, head, at, blanks)
    if (line !== null) lines.push(line)
    blanks = line === null ? blanks + 1 : 0
    head = at + 1
  }
  return lines
}

const isBreak = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at)
  return (
    unit === 10 ||
    unit === 12 ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    (unit === 13 && text.charCodeAt(at + 1) !== 10)
  )
}

const lineAt = (text: string, from: number, to: number, blanks: number): Line | null => {
  let start = from
  let end = to
  let indent = 0
  for (; start < end && isWhite(text.charCodeAt(start)); start++) indent += indentOf(text.charCodeAt(start))
  while (end > start && isWhite(text.charCodeAt(end - 1))) end--
  if (start === end) return null
  return { start, end, blanks, indent, cells: widthOf(text, start, end) }
}

/** Most of any text: neither white nor narrow. */
const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff

/** Of the characters of a letter-spaced line at least this share are spaces. */
const LETTER_SPACED = 0.25

const widthOf = (text: string, start: number, end: number): number => {
  let cells = 0
  let spaces = 0
  let gaps = 0
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (isHan(unit)) {
      cells++
      continue
    }
    cells += cellsOf(unit)
    if (!isWhite(unit)) continue
    gaps++
    spaces += unit === 0x3000 ? 1 : 0.5
  }
  return gaps > (end - start) * LETTER_SPACED ? cells : cells + spaces
}

const indentOf = (unit: number): number => {
  if (unit === 0x3000) return 1
  if (unit === 9) return 2
  return unit === 0xfeff || unit === 13 ? 0 : 0.5
}
