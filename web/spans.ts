import type { Range } from '../src/core/ranges.ts'

/** [from, to) in UTF-16 code units of a text that is on the screen. */
export type Span = readonly [from: number, to: number]

const WHITE = /\s/

/**
 * The place in the file of each code unit of `text`, -1 for white space: both sides of the verbatim law walked
 * together. null when they differ anywhere, which the law forbids.
 * Written apart from the server's own arithmetic on purpose: what the page highlights is found here again.
 */
export const pairOffsets = (text: string, file: string, ranges: readonly Range[]): Int32Array | null => {
  const offsets = new Int32Array(text.length).fill(-1)
  let next = 0
  for (const [start, end] of ranges) {
    for (let at = start; at < end; at++) {
      const unit = file.charAt(at)
      if (unit === '' || WHITE.test(unit)) continue
      while (next < text.length && WHITE.test(text.charAt(next))) next++
      if (text.charAt(next) !== unit) return null
      offsets[next++] = at
    }
  }
  return text.slice(next).trim() === '' ? offsets : null
}

/** The parts of a text whose places lie in the ranges; white space between two such places belongs to them. */
export const spansIn = (offsets: Int32Array, ranges: readonly Range[]): readonly Span[] => {
  const spans: [number, number][] = []
  let open: [number, number] | null = null
  for (const [i, at] of offsets.entries()) {
    if (at < 0) continue
    const inside = ranges.some(([start, end]) => start <= at && at < end)
    if (!inside) open = null
    else if (open) open[1] = i + 1
    else {
      open = [i, i + 1]
      spans.push(open)
    }
  }
  return spans
}

/** The ranges of the file under `text.slice(from, to)`, where `offsets` are those of `text`. */
export const rangesUnder = (offsets: Int32Array, from: number, to: number): readonly Range[] => {
  const ranges: [number, number][] = []
  for (const at of offsets.subarray(from, to)) {
    const last = ranges.at(-1)
    if (at < 0) continue
    if (last && last[1] === at) last[1] = at + 1
    else ranges.push([at, at + 1])
  }
  return ranges
}

/** Line of a place in a text, from 1. */
export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length
