import type { Unit } from './kinds.ts'
import { pairAt, slotOf } from './likeness.ts'

/** Characters on each side of a seam that are looked for on the page: a pair. */
const SIDE = 2
/** Bits of the slots by which the places of a page are found. */
const BITS = 16

/**
 * Whether the characters across a seam stand side by side elsewhere on the page: a name or a list that was cut here is
 * mostly said a second time. One such phrase in five hundred is chance. The page is read at the first question.
 */
export const makeSaid = (units: readonly Unit[]): ((i: number, j: number) => boolean) => {
  let page: string | null = null
  let places: ReturnType<typeof makePlaces> | null = null
  let asked = 0
  return (i, j) => {
    const [left, right] = [units[i]?.text ?? '', units[j]?.text ?? '']
    if (left.length < SIDE || right.length < SIDE) return false
    page ??= units.map((unit) => unit.text).join('\n')
    if (asked++ < FEW) return page.includes(left.slice(-SIDE) + right.slice(0, SIDE))
    places ??= makePlaces(page)
    return places.holds(pairAt(left, left.length - SIDE), pairAt(right, 0))
  }
}

/** So many questions are sooner answered by searching the page than by a table of its places. */
const FEW = 30

/** The places of a page, those that share a slot in a chain. */
const makePlaces = (text: string) => {
  const first = new Int32Array(1 << BITS).fill(-1)
  const next = new Int32Array(text.length)
  for (let at = 0; at + 2 * SIDE <= text.length; at++) {
    const slot = slotOfTwo(pairAt(text, at), pairAt(text, at + SIDE))
    next[at] = first[slot] ?? -1
    first[slot] = at
  }
  return {
    holds: (left: number, right: number): boolean => {
      let at = first[slotOfTwo(left, right)] ?? -1
      while (at >= 0 && (pairAt(text, at) !== left || pairAt(text, at + SIDE) !== right)) at = next[at] ?? -1
      return at >= 0
    },
  }
}

const slotOfTwo = (left: number, right: number): number => slotOf(Math.imul(left, 31) ^ right, BITS)
