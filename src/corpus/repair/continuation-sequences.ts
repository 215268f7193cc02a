import { ChuchuError } from '../../core/errors.ts'
import {
  MAGIC,
  markOf,
  mixed,
  NO_UNITS,
  ORDER,
  SLOT,
  STEP,
  slotOf,
  UNSEEN,
  withUnit,
} from './continuation-table.ts'

export const TABLE = 'ngrams.bin'
export const MEND = 'It is part of the program: restore it (git checkout -- models/continuation).'

export const damaged = (path: string, why: string): ChuchuError =>
  new ChuchuError('model_damaged', `${path} is damaged: ${why}. ${MEND}`)

/** The sequences of the table. */
export interface Table {
  /** Offset of the slot of the sequence with this hash (not mixed), 0 when it is not in the table. */
  readonly find: (hash: number) => number
  /** Log probability of the last unit of a sequence after the others, and log weight of what is not in the table after it. */
  readonly logp: (slot: number) => number
  readonly backOff: (slot: number) => number
}

export const makeTable = (bytes: Uint8Array): Table => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const slots = bytes.length < 8 ? 0 : view.getUint32(4)
  if (slots === 0 || view.getUint32(0) !== MAGIC || bytes.length !== 8 + slots * SLOT)
    throw damaged(TABLE, 'it is not a table of this form')
  return {
    find: (hash) => {
      const h = mixed(hash)
      const mark = markOf(h)
      for (let slot = slotOf(h, slots); ; slot = slot + 1 === slots ? 0 : slot + 1) {
        const at = 8 + slot * SLOT
        const there = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
        if (there === mark) return at
        if (there === 0) return 0
      }
    },
    logp: (slot) => -(bytes[slot + 2] ?? 0) * STEP,
    backOff: (slot) => -(bytes[slot + 3] ?? 0) * STEP,
  }
}

/** The log probability of `units[at]` after the units before it: weights of backing off, then what is known. Katz, 1987. */
export const partsOf = (table: Table, units: readonly number[], at: number): readonly number[] => {
  const parts: number[] = []
  for (let from = 0; from <= at; from++) {
    let before = NO_UNITS
    for (let k = from; k < at; k++) before = withUnit(before, units[k] ?? 0)
    const context = from < at ? table.find(before) : -1
    if (context === 0) continue // a sequence is only in the table when what it begins with is
    const known = table.find(withUnit(before, units[at] ?? 0))
    if (known > 0) return [...parts, table.logp(known)]
    if (context > 0) parts.push(table.backOff(context))
  }
  return [UNSEEN]
}

/** Log probability of units by themselves. */
export const logProbability = (table: Table, units: readonly number[]): number =>
  units.reduce((sum, _, at) => {
    const from = Math.max(0, at + 1 - ORDER)
    const parts = partsOf(table, units.slice(from, at + 1), at - from)
    return sum + Math.max(UNSEEN, added(0, parts))
  }, 0)

export const added = (logp: number, parts: readonly number[]): number => {
  let sum = logp
  for (const part of parts) sum += part
  return sum
}
