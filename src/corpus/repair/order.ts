import type { Block, Unit } from './kinds.ts'

/**
 * Print order, but what continues a paragraph follows it: where a stretch of columns stands in the wrong place, its
 * first unit is the rest of a paragraph elsewhere, and all that follows it moves along.
 */
export const inOrder = (units: readonly Unit[], next: ReadonlyMap<Unit, Unit>): readonly Block[] => {
  const previous = new Set(next.values())
  const done = new Set<Unit>()
  const place = new Map(units.map((unit, index) => [unit, index]))
  const blocks: Block[] = []
  /** A whole paragraph from its first unit; the place after its last. */
  const paragraph = (from: number): number => {
    const chain: Unit[] = []
    for (let unit = units[from]; unit && !done.has(unit); unit = next.get(unit)) {
      done.add(unit)
      chain.push(unit)
    }
    blocks.push({ units: chain, text: chain.map((unit) => unit.text).join('') })
    return (place.get(chain.at(-1) ?? (units[from] as Unit)) ?? from) + 1
  }
  /** Lines at the end of a stretch: what follows them is done or goes on elsewhere. */
  const isTail = (from: number): boolean => {
    let at = from
    while (units[at] && units[at]?.kind !== 'body') at++
    const unit = units[at]
    return !unit || done.has(unit) || previous.has(unit)
  }
  /** Paragraphs from here on, up to one that continues something or is done. */
  const stretch = (from: number): void => {
    const skipped: number[] = []
    let at = from
    for (
      let unit = units[at];
      unit && !done.has(unit) && (at === from || !previous.has(unit));
      unit = units[at]
    ) {
      if (unit.kind !== 'body' && !isTail(at)) emitSkipped(skipped)
      if (done.has(unit)) break
      const after = paragraph(at)
      if (after > at + 1) skipped.push(at + 1)
      at = after
    }
    emitSkipped(skipped)
  }
  /** What was jumped over and has no headline of its own stays with the article that was jumped in. */
  const emitSkipped = (skipped: number[]): void => {
    for (const at of skipped.splice(0)) {
      const unit = units[at]
      if (unit && unit.kind === 'body' && !done.has(unit) && !previous.has(unit)) stretch(at)
    }
  }
  units.forEach((unit, index) => {
    if (!done.has(unit) && !previous.has(unit)) stretch(index)
  })
  units.forEach((unit, index) => {
    if (!done.has(unit)) stretch(index)
  })
  return blocks
}
