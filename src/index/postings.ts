/**
 * An inverted index in typed arrays. Terms are in the order of their UTF-16 code units; term t is
 * `units.subarray(ends[t - 1], ends[t])` and stands in the passages `passages[starts[t] … starts[t + 1])`,
 * ascending, with `counts` beside them.
 */
export interface Postings {
  readonly units: Uint16Array
  /** One a term: where it ends in `units`. */
  readonly ends: Uint32Array
  /** Terms + 1. */
  readonly starts: Uint32Array
  readonly passages: Uint32Array
  /** In quarters of an occurrence (COUNT_UNIT), at most 255. */
  readonly counts: Uint8Array
  /** One a passage: the sum of its counts, in the same unit, before they are capped. */
  readonly lengths: Uint32Array
}

/** One occurrence in the passage. A term of the title counts less than one, so counts are kept in quarters. */
export const COUNT_UNIT = 4

export interface Collector {
  /** The terms of the next passage, with their counts in units of COUNT_UNIT. */
  readonly add: (counts: ReadonlyMap<string, number>) => void
  readonly finish: () => Postings
}

/** Collects passage by passage, then turns the lists round: twice the size of the result in memory. */
export const collectPostings = (): Collector => {
  const ids = new Map<string, number>()
  const frequency: number[] = []
  const terms = growing(Uint32Array)
  const counts = growing(Uint8Array)
  const sizes: number[] = []
  const lengths: number[] = []
  return {
    add: (found) => {
      let length = 0
      for (const [term, count] of found) {
        let id = ids.get(term)
        if (id === undefined) {
          id = ids.size
          ids.set(term, id)
        }
        frequency[id] = (frequency[id] ?? 0) + 1
        terms.push(id)
        counts.push(Math.min(255, count))
        length += count
      }
      sizes.push(found.size)
      lengths.push(length)
    },
    finish: () => invert({ ids, frequency, terms: terms.all(), counts: counts.all(), sizes, lengths }),
  }
}

interface Forward {
  readonly ids: ReadonlyMap<string, number>
  /** By id: passages that hold the term. */
  readonly frequency: readonly number[]
  /** Passage after passage. */
  readonly terms: Uint32Array
  readonly counts: Uint8Array
  /** Distinct terms of each passage. */
  readonly sizes: readonly number[]
  readonly lengths: readonly number[]
}

const invert = (forward: Forward): Postings => {
  const sorted = [...forward.ids].sort(([a], [b]) => (a < b ? -1 : 1))
  const starts = new Uint32Array(sorted.length + 1)
  const next = new Uint32Array(sorted.length) // by id: where its next posting goes
  for (const [rank, [, id]] of sorted.entries()) {
    next[id] = starts[rank] ?? 0
    starts[rank + 1] = (starts[rank] ?? 0) + (forward.frequency[id] ?? 0)
  }
  const passages = new Uint32Array(forward.terms.length)
  const counts = new Uint8Array(forward.terms.length)
  let at = 0
  for (const [passage, size] of forward.sizes.entries()) {
    for (const end = at + size; at < end; at++) {
      const id = forward.terms[at] ?? 0
      const place = next[id] ?? 0
      next[id] = place + 1
      passages[place] = passage
      counts[place] = forward.counts[at] ?? 0
    }
  }
  return {
    ...packTerms(sorted.map(([term]) => term)),
    starts,
    passages,
    counts,
    lengths: Uint32Array.from(forward.lengths),
  }
}

const packTerms = (terms: readonly string[]): Pick<Postings, 'units' | 'ends'> => {
  const ends = new Uint32Array(terms.length)
  let size = 0
  for (const [i, term] of terms.entries()) {
    size += term.length
    ends[i] = size
  }
  const units = new Uint16Array(size)
  let at = 0
  for (const term of terms) for (let i = 0; i < term.length; i++) units[at++] = term.charCodeAt(i)
  return { units, ends }
}

/** Place of a term in the sorted list, or -1. */
export const findTerm = (postings: Postings, term: string): number => {
  const place = placeOf(postings, term)
  return place < postings.ends.length && compare(postings, place, term) === 0 ? place : -1
}

/** Place of the first term that is not before the given one. Compares code units in place: no string is made. */
export const placeOf = (postings: Postings, term: string): number => {
  let low = 0
  let high = postings.ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(postings, middle, term) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The term at a place of the sorted list. */
export const termAt = ({ units, ends }: Postings, place: number): string =>
  String.fromCharCode(...units.subarray(place === 0 ? 0 : ends[place - 1], ends[place]))

const compare = ({ units, ends }: Postings, t: number, term: string): number => {
  const start = t === 0 ? 0 : (ends[t - 1] ?? 0)
  const size = (ends[t] ?? 0) - start
  for (let i = 0; i < size && i < term.length; i++) {
    const difference = (units[start + i] ?? 0) - term.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return size - term.length
}

/** A typed array that doubles when it is full. */
const growing = <T extends Uint32Array | Uint8Array>(
  make: new (size: number) => T,
): { readonly push: (value: number) => void; readonly all: () => T } => {
  let array = new make(1024)
  let size = 0
  return {
    push: (value) => {
      if (size === array.length) {
        const larger = new make(2 * size)
        larger.set(array)
        array = larger
      }
      array[size++] = value
    },
    all: () => array.subarray(0, size) as T, // subarray keeps the kind of its array
  }
}
