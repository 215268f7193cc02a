import type { Range } from '../../core/ranges.ts'
import { isClosed } from './marks.ts'

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

/** Whatever ends a line (lines.ts). */
const FEED = /\r?\n|[\r\f\u2028\u2029]/g

const endOf = (text: string, start: number): number => {
  let lines = 0
  let good = -1
  for (let at = start; ; lines++) {
    FEED.lastIndex = at
    const feed = FEED.exec(text)
    if (feed === null) return text.length
    const end = FEED.lastIndex
    const isLate = end - start > SIZE / 2 || lines > LINES / 2
    if (isLate && feed.index > at && isBreak(text, end) && isFinished(text, start, feed.index)) good = end
    if ((end - start > SIZE && (good >= 0 || feed.index > at)) || lines + 1 >= LINES)
      return good >= 0 ? good : end
    at = end
  }
}

/** Whether a sentence ends at an offset; the marks after its end are few. */
const isFinished = (text: string, start: number, end: number): boolean =>
  isClosed(text.slice(Math.max(start, end - 40), end))

const isBreak = (text: string, at: number): boolean => /[\n\r\f\u2028\u2029]/.test(text.charAt(at))
