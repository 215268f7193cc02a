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

/** How much two texts of a file speak of the same things. */
export interface Likeness {
  /** Cosine of their pairs, each weighted by how rare it is among the texts: 0 … 1. */
  readonly between: (a: ReadonlySet<number>, b: ReadonlySet<number>) => number
  /** Weight of a pair: natural log of texts over texts that hold it. */
  readonly weight: (pair: number) => number
}

/** Learns from the texts of a file which pairs are rare in it. */
export const makeLikeness = (texts: readonly ReadonlySet<number>[]): Likeness => {
  const holders = new Map<number, number>()
  for (const pairs of texts) for (const pair of pairs) holders.set(pair, (holders.get(pair) ?? 0) + 1)
  const weight = (pair: number): number => Math.log((texts.length + 1) / (holders.get(pair) ?? 1))
  const length = (pairs: ReadonlySet<number>): number => {
    let sum = 0
    for (const pair of pairs) sum += weight(pair) ** 2
    return Math.sqrt(sum)
  }
  return {
    weight,
    between: (a, b) => {
      const [few, many] = a.size < b.size ? [a, b] : [b, a]
      let sum = 0
      for (const pair of few) if (many.has(pair)) sum += weight(pair) ** 2
      const size = length(a) * length(b)
      return size === 0 ? 0 : sum / size
    },
  }
}
