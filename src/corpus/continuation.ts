import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ChuchuError, systemCode } from '../core/errors.ts'
import {
  EDGE,
  fold,
  HEAD,
  HEAD_END,
  MAGIC,
  markOf,
  mixed,
  NO_UNITS,
  OPENING,
  ORDER,
  SLOT,
  STEP,
  slotOf,
  UNSEEN,
  withUnit,
} from './continuation-table.ts'

/** The first characters of a text, folded, and what they are worth by themselves. */
export interface Head {
  readonly units: readonly number[]
  /** What the log probability of each unit after those before it in the head is the sum of. */
  readonly parts: readonly (readonly number[])[]
}

/** The last characters of a text, folded: what is known of the last one, two and three before anything follows them. */
export interface Tail {
  /** Hash that is not mixed yet, and offset of the slot (0: not in the table), of the last s + 1 units. */
  readonly hashes: readonly number[]
  readonly slots: readonly number[]
}

/** What news says about a seam between two pieces of text. All figures are differences of natural logs. */
export interface Continuation {
  readonly head: (text: string) => Head
  /** The last characters of a text, folded. */
  readonly tail: (text: string) => Tail
  /** How much likelier `right` is after `left` than by itself. Above 0: they belong together. */
  readonly bond: (left: Tail, right: Head) => number
  /** How much likelier `right` is at the start of a paragraph than anywhere. */
  readonly fresh: (right: Head) => number
  /** How much likelier `right` opens an article than a later paragraph of one. */
  readonly opening: (right: Head) => number
  /** How much likelier the text is as a headline, its two ends judged, than as a stretch of a sentence. */
  readonly headline: (text: string) => number
  /** Log probability of the text, by itself. */
  readonly likelihood: (text: string) => number
}

/** Beside src and dist alike: the table is part of the program, not a choice of its user. */
const FOLDER = fileURLToPath(new URL('../../models/continuation', import.meta.url))
const TABLE = 'ngrams.bin'

let loaded: Continuation | undefined

/** The model of models/continuation, read at first use. @throws ChuchuError model_missing, model_damaged. */
export const continuation = (): Continuation => {
  loaded ??= makeContinuation(readTable())
  return loaded
}

/**
 * The table of a folder, hashed: with one bit changed it would be read as well, and lines be joined otherwise.
 * @throws ChuchuError model_missing, model_damaged.
 */
export const readTable = (folder: string = FOLDER): Uint8Array => {
  const bytes = readPart(folder, TABLE)
  const [expected] = readPart(folder, 'SHA256SUMS').toString('utf8').split(' ')
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found === expected) return bytes
  throw damaged(join(folder, TABLE), `expected SHA-256 ${expected}, found ${found}`)
}

const readPart = (folder: string, name: string): Buffer => {
  const path = join(folder, name)
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new ChuchuError('model_missing', `${path} cannot be read (${systemCode(cause)}). ${MEND}`, {
      cause,
    })
  }
}

const damaged = (path: string, why: string): ChuchuError =>
  new ChuchuError('model_damaged', `${path} is damaged: ${why}. ${MEND}`)

const MEND = 'It is part of the program: restore it (git checkout -- models/continuation).'

/** Log probability of a text in news. */
export const likelihood = (text: string): number => continuation().likelihood(text)

/** A model from the bytes of its table. */
export const makeContinuation = (bytes: Uint8Array): Continuation => {
  const table = makeTable(bytes)
  const headOf = (units: readonly number[]): Head => ({
    units,
    parts: units.map((_, at) => partsOf(table, units, at)),
  })
  const tailOf = (units: readonly number[]): Tail => {
    const hashes = units.map((_, s) => units.slice(units.length - 1 - s).reduce(withUnit, NO_UNITS))
    return { hashes, slots: hashes.map(table.find) }
  }
  const gain = makeGain(table)
  const [edge, opening, head] = [tailOf([EDGE]), tailOf([OPENING]), tailOf([HEAD])]
  const headEnd = headOf([HEAD_END])
  return {
    head: (text) => headOf(firstUnits(text)),
    tail: (text) => tailOf(lastUnits(text)),
    bond: gain,
    fresh: (right) => gain(edge, right),
    opening: (right) => gain(opening, right) - gain(edge, right),
    headline: (text) => gain(head, headOf(firstUnits(text))) + gain(tailOf(lastUnits(text)), headEnd),
    likelihood: (text) => logProbability(table, unitsOf(text)),
  }
}

