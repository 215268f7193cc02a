import { isWhite, type Range, render } from '../core/ranges.ts'

/** The readable form of ranges, as `render` gives it. Most are one range without white space: it is taken as it stands. */
export const textOf = (file: string, ranges: readonly Range[]): string => {
  const plain = ranges[0] && ranges.length === 1 ? file.slice(...ranges[0]) : null
  return plain !== null && !/\s/.test(plain) ? plain : render(file, ranges).text
}

/** The range without white space at its ends; null when nothing is left. */
export const trimmed = (text: string, start: number, end: number): Range | null => {
  let from = start
  let to = end
  while (from < to && isWhite(text.charCodeAt(from))) from++
  while (to > from && isWhite(text.charCodeAt(to - 1))) to--
  return from < to ? [from, to] : null
}

/** The lines of a text that are not blank, without the white space at their ends. Any of CRLF, LF, CR ends a line. */
export const lineRanges = (text: string, start = 0, end = text.length): Range[] => {
  const found: Range[] = []
  let from = start
  for (let at = start; at <= end; at++) {
    const unit = text.charCodeAt(at)
    if (at < end && unit !== 10 && unit !== 13) continue
    const line = trimmed(text, from, at)
    if (line !== null) found.push(line)
    from = at + 1
  }
  return found
}

/** Neighbours that touch become one; ranges must be in file order. */
export const merged = (ranges: readonly Range[]): Range[] => {
  const found: [number, number][] = []
  for (const [start, end] of ranges) {
    const last = found.at(-1)
    if (last && last[1] === start) last[1] = end
    else found.push([start, end])
  }
  return found
}

/** Ranges of one paragraph without white space at its two ends; what stands between words stays. */
export const tidied = (text: string, ranges: readonly Range[]): Range[] => {
  const found = ranges.filter(([start, end]) => start < end)
  while (found.length > 0 && trimHead(text, found));
  while (found.length > 0 && trimTail(text, found));
  return found
}

/** True when the first range held nothing and is gone. */
const trimHead = (text: string, ranges: Range[]): boolean => {
  const [start, end] = ranges[0] ?? [0, 0]
  let from = start
  while (from < end && isWhite(text.charCodeAt(from))) from++
  if (from < end) ranges[0] = [from, end]
  else ranges.shift()
  return from >= end
}

const trimTail = (text: string, ranges: Range[]): boolean => {
  const [start, end] = ranges.at(-1) ?? [0, 0]
  let to = end
  while (to > start && isWhite(text.charCodeAt(to - 1))) to--
  if (start < to) ranges[ranges.length - 1] = [start, to]
  else ranges.pop()
  return start >= to
}
