import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ChuchuError } from '../core/errors.ts'
import {
  EDGE,
  fold,
  HEAD,
  HEAD_END,
  hash,
  MAGIC,
  markOf,
  OPENING,
  ORDER,
  SLOT,
  STEP,
  slotOf,
  UNSEEN,
} from './continuation-table.ts'

/** The first characters of a text, folded, and what they are worth by themselves. */
export interface Head {
  readonly units: Uint16Array
  /** Log probability of each unit after those before it in the head. */
  readonly alone: Float64Array
}

/** What news says about a seam between two pieces of text. All figures are differences of natural logs. */
export interface Continuation {
  readonly head: (text: string) => Head
  /** The last characters of a text, folded. */
  readonly tail: (text: string) => Uint16Array
  /** How much likelier `right` is after `left` than by itself. Above 0: they belong together. */
  readonly bond: (left: Uint16Array, right: Head) => number
  /** How much likelier `right` is at the start of a paragraph than anywhere. */
  readonly fresh: (right: Head) => number
  /** How much likelier `right` opens an article than a later paragraph of one. */
  readonly opening: (right: Head) => number
  /** How much likelier the text is as a headline, its two ends judged, than as a stretch of a sentence. */
  readonly headline: (text: string) => number
}

/** Beside src and dist alike: the table is part of the program, not a choice of its user. */
const TABLE = new URL('../../models/continuation/ngrams.bin', import.meta.url)

let loaded: Continuation | undefined

/** The model of models/continuation, read at first use. @throws ChuchuError model_missing, model_damaged. */
export const continuation = (): Continuation => {
  loaded ??= makeContinuation(readTable())
  return loaded
}

const readTable = (): Uint8Array => {
  const path = fileURLToPath(TABLE)
  if (!existsSync(path))
    throw new ChuchuError(
      'model_missing',
      `No table at ${path}. It is part of the program: restore it from the repository, or make it with training/continuation.`,
    )
  return readFileSync(path)
}

/** A model from the bytes of its table. */
export const makeContinuation = (bytes: Uint8Array): Continuation => {
  const logp = makeLogp(bytes)
  const context = new Uint16Array(2 * ORDER)
  /** Log probability of the first units of `right` after `left`, above theirs without it. */
  const gain = (left: Uint16Array, right: Head): number => {
    context.set(left)
    context.set(right.units, left.length)
    let sum = 0
    for (let k = 0; k < right.units.length; k++)
      sum += logp(context, left.length + k, 0) - (right.alone[k] ?? 0)
    return sum
  }
  const headOf = (units: Uint16Array): Head => ({
    units,
    alone: Float64Array.from(units, (_, k) => logp(units, k, 0)),
  })
  const headline = headOf(Uint16Array.of(HEAD_END))
  return {
    head: (text) => headOf(firstUnits(text)),
    tail: lastUnits,
    bond: gain,
    fresh: (right) => gain(AFTER_EDGE, right),
    opening: (right) => gain(AFTER_OPENING, right) - gain(AFTER_EDGE, right),
    headline: (text) => gain(AFTER_HEAD, headOf(firstUnits(text))) + gain(lastUnits(text), headline),
  }
}

const AFTER_EDGE = Uint16Array.of(EDGE)
const AFTER_OPENING = Uint16Array.of(OPENING)
const AFTER_HEAD = Uint16Array.of(HEAD)

/** Log probability of `units[at]` after the units before it, from `start` on. Katz, 1987. */
type Logp = (units: Uint16Array, at: number, start: number) => number

const makeLogp = (bytes: Uint8Array): Logp => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const slots = bytes.length < 8 ? 0 : view.getUint32(4)
  if (slots === 0 || view.getUint32(0) !== MAGIC || bytes.length !== 8 + slots * SLOT)
    throw new ChuchuError(
      'model_damaged',
      'models/continuation/ngrams.bin is damaged: restore it from the repository.',
    )
  /** Offset of the slot of `units[from..to)`, 0 when it is not in the table. */
  const find = (units: Uint16Array, from: number, to: number): number => {
    const h = hash(units, from, to)
    const mark = markOf(h)
    for (let slot = slotOf(h, slots); ; slot = slot + 1 === slots ? 0 : slot + 1) {
      const at = 8 + slot * SLOT
      const there = view.getUint16(at)
      if (there === mark) return at
      if (there === 0) return 0
    }
  }
  const logOf = (at: number): number => -view.getUint8(at) * STEP
  return (units, at, start) => {
    let cost = 0
    for (let from = Math.max(start, at - ORDER + 1); from <= at; from++) {
      const context = from < at ? find(units, from, at) : -1
      if (context === 0) continue // a sequence is only in the table when what it begins with is
      const known = find(units, from, at + 1)
      if (known > 0) return Math.max(UNSEEN, cost + logOf(known + 2))
      if (context > 0) cost += logOf(context + 3)
    }
    return UNSEEN
  }
}

const firstUnits = (text: string): Uint16Array => {
  const units = new Uint16Array(ORDER - 1)
  let n = 0
  for (let at = 0; at < text.length && n < ORDER - 1; at++) {
    const unit = fold(text.charCodeAt(at))
    if (unit > EDGE) units[n++] = unit
  }
  return units.subarray(0, n)
}

const lastUnits = (text: string): Uint16Array => {
  const units = new Uint16Array(ORDER - 1)
  let n = ORDER - 1
  for (let at = text.length - 1; at >= 0 && n > 0; at--) {
    const unit = fold(text.charCodeAt(at))
    if (unit > EDGE) units[--n] = unit
  }
  return units.subarray(n)
}
