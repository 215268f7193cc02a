import type { Range } from '../core/ranges.ts'
import { isClosed } from './repair-marks.ts'

/** A page is some 20,000 characters; what stands further apart was not set on one. UTF-16 code units and lines. */
const SIZE = 60_000
const LINES = 1500

/**
 * Cuts a text into windows that are repaired one by one, so that time grows with the length and no more. A window
 * ends at a blank line after a finished sentence where there is one, else at a line's end; a line is never cut.
 */
export const windowsOf = (text: string): readonly Range[] => {
  const windows: Range[] = []
  let start = 0
  while (start < text.length) {
    const end = endOf(text, start)
    windows.push([start, end])
    start = end
  }
  return windows
}

const endOf = (text: string, start: number): number => {
  let lines = 0
  let good = -1
  for (let at = start; ; ) {
    const feed = text.indexOf('\n', at)
    if (feed < 0) return text.length
    const isLate = feed - start > SIZE / 2 || lines > LINES / 2
    if (isLate && isBlankAfter(text, feed) && isClosed(text.slice(Math.max(start, feed - 40), feed)))
      good = feed + 1
    lines++
    if ((feed - start >= SIZE || lines >= LINES) && (good >= 0 || feed > at || lines >= LINES))
      return good >= 0 ? good : feed + 1
    at = feed + 1
  }
}

const isBlankAfter = (text: string, feed: number): boolean => {
  const next = text.charCodeAt(feed + 1)
  return next === 10 || next === 13
}
