import type { Range } from '../../core/ranges.ts'
import type { Weighed } from '../extract/evidence.ts'

/** A passage's text with its sentences weighed. */
export interface Focusable {
  readonly text: string
  readonly weighed: readonly Weighed[]
}

/**
 * Characters of a passage that the reader gets at most, where its best sentence is not longer; a shorter one is read whole.
 * With 120 and 245 in all, news dev was right .807 instead of .860 (docs/evaluation.md).
 */
export const FOCUS = 200
/** Characters read for a question, itself counted with every passage: one costs .1 to .2 ms on two cores. */
const BUDGET = 400

/**
 * The parts of the best passages to read, by their text (copies are read once), from the first on, as many as may be read
 * in time; the first always.
 */
export const focusWithin = (question: string, passages: readonly Focusable[]): ReadonlyMap<string, Range> => {
  const parts = new Map<string, Range>()
  let left = BUDGET
  for (const { text, weighed } of passages) {
    if (parts.has(text)) continue
    const room = Math.min(FOCUS, left - question.length)
    const [start, end] = focus(text, weighed, room)
    if (parts.size > 0 && end - start > room) break
    parts.set(text, [start, end])
    left -= question.length + end - start
  }
  return parts
}

/**
 * The best sentence of a passage with the sentences around it, the next one first, as far as `room` characters go; what the
 * text asks only where it is what the best one answers.
 */
export const focus = (text: string, weighed: readonly Weighed[], room: number = FOCUS): Range => {
  if (text.length <= room || weighed.length === 0) return [0, text.length]
  const best = weighed.reduce((top, one, i) => (one.weight > (weighed[top]?.weight ?? 0) ? i : top), 0)
  let [first, last] = [best, best]
  for (let grown = true; grown; ) {
    grown = false
    if (last + 1 < weighed.length && lengthOf(weighed, first, last + 1) <= room) {
      last++
      grown = true
    }
    const isOfAnother = weighed[first - 1]?.asks === true && first !== best
    if (first > 0 && !isOfAnother && lengthOf(weighed, first - 1, last) <= room) {
      first--
      grown = true
    }
  }
  return [weighed[first]?.start ?? 0, weighed[last]?.end ?? text.length]
}

const lengthOf = (weighed: readonly Weighed[], first: number, last: number): number =>
  (weighed[last]?.end ?? 0) - (weighed[first]?.start ?? 0)
