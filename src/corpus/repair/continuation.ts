import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ChuchuError, systemCode } from '../../core/errors.ts'
import {
  added,
  damaged,
  logProbability,
  MEND,
  makeTable,
  partsOf,
  TABLE,
  type Table,
} from './continuation-sequences.ts'
import {
  EDGE,
  fold,
  HEAD,
  HEAD_END,
  NO_UNITS,
  OPENING,
  ORDER,
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
const FOLDER = fileURLToPath(new URL('../../../models/continuation', import.meta.url))

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

const unitsOf = (text: string): readonly number[] =>
  Array.from(text, (_, at) => fold(text.charCodeAt(at))).filter((unit) => unit > EDGE)

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
