import type { Unit } from './kinds.ts'
import { pairAt, slotOf } from './likeness.ts'

/** Least length of a copy in characters, and most units that may begin alike before they count as a form. */
const LEAST = 40
const CROWD = 8

/**
 * Marks units that were left over from another place: a unit that is another but for a character or two, and a unit
 * whose text stands elsewhere piece by piece. A sentence quoted elsewhere stays, and so does a whole paragraph said twice.
 */
export const copiesOf = (units: readonly Unit[]): readonly Unit[] => {
  const copies = new Set<number>()
  eachInside(units, (inner, outer, at) => {
    const [part, whole] = [units[inner], units[outer]]
    if (!part || !whole || copies.has(outer)) return
    const rest = whole.text.length - part.text.length
    if (rest === 0) return // said twice on purpose: a caption under each of several pictures
    if (rest <= SAME && at <= SAME) copies.add(inner)
    else if (isPatched(units, outer)) copies.add(outer)
  })
  return copies.size === 0
    ? units
    : units.map((unit, index) => (copies.has(index) ? { ...unit, kind: 'copy' as const } : unit))
}

/** Characters by which a copy may be shorter, at its beginning or end. */
const SAME = 3
/** Characters that are looked for at a time, and share of them that must stand elsewhere. */
const CHUNK = 12
const ELSEWHERE = 0.85

/** Whether nearly all of a unit stands in other units of the page. */
const isPatched = (units: readonly Unit[], place: number): boolean => {
  const text = units[place]?.text ?? ''
  const others = units.map((unit, index) => (index === place ? '' : unit.text)).join('')
  let found = 0
  let all = 0
  for (let at = 0; at + CHUNK <= text.length; at += CHUNK) {
    all++
    if (others.includes(text.slice(at, at + CHUNK))) found++
  }
  return found >= all * ELSEWHERE
}

/** Calls back for every unit whose text stands inside another, with the offset there. */
const eachInside = (
  units: readonly Unit[],
  visit: (inner: number, outer: number, at: number) => void,
): void => {
  const starts = new Map<number, number[]>()
  const isStart = new Uint8Array(1 << FILTER) // most places are the start of nothing
  units.forEach((unit, index) => {
    if (unit.text.length < LEAST) return
    isStart[slotOf(pairAt(unit.text, 0), FILTER)] = 1
    const key = keyAt(unit.text, 0)
    const known = starts.get(key)
    if (!known) starts.set(key, [index])
    else if (known.length < CROWD) known.push(index)
  })
  units.forEach((holder, outer) => {
    let pair = holder.text.charCodeAt(0)
    for (let at = 0; at + LEAST <= holder.text.length; at++) {
      pair = (pair << 16) | holder.text.charCodeAt(at + 1)
      if (isStart[slotOf(pair, FILTER)] === 0) continue
      for (const inner of starts.get(keyAt(holder.text, at)) ?? []) {
        const text = units[inner]?.text ?? ''
        if (inner !== outer && holder.text.startsWith(text, at)) visit(inner, outer, at)
      }
    }
  })
}

/** Bits of the slots in which the first two characters of every unit are marked. */
const FILTER = 15

/** Four characters as a number. */
const keyAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1)) * 2097152 +
  ((text.charCodeAt(at + 2) * 32 + text.charCodeAt(at + 3)) & 2097151)
