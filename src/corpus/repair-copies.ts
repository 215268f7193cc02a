import type { Unit } from './repair-kinds.ts'

/** Least length of a copy in characters, and most units that may begin alike before they count as a form. */
const LEAST = 40
const CROWD = 8

/** Marks units whose whole text stands a second time inside another, longer or earlier one. */
export const copiesOf = (units: readonly Unit[]): readonly Unit[] => {
  const starts = new Map<number, number[]>()
  units.forEach((unit, index) => {
    if (unit.text.length < LEAST) return
    const key = keyAt(unit.text, 0)
    const known = starts.get(key)
    if (!known) starts.set(key, [index])
    else if (known.length < CROWD) known.push(index)
  })
  const copies = new Set<number>()
  units.forEach((holder, place) => {
    for (let at = 0; at + LEAST <= holder.text.length; at++) {
      for (const index of starts.get(keyAt(holder.text, at)) ?? []) {
        if (index !== place && !copies.has(place) && isInside(units[index], index, holder, place, at))
          copies.add(index)
      }
    }
  })
  return copies.size === 0
    ? units
    : units.map((unit, index) => (copies.has(index) ? { ...unit, kind: 'copy' as const } : unit))
}

/** Four characters as a number. */
const keyAt = (text: string, at: number): number =>
  (text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1)) * 2097152 +
  ((text.charCodeAt(at + 2) * 32 + text.charCodeAt(at + 3)) & 2097151)

const isInside = (
  unit: Unit | undefined,
  index: number,
  holder: Unit,
  place: number,
  at: number,
): boolean => {
  if (!unit || unit.text.length > holder.text.length) return false
  if (unit.text.length === holder.text.length && place > index) return false
  return holder.text.startsWith(unit.text, at)
}
