import type { Unit } from './repair-kinds.ts'

/** Characters of the sample by which a second copy is found, and least length of a copy. */
const SAMPLE = 20
const LEAST = 40

/** Marks units whose whole text stands a second time inside another, longer or earlier one. */
export const copiesOf = (units: readonly Unit[]): readonly Unit[] => {
  const samples = new Map<string, number[]>()
  units.forEach((unit, index) => {
    if (unit.text.length < LEAST) return
    const sample = unit.text.slice(0, SAMPLE)
    const known = samples.get(sample)
    if (known) known.push(index)
    else samples.set(sample, [index])
  })
  const copies = new Set<number>()
  units.forEach((holder, place) => {
    for (let at = 0; at + SAMPLE <= holder.text.length; at++) {
      for (const index of samples.get(holder.text.slice(at, at + SAMPLE)) ?? []) {
        const unit = units[index]
        if (!unit || index === place || copies.has(place)) continue
        const isLonger =
          holder.text.length > unit.text.length || (holder.text.length === unit.text.length && place < index)
        if (isLonger && holder.text.startsWith(unit.text, at)) copies.add(index)
      }
    }
  })
  return units.map((unit, index) => (copies.has(index) ? { ...unit, kind: 'copy' as const } : unit))
}
