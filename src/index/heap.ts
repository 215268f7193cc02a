import type { Scored } from '../core/ports.ts'

/** Keeps the best `size` of what it is offered, in a heap whose root is the worst kept. */
export interface Best {
  readonly offer: (passage: number, score: number) => void
  /** What a score must reach to be kept: nothing below it need be offered. */
  readonly least: () => number
  /** Best first, ties by passage number. Ends its use. */
  readonly sorted: () => readonly Scored[]
}

/** For `size` ≥ 1. */
export const makeBest = (size: number): Best => {
  const heap: Scored[] = []
  let least = Number.NEGATIVE_INFINITY
  return {
    offer: (passage, score) => {
      const item = { passage, score }
      if (heap.length < size) {
        heap.push(item)
        up(heap)
      } else if (worse(heap[0], item)) {
        heap[0] = item
        down(heap)
      }
      if (heap.length === size) least = heap[0]?.score ?? least
    },
    least: () => least,
    sorted: () => heap.sort((a, b) => b.score - a.score || a.passage - b.passage),
  }
}

/** True when `a` ranks behind `b`: a lower score, or the same and a later passage. */
const worse = (a: Scored | undefined, b: Scored | undefined): boolean =>
  a !== undefined && b !== undefined && (a.score < b.score || (a.score === b.score && a.passage > b.passage))

const swap = (heap: Scored[], i: number, j: number): void => {
  const [a, b] = [heap[i], heap[j]]
  if (a === undefined || b === undefined) return
  heap[i] = b
  heap[j] = a
}

const up = (heap: Scored[]): void => {
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1
    if (!worse(heap[i], heap[parent])) return
    swap(heap, i, parent)
    i = parent
  }
}

const down = (heap: Scored[]): void => {
  for (let i = 0; ; ) {
    const left = 2 * i + 1
    const child = worse(heap[left + 1], heap[left]) ? left + 1 : left
    if (!worse(heap[child], heap[i])) return
    swap(heap, i, child)
    i = child
  }
}
