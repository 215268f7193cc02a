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

/** What a text is about: its pairs, each with the square of how rare it is. */
export interface Profile {
  readonly weights: ReadonlyMap<number, number>
  /** Square root of the sum of the weights. */
  readonly length: number
}

/** Slots in which pairs are counted; two that share one only look a little more common than they are. */
const SLOTS = 1 << 18

/** Learns from the texts of a page which pairs are rare in it, and gives profiles of texts. */
export const makeProfiles = (texts: readonly string[]): ((text: string) => Profile) => {
  const holders = countHolders(texts)
  const squares: number[] = []
  const square = (pair: number): number => {
    const count = Math.max(1, holders[slotOf(pair)] ?? 1)
    squares[count] ??= Math.log((texts.length + 1) / count) ** 2
    return squares[count]
  }
  return (text) => {
    const weights = new Map<number, number>()
    let sum = 0
    for (let at = 0; at + 1 < text.length; at++) {
      const pair = pairAt(text, at)
      if (!isPair(text, at) || weights.has(pair)) continue
      const weight = square(pair)
      weights.set(pair, weight)
      sum += weight
    }
    return { weights, length: Math.sqrt(sum) }
  }
}

const slotOf = (pair: number): number => Math.imul(pair, 0x9e3779b1) >>> 14

/** How many texts hold the pairs of each slot. */
const countHolders = (texts: readonly string[]): Uint16Array => {
  const counts = new Uint16Array(SLOTS)
  const seen = new Int32Array(SLOTS)
  texts.forEach((text, index) => {
    for (let at = 0; at + 1 < text.length; at++) {
      const slot = slotOf(pairAt(text, at))
      if (seen[slot] === index + 1) continue
      seen[slot] = index + 1
      counts[slot] = Math.min(65535, (counts[slot] ?? 0) + 1)
    }
  })
  return counts
}

/** How much two texts speak of the same things: cosine of their profiles, 0 … 1. */
export const likeness = (a: Profile, b: Profile): number => {
  const [few, many] = a.weights.size < b.weights.size ? [a.weights, b.weights] : [b.weights, a.weights]
  let sum = 0
  for (const [pair, weight] of few) if (many.has(pair)) sum += weight
  const size = a.length * b.length
  return size === 0 ? 0 : sum / size
}
