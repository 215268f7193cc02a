import type { Unit } from './repair-kinds.ts'

/** Characters on each side of a seam that are looked for on the page. */
const SIDE = 2
/** Bits of the slots in which the sequences of a page are marked. */
const BITS = 18

/**
 * Whether the characters across a seam stand side by side elsewhere on the page: a name or a list that was cut here is
 * mostly said a second time. One such phrase in five hundred is chance. The page is read at the first question.
 */
export const makeSaid = (units: readonly Unit[]): ((i: number, j: number) => boolean) => {
  let page: ReturnType<typeof makePage> | null = null
  return (i, j) => {
    const [left, right] = [units[i]?.text ?? '', units[j]?.text ?? '']
    if (left.length < SIDE || right.length < SIDE) return false
    page ??= makePage(units)
    return page.holds(left.slice(-SIDE) + right.slice(0, SIDE))
  }
}

const makePage = (units: readonly Unit[]) => {
  const text = units.map((unit) => unit.text).join('\n')
  const seen = new Uint8Array(1 << BITS)
  for (let at = 0; at + 2 * SIDE <= text.length; at++) seen[slotAt(text, at)] = 1
  return { holds: (phrase: string): boolean => seen[slotAt(phrase, 0)] === 1 && text.includes(phrase) }
}

const slotAt = (text: string, at: number): number => {
  let h = 0
  for (let k = at; k < at + 2 * SIDE; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x9e3779b1)
  return h >>> (32 - BITS)
}
