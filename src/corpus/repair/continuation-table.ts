/**
 * The alphabet of the model: white space is nothing (0), digits are one character, Latin letters another, half-width
 * marks the full-width ones. What is left of a line break in mid-sentence does not depend on such differences.
 */
export const fold = (unit: number): number => {
  if (unit >= 0x3400 && unit <= 0x9fff) return unit // Chinese characters, most of any text
  if (unit <= 32 || unit === 0x3000 || unit === 0xa0 || unit === 0xfeff) return 0
  if (unit >= 0x2000 && unit <= 0x200b) return 0
  if (unit >= 48 && unit <= 57) return 48
  if (isLatin(unit)) return 97
  return FULL.get(unit) ?? unit
}

const isLatin = (unit: number): boolean =>
  (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || (unit >= 0xc0 && unit <= 0x24f)

const FULL: ReadonlyMap<number, number> = new Map(
  [...',，:：;；!！?？(（)）%％"“<《>》［【］】'.matchAll(/(.)(.)/gu)].map(([, half = '', full = '']) => [
    half.charCodeAt(0),
    full.charCodeAt(0),
  ]),
)

/** Stands before the first character of a paragraph, and so after the last of the one before. */
export const EDGE = 10
/** Stands before the first paragraph of an article in place of EDGE. */
export const OPENING = 4
/** Stand before and after a headline. */
export const HEAD = 2
export const HEAD_END = 3
/** Longest sequence of characters in the table. */
export const ORDER = 4
/** Natural log of the probability of a character that was never seen. */
export const UNSEEN = -14
/** First four bytes of the table; then the number of slots, then slots of 4 bytes: mark (2), log probability, back-off weight. */
export const MAGIC = 0x43484332
/** Bytes of a slot. */
export const SLOT = 4
/** Steps of the stored log probability: 0 is certain, 255 is UNSEEN. */
export const STEP = -UNSEEN / 255

/** 32 bits over `units[from..to)` (folded). FNV-1a over code units, mixed. */
export const hash = (units: ArrayLike<number>, from: number, to: number): number => {
  let h = NO_UNITS
  for (let at = from; at < to; at++) h = withUnit(h, units[at] ?? 0)
  return mixed(h)
}

/** The hash before it is mixed: of no units, and with one unit more. */
export const NO_UNITS = 0x811c9dc5
export const withUnit = (h: number, unit: number): number => Math.imul(h ^ unit, 0x01000193)
export const mixed = (unmixed: number): number => {
  let h = unmixed
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  return h >>> 0
}

/** Slot of a sequence in a table of `size` slots, and what tells it from others there (1 … 65535; 0 is an empty slot). */
export const slotOf = (h: number, size: number): number => h % size
export const markOf = (h: number): number => Math.imul(h, 0x9e3779b1) >>> 16 || 1
