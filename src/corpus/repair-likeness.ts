/** Pairs of neighbouring characters, each as one number. Text without white space. */
export const pairsOf = (text: string, from = 0, to = text.length): Set<number> => {
  const pairs = new Set<number>()
  for (let at = from; at + 1 < to; at++) {
    const [a, b] = [text.charCodeAt(at), text.charCodeAt(at + 1)]
    if (isWord(a) && isWord(b)) pairs.add(a * 65536 + b)
  }
  return pairs
}

/** Chinese characters, Latin letters and digits: marks tell nothing of what a text is about. */
const isWord = (unit: number): boolean =>
  (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 122)

/** What a text is about: its rarest pairs and their squared weights. */
export interface Profile {
  readonly weights: ReadonlyMap<number, number>
  /** Square root of the sum of the weights. */
  readonly length: number
}

/** Pairs of a text that are compared: the rarest tell what it is about, the others what language it is in. */
const MOST = 120

/** Learns from the texts of a page which pairs are rare in it, and gives profiles of texts. */
export const makeProfiles = (texts: readonly string[]): ((text: string) => Profile) => {
  const holders = new Map<number, number>()
  for (const text of texts) for (const pair of pairsOf(text)) holders.set(pair, (holders.get(pair) ?? 0) + 1)
  const squares: number[] = []
  const square = (count: number): number => {
    squares[count] ??= Math.log((texts.length + 1) / count) ** 2
    return squares[count]
  }
  return (text) => {
    const all = [...pairsOf(text)].map((pair) => [pair, square(holders.get(pair) ?? 1)] as const)
    const rare = all.length <= MOST ? all : all.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST)
    return { weights: new Map(rare), length: Math.sqrt(rare.reduce((sum, [, weight]) => sum + weight, 0)) }
  }
}

/** How much two texts speak of the same things: cosine of their profiles, 0 … 1. */
export const likeness = (a: Profile, b: Profile): number => {
  const [few, many] = a.weights.size < b.weights.size ? [a.weights, b.weights] : [b.weights, a.weights]
  let sum = 0
  for (const [pair, weight] of few) if (many.has(pair)) sum += weight
  const size = a.length * b.length
  return size === 0 ? 0 : sum / size
}