/** The sequences of the table. */
interface Table {
  /** Offset of the slot of the sequence with this hash (not mixed), 0 when it is not in the table. */
  readonly find: (hash: number) => number
  /** Log probability of the last unit of a sequence after the others, and log weight of what is not in the table after it. */
  readonly logp: (slot: number) => number
  readonly backOff: (slot: number) => number
}

const makeTable = (bytes: Uint8Array): Table => {
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
const partsOf = (table: Table, units: readonly number[], at: number): readonly number[] => {
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

/** The sequences over a seam that what comes next may go on after: the shortest first, as in Tail. */
interface Seam {
  readonly hashes: Int32Array
  readonly slots: Int32Array
}

/** Log probability of a head after a tail, above what it has alone. */
const makeGain = (table: Table): Continuation['bond'] => {
  const seam: Seam = { hashes: new Int32Array(ORDER), slots: new Int32Array(ORDER) }
  return (left, right) => {
    for (let s = 0; s < left.slots.length; s++) {
      seam.hashes[s] = left.hashes[s] ?? 0
      seam.slots[s] = left.slots[s] ?? 0
    }
    let sum = 0
    for (let k = 0; k < right.units.length; k++) {
      const parts = right.parts[k] ?? []
      const count = Math.min(left.slots.length, ORDER - 1 - k)
      const kept = k + 1 < right.units.length ? ORDER - 2 - k : 0
      const over = goOn(table, seam, right.units[k] ?? 0, count, kept)
      const logp = over.isKnown ? over.logp : added(over.logp, parts)
      sum += Math.max(UNSEEN, logp) - Math.max(UNSEEN, added(0, parts))
    }
    return sum
  }
}

/**
 * Looks up a unit after the first `count` sequences of a seam, longest first, and makes them one longer. What is found
 * is the context of the unit after it and is looked up once; no unit follows but the first `kept`.
 */
const goOn = (
  table: Table,
  { hashes, slots }: Seam,
  unit: number,
  count: number,
  kept: number,
): { readonly logp: number; readonly isKnown: boolean } => {
  let logp = 0
  let isKnown = false
  for (let s = count - 1; s >= 0; s--) {
    const context = slots[s] ?? 0
    const hash = withUnit(hashes[s] ?? 0, unit)
    const known = context > 0 || s < kept ? table.find(hash) : 0
    hashes[s] = hash
    slots[s] = known
    if (isKnown || context === 0) continue
    isKnown = known > 0
    logp += isKnown ? table.logp(known) : table.backOff(context)
  }
  return { logp, isKnown }
}

const logProbability = (table: Table, units: readonly number[]): number =>
  units.reduce((sum, _, at) => {
    const from = Math.max(0, at + 1 - ORDER)
    const parts = partsOf(table, units.slice(from, at + 1), at - from)
    return sum + Math.max(UNSEEN, added(0, parts))
  }, 0)

const unitsOf = (text: string): readonly number[] =>
  Array.from(text, (_, at) => fold(text.charCodeAt(at))).filter((unit) => unit > EDGE)

const added = (logp: number, parts: readonly number[]): number => {
  let sum = logp
  for (const part of parts) sum += part
  return sum
}

const firstUnits = (text: string): readonly number[] => {
  const units: number[] = []
  for (let at = 0; at < text.length && units.length < ORDER - 1; at++) {
    const unit = fold(text.charCodeAt(at))
    if (unit > EDGE) units.push(unit)
  }
  return units
}

const lastUnits = (text: string): readonly number[] => {
  const units: number[] = []
  for (let at = text.length - 1; at >= 0 && units.length < ORDER - 1; at--) {
    const unit = fold(text.charCodeAt(at))
    if (unit > EDGE) units.push(unit)
  }
  return units.reverse()
}
