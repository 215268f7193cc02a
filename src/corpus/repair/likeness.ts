/** Pairs of neighbouring characters, each as one number. Text without white space. */
export const pairsOf = (text: string): Set<number> => {
  const pairs = new Set<number>()
  for (let at = 0; at + 1 < text.length; at++) if (isPair(text, at)) pairs.add(pairAt(text, at))
  return pairs
}

/** The characters at an offset and after it as one number of 32 bits: larger ones make sets and maps slow. */
export const pairAt = (text: string, at: number): number =>
  (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)

const isPair = (text: string, at: number): boolean =>
  isWord(text.charCodeAt(at)) && isWord(text.charCodeAt(at + 1))

/** Chinese characters, Latin letters and digits: marks tell nothing of what a text is about. */
const isWord = (unit: number): boolean =>
  (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 122)

/** What a stretch of a page is about. Offsets in the texts of the page, set one after another. */
export interface Profile {
  readonly from: number
  readonly to: number
  /** Different pairs. */
  readonly pairs: number
  /** Square root of the sum of their weights. */
  readonly length: number
}

/** Compares stretches of one page, none longer than 1,500 characters. */
export interface Profiles {
  readonly of: (from: number, to: number) => Profile
  /** How much two stretches speak of the same things: cosine over their pairs, 0 … 1. */
  readonly likeness: (a: Profile, b: Profile) => number
}

/** Learns from the texts of a page which pairs are rare in it: a pair weighs the square of how rare it is. */
export const makeProfiles = (texts: readonly string[]): Profiles => {
  const { pairs, counts } = readPage(texts)
  const squares = new Float64Array(texts.length + 1)
  for (let count = 1; count <= texts.length; count++)
    squares[count] = Math.log((texts.length + 1) / count) ** 2
  const weightAt = (at: number): number => squares[counts[at] ?? 1] ?? 0
  return {
    of: (from, to) => {
      let distinct = 0
      let sum = 0
      const mark = nextMark()
      for (let at = from; at + 1 < to; at++) {
        const pair = pairs[at] ?? 0
        if (pair === 0 || !put(pair, mark)) continue
        distinct++
        sum += weightAt(at)
      }
      return { from, to, pairs: distinct, length: Math.sqrt(sum) }
    },
    likeness: (a, b) => {
      const [few, many] = a.pairs < b.pairs ? [a, b] : [b, a]
      const size = a.length * b.length
      return size === 0 ? 0 : shared(pairs, weightAt, few, many) / size
    },
  }
}

/** Sum of the weights of the pairs that stand in both stretches, in the order of the first. */
const shared = (pairs: Int32Array, weightAt: (at: number) => number, few: Profile, many: Profile): number => {
  const mark = nextMark()
  for (let at = many.from; at + 1 < many.to; at++) if (pairs[at] !== 0) put(pairs[at] ?? 0, mark)
  let sum = 0
  for (let at = few.from; at + 1 < few.to; at++)
    if (pairs[at] !== 0 && take(pairs[at] ?? 0, mark)) sum += weightAt(at)
  return sum
}

/** Where each text begins when they are set one after another, and where the last ends. */
export const startsOf = (texts: readonly string[]): readonly number[] => {
  const starts = [0]
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length)
  return starts
}

/**
 * A set of pairs that costs nothing to empty, used within one call each: a pair is in it while its mark is the one of
 * the call, and was taken out with the mark after it.
 */
const SET_BITS = 11
const keys = new Int32Array(1 << SET_BITS)
const marks = new Float64Array(1 << SET_BITS)
let lastMark = 0
const nextMark = (): number => {
  lastMark += 2
  return lastMark
}

/** Slot of a pair, or the empty one where it would stand. */
const findSlot = (pair: number, mark: number): number => {
  let slot = slotOf(pair, SET_BITS)
  while ((marks[slot] ?? 0) >= mark && keys[slot] !== pair) slot = (slot + 1) & (keys.length - 1)
  return slot
}

/** Puts a pair in; whether it is new. */
const put = (pair: number, mark: number): boolean => {
  const slot = findSlot(pair, mark)
  if ((marks[slot] ?? 0) >= mark) return false
  marks[slot] = mark
  keys[slot] = pair
  return true
}

/** Takes a pair out; whether it was in. */
const take = (pair: number, mark: number): boolean => {
  const slot = findSlot(pair, mark)
  if (marks[slot] !== mark) return false
  marks[slot] = mark + 1
  return true
}

/** Bits of the slots in which pairs are counted; two that share one only look a little more common than they are. */
const BITS = 18

/** A slot for a pair, among two to the power of `bits`. */
export const slotOf = (pair: number, bits: number): number => Math.imul(pair, 0x9e3779b1) >>> (32 - bits)

/** The code units of a text: they are read many times, and an array of them faster than the string. */
const codesOf = (text: string): Uint16Array => {
  const codes = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at)
  return codes
}

/** The pair at every offset of a page, 0 where there is none, and how many texts hold it, at least 1. */
const readPage = (texts: readonly string[]): { readonly pairs: Int32Array; readonly counts: Uint16Array } => {
  const page = codesOf(texts.join(''))
  const pairs = new Int32Array(page.length)
  const slots = new Int32Array(page.length)
  for (let at = 0; at + 1 < page.length; at++) {
    const [left, right] = [page[at] ?? 0, page[at + 1] ?? 0]
    const pair = (left << 16) | right
    slots[at] = slotOf(pair, BITS)
    if (isWord(left) && isWord(right)) pairs[at] = pair
  }
  countHolders(slots, startsOf(texts))
  const counts = new Uint16Array(page.length)
  for (let at = 0; at + 1 < page.length; at++) counts[at] = Math.max(1, (holders[slots[at] ?? 0] ?? 1) & MOST)
  return { pairs, counts }
}

/** How many texts hold the pairs of each slot, in the low half; the high half says which was the last. One page at a time. */
const holders = new Uint32Array(1 << BITS)
/** Greatest number in half a slot; no page has so many texts. */
const MOST = 0xffff

const countHolders = (slots: Int32Array, starts: readonly number[]): void => {
  holders.fill(0)
  for (let index = 0; index + 1 < starts.length; index++) {
    const last = ((index + 1) & MOST) * (MOST + 1)
    const end = (starts[index + 1] ?? 0) - 1
    for (let at = starts[index] ?? 0; at < end; at++) {
      const slot = slots[at] ?? 0
      const known = holders[slot] ?? 0
      const count = known & MOST
      if (known - count !== last) holders[slot] = last + Math.min(MOST, count + 1)
    }
  }
}
