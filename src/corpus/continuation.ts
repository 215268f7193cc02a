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

/** What news says about a seam between two pieces of text. All figures are differences of natural logs. */
export interface Continuation {
  /** How much likelier `right` is after `left` than by itself. Above 0: they belong together. */
  readonly bond: (left: string, right: string) => number
  /** How much likelier `right` is at the start of a paragraph than anywhere. */
  readonly fresh: (right: string) => number
  /** How much likelier `right` opens an article than a later paragraph of one. */
  readonly opening: (right: string) => number
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const slots = bytes.length < 8 ? 0 : view.getUint32(4)
  if (slots === 0 || view.getUint32(0) !== MAGIC || bytes.length !== 8 + slots * SLOT)
    throw new ChuchuError(
      'model_damaged',
      'models/continuation/ngrams.bin is damaged: restore it from the repository.',
    )
  /** Offset of the slot of `units[from..to)`, 0 when it is not in the table. */
  const find = (units: readonly number[], from: number, to: number): number => {
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
  /** Log probability of `units[at]` after the units before it, from `start` on. Katz, 1987. */
  const logp = (units: readonly number[], at: number, start: number): number => {
    let cost = 0
    for (let from = Math.max(start, at - ORDER + 1); from <= at; from++) {
      const known = find(units, from, at + 1)
      if (known > 0) return Math.max(UNSEEN, cost + logOf(known + 2))
      const context = from < at ? find(units, from, at) : 0
      if (context > 0) cost += logOf(context + 3)
    }
    return UNSEEN
  }
  /** Log probability of the first units of `right` after `left`, above theirs without it. */
  const gain = (left: readonly number[], right: readonly number[]): number => {
    const units = [...left, ...right]
    let sum = 0
    for (let k = 0; k < Math.min(right.length, ORDER - 1); k++)
      sum += logp(units, left.length + k, 0) - logp(units, left.length + k, left.length)
    return sum
  }
  return {
    bond: (left, right) => gain(tail(left), head(right)),
    fresh: (right) => gain([EDGE], head(right)),
    opening: (right) => gain([OPENING], head(right)) - gain([EDGE], head(right)),
    headline: (text) => gain([HEAD], head(text)) + gain(tail(text), [HEAD_END]),
  }
}

const head = (text: string): number[] => {
  const units: number[] = []
  for (let at = 0; at < text.length && units.length < ORDER - 1; at++) {
    const unit = fold(text.charCodeAt(at))
    if (unit > EDGE) units.push(unit)
  }
  return units
}

const tail = (text: string): number[] => {
  const units: number[] = []
  for (let at = text.length - 1; at >= 0 && units.length < ORDER - 1; at--) {
    const unit = fold(text.charCodeAt(at))
    if (unit > EDGE) units.unshift(unit)
  }
  return units
}
