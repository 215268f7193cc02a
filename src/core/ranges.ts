/** [start, end) in UTF-16 code units of the decoded text of one file. */
export type Range = readonly [start: number, end: number]

/** From the first to the last place that ranges touch, however many they are; [0, 0] for none. */
export const hullOf = (ranges: readonly Range[]): Range => {
  if (ranges.length === 0) return [0, 0]
  return ranges.reduce(([low, high], [start, end]) => [Math.min(low, start), Math.max(high, end)])
}

/**
 * White space as the verbatim law means it: JavaScript's `\s`, which holds U+3000, U+00A0 and U+FEFF.
 * A copied text may differ from its ranges in these characters and in no other.
 */
export const isWhite = (unit: number): boolean =>
  unit === 32 ||
  (unit >= 9 && unit <= 13) ||
  unit === 0xa0 ||
  unit === 0x3000 ||
  unit === 0xfeff ||
  unit === 0x1680 ||
  (unit >= 0x2000 && unit <= 0x200a) ||
  unit === 0x2028 ||
  unit === 0x2029 ||
  unit === 0x202f ||
  unit === 0x205f

/** Text without its white space: both sides of the verbatim law are compared in this form. */
export const squeeze = (text: string): string => text.replace(/\s+/g, '')

/** Letters and digits that are written with spaces between words; everything else joins without one. */
const isSpaced = (unit: number): boolean =>
  (unit >= 0x21 && unit <= 0x7e) || (unit >= 0xc0 && unit <= 0x24f) || (unit >= 0x370 && unit <= 0x52f)

/**
 * The readable form of a sequence of ranges: line breaks, letter spacing and indents go, one space stays where
 * two Latin words or numbers would run together. `offsets[i]` is the place of `text[i]` in the file.
 */
export interface Rendered {
  readonly text: string
  readonly offsets: Uint32Array
}

/** Copies the ranges out of the file. Linear in their length. */
export const render = (file: string, ranges: readonly Range[]): Rendered => {
  const size = ranges.reduce((sum, [start, end]) => sum + end - start, 0)
  const units = new Uint16Array(size)
  const offsets = new Uint32Array(size)
  let n = 0
  let gap = false
  for (const [start, end] of ranges) {
    for (let at = start; at < end; at++) {
      const unit = file.charCodeAt(at)
      if (isWhite(unit)) {
        gap = true
        continue
      }
      if (gap && n > 0 && isSpaced(unit) && isSpaced(units[n - 1] ?? 0)) {
        units[n] = 32
        offsets[n++] = at - 1
      }
      gap = false
      units[n] = unit
      offsets[n++] = at
    }
  }
  return { text: decode(units.subarray(0, n)), offsets: offsets.slice(0, n) }
}

/** A part of a rendered text, copied: the whole, which may be a book in one paragraph, is let go. */
export const cut = ({ text, offsets }: Rendered, from: number, to: number): Rendered => {
  const units = Uint16Array.from({ length: Math.max(0, to - from) }, (_, i) => text.charCodeAt(from + i))
  return { text: decode(units), offsets: offsets.slice(from, to) }
}

/** Chunked, because String.fromCharCode takes its units as arguments and the stack is finite. */
const decode = (units: Uint16Array): string => {
  let text = ''
  for (let at = 0; at < units.length; at += 8192)
    text += String.fromCharCode(...units.subarray(at, at + 8192))
  return text
}

/**
 * The file ranges under `text.slice(from, to)` of a rendered text. A new range starts wherever the source
 * ranges leave something out, so what was skipped (a caption, another column) is never claimed.
 */
export const rangesOf = (
  rendered: Rendered,
  source: readonly Range[],
  from: number,
  to: number,
): readonly Range[] => {
  const found: [number, number][] = []
  let piece = 0
  let inPiece = -1
  for (let i = from; i < to; i++) {
    if (isWhite(rendered.text.charCodeAt(i))) continue
    const at = rendered.offsets[i] ?? 0
    piece = pieceOf(source, at, piece)
    const last = found.at(-1)
    if (last && inPiece === piece) last[1] = at + 1
    else found.push([at, at + 1])
    inPiece = piece
  }
  return found
}

/** Index of the source range that holds `at`, searching on from `hint` (ranges are in reading order). */
const pieceOf = (source: readonly Range[], at: number, hint: number): number => {
  for (let i = hint; i < source.length; i++) {
    const range = source[i]
    if (range && range[0] <= at && at < range[1]) return i
  }
  return source.findIndex(([start, end]) => start <= at && at < end)
}
