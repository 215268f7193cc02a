import type { Scored, WeightedTerm, Words } from '../core/ports.ts'
import { makeBest } from './heap.ts'
import { COUNT_UNIT, findTerm, type Postings, placeOf, termAt } from './postings.ts'

/** Saturation of repeated terms; the value of Anserini's tuned BM25 for passages, and best here on CMRC dev. */
export const K1 = 0.9
/** How much long passages are held back; the same sources. */
export const B = 0.4

/** BM25 over the postings; every array is read in place. */
export const makeWords = (postings: Postings): Words => {
  const size = postings.lengths.length
  const norms = normsOf(postings.lengths)
  const scores = new Float32Array(size)
  const frequency = (t: number): number =>
    t < 0 ? 0 : (postings.starts[t + 1] ?? 0) - (postings.starts[t] ?? 0)
  const idf = (t: number): number => Math.log(1 + (size - frequency(t) + 0.5) / (frequency(t) + 0.5))
  const known = (terms: readonly WeightedTerm[]): readonly Known[] =>
    merge(terms).flatMap(({ term, weight }) => {
      const t = findTerm(postings, term)
      return t < 0 ? [] : [{ t, factor: idf(t) * weight * (K1 + 1) }]
    })
  return {
    frequency: (term) => frequency(findTerm(postings, term)),
    idf: (term) => idf(findTerm(postings, term)),
    *between(from, before) {
      const end = placeOf(postings, before)
      for (let t = placeOf(postings, from); t < end; t++)
        yield { term: termAt(postings, t), passages: frequency(t) }
    },
    search: (terms, top, allow) => {
      if (size === 0 || !(top >= 1)) return []
      scores.fill(0)
      for (const term of known(terms)) addScores(postings, norms, term, scores)
      return bestOf(scores, Math.min(Math.floor(top), size), allow)
    },
    score: (terms, passages) => {
      const list = known(terms)
      return Float32Array.from(passages, (passage) => scoreOf(postings, norms, list, passage))
    },
  }
}

interface Known {
  readonly t: number
  /** idf · weight · (k1 + 1). */
  readonly factor: number
}

/** k1 · (1 − b + b · length / mean length), in the unit of the counts. */
const normsOf = (lengths: Uint32Array): Float32Array => {
  let sum = 0
  for (const length of lengths) sum += length
  const mean = sum / Math.max(1, lengths.length) || 1
  return Float32Array.from(lengths, (length) => K1 * COUNT_UNIT * (1 - B + (B * length) / mean))
}

/** Equal terms become one, their weights added, in the order of first occurrence so that sums are repeatable. */
const merge = (terms: readonly WeightedTerm[]): readonly WeightedTerm[] => {
  const weights = new Map<string, number>()
  for (const { term, weight } of terms) weights.set(term, (weights.get(term) ?? 0) + weight)
  return Array.from(weights, ([term, weight]) => ({ term, weight }))
}

const addScores = (
  postings: Postings,
  norms: Float32Array,
  { t, factor }: Known,
  scores: Float32Array,
): void => {
  const { starts, passages, counts } = postings
  const end = starts[t + 1] ?? 0
  for (let i = starts[t] ?? 0; i < end; i++) {
    const passage = passages[i] ?? 0
    const count = counts[i] ?? 0
    scores[passage] = (scores[passage] ?? 0) + (factor * count) / (count + (norms[passage] ?? 0))
  }
}

/** Passages that share no term with the question are no hits, however many are asked for. */
const bestOf = (scores: Float32Array, top: number, allow: Uint8Array | undefined): readonly Scored[] => {
  const best = makeBest(top)
  let least = 0
  for (let passage = 0; passage < scores.length; passage++) {
    const score = scores[passage] ?? 0
    if (score <= least || (allow !== undefined && allow[passage] !== 1)) continue
    best.offer(passage, score)
    least = Math.max(0, best.least())
  }
  return best.sorted()
}

const scoreOf = (
  postings: Postings,
  norms: Float32Array,
  terms: readonly Known[],
  passage: number,
): number => {
  let score = 0
  for (const { t, factor } of terms) {
    const count = countOf(postings, t, passage)
    if (count > 0) score = Math.fround(score + (factor * count) / (count + (norms[passage] ?? 0)))
  }
  return score
}

/** Binary search in the term's passages. */
const countOf = ({ starts, passages, counts }: Postings, t: number, passage: number): number => {
  let low = starts[t] ?? 0
  let high = (starts[t + 1] ?? 0) - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = passages[middle] ?? 0
    if (found === passage) return counts[middle] ?? 0
    if (found < passage) low = middle + 1
    else high = middle - 1
  }
  return 0
}
