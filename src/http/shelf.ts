/** Something lent out; `release` exactly once when done with it. */
export interface Loan<T> {
  readonly item: T
  readonly release: () => void
}

export interface Shelf<T> {
  /** The item of the moment; null before the first. It stays open until released, whatever is put here meanwhile. */
  readonly borrow: () => Loan<T> | null
  readonly current: () => T | null
  /** Replaces the item. The old one is closed when its last borrower is done. */
  readonly put: (item: T) => void
  /** Takes the item away, closing it as `put` does. */
  readonly clear: () => void
}

interface Slot<T> {
  readonly item: T
  users: number
  old: boolean
}

/** Holds one thing that is swapped while it is in use: every borrower keeps the one it began with. */
export const makeShelf = <T>(close: (item: T) => void): Shelf<T> => {
  let slot: Slot<T> | null = null
  const retire = (): void => {
    if (!slot) return
    slot.old = true
    if (slot.users === 0) close(slot.item)
    slot = null
  }
  return {
    current: () => slot?.item ?? null,
    borrow: () => {
      const mine = slot
      if (!mine) return null
      mine.users++
      let released = false
      const release = (): void => {
        if (released) return
        released = true
        mine.users--
        if (mine.old && mine.users === 0) close(mine.item)
      }
      return { item: mine.item, release }
    },
    put: (item) => {
      retire()
      slot = { item, users: 0, old: false }
    },
    clear: retire,
  }
}
