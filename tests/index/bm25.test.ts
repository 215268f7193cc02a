import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WeightedTerm } from '../../src/core/ports.ts'
import { B, K1, makeWords } from '../../src/index/bm25.ts'
import { packPostings, unpackPostings } from '../../src/index/layout.ts'
import { COUNT_UNIT, collectPostings, findTerm, type Postings } from '../../src/index/postings.ts'

type Passages = readonly (readonly string[])[]

const postingsOf = (passages: Passages): Postings => {
  const collector = collectPostings()
  for (const words of passages) {
    const counts = new Map<string, number>()
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + COUNT_UNIT)
    collector.add(counts)
  }
  return collector.finish()
}

/** BM25 as the textbook has it, in double precision. */
const naive = (passages: Passages, terms: readonly WeightedTerm[]): number[] => {
  const mean = passages.reduce((sum, words) => sum + words.length, 0) / passages.length || 1
  return passages.map((words) => {
    let score = 0
    for (const { term, weight } of terms) {
      const n = passages.filter((other) => other.includes(term)).length
      const tf = words.filter((word) => word === term).length
      const idf = Math.log(1 + (passages.length - n + 0.5) / (n + 0.5))
      score += (weight * idf * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * words.length) / mean))
    }
    return score
  })
}

const word = fc.constantFrom('大连', '港', '企业', '2020', 'gdp', '𠀀', '\u0001大连', '', '企业家', '\ud800')
const passages = fc.array(fc.array(word, { maxLength: 12 }), { minLength: 1, maxLength: 12 })
const question = fc.array(fc.record({ term: word, weight: fc.constantFrom(1, 0.5, 2) }), { maxLength: 6 })

describe('search', () => {
  test('scores every passage as the textbook does, best first, and leaves out those that share no term', () => {
    fc.assert(
      fc.property(passages, question, (list, terms) => {
        const expected = naive(list, terms)
        const found = makeWords(postingsOf(list)).search(terms, list.length)
        expect(found.map(({ passage }) => passage).sort()).toEqual(
          expected.flatMap((score, passage) => (score > 0 ? [passage] : [])).sort(),
        )
        for (const { passage, score } of found) expect(score).toBeCloseTo(expected[passage] ?? -1, 4)
        for (const [i, { passage, score }] of found.entries()) {
          const next = found[i + 1]
          expect(!next || score > next.score || (score === next.score && passage < next.passage)).toBe(true)
        }
      }),
    )
  })

  test('gives the head of the full ranking, of the passages that are allowed', () => {
    fc.assert(
      fc.property(passages, question, fc.nat(8), fc.array(fc.boolean()), (list, terms, top, bits) => {
        const words = makeWords(postingsOf(list))
        const allow = Uint8Array.from(list, (_, i) => (bits[i] === true ? 1 : 0))
        const all = words.search(terms, list.length).filter(({ passage }) => allow[passage] === 1)
        expect(words.search(terms, top, allow)).toEqual(all.slice(0, top))
      }),
    )
  })

  test('of given passages gives the same scores', () => {
    fc.assert(
      fc.property(passages, question, (list, terms) => {
        const words = makeWords(postingsOf(list))
        const scores = words.score(terms, [...list.keys()])
        for (const { passage, score } of words.search(terms, list.length)) expect(scores[passage]).toBe(score)
      }),
    )
  })

  test('of nothing, for nothing, or for less than one is empty', () => {
    const words = makeWords(postingsOf([['大连']]))
    const terms = [{ term: '大连', weight: 1 }]
    expect(makeWords(postingsOf([])).search(terms, 5)).toEqual([])
    expect(words.search([], 5)).toEqual([])
    for (const top of [0, -1, Number.NaN]) expect(words.search(terms, top)).toEqual([])
    expect(words.search(terms, Number.POSITIVE_INFINITY)).toHaveLength(1)
  })
})

test('an unknown term is rarer than any known one, and found nowhere', () => {
  const words = makeWords(postingsOf([['大连', '港'], ['大连'], ['企业']]))
  expect(words.frequency('大连')).toBe(2)
  expect(words.frequency('沈阳')).toBe(0)
  expect(words.idf('沈阳')).toBeGreaterThan(words.idf('港'))
  expect(words.idf('港')).toBeGreaterThan(words.idf('大连'))
})

describe('postings', () => {
  test('come back from bytes as they were', () => {
    fc.assert(
      fc.property(passages, (list) => {
        const postings = postingsOf(list)
        const bytes = new Uint8Array(Buffer.concat([...packPostings(postings)]))
        expect(unpackPostings(bytes)).toEqual(postings)
      }),
    )
  })

  test('hold each term once, in order, with the passages that hold it', () => {
    fc.assert(
      fc.property(passages, (list) => {
        const postings = postingsOf(list)
        const terms = [...new Set(list.flat())].sort()
        expect(postings.ends).toHaveLength(terms.length)
        for (const [t, term] of terms.entries()) {
          expect(findTerm(postings, term)).toBe(t)
          const found = postings.passages.subarray(postings.starts[t], postings.starts[t + 1])
          expect([...found]).toEqual(list.flatMap((words, i) => (words.includes(term) ? [i] : [])))
        }
        expect(findTerm(postings, '不在')).toBe(-1)
      }),
    )
  })

  test('a term that stands a thousand times counts as often as a byte can say, and the length is whole', () => {
    const postings = postingsOf([Array<string>(1000).fill('港')])
    expect(postings.counts[0]).toBe(255)
    expect(postings.lengths[0]).toBe(1000 * COUNT_UNIT)
  })
})

test('between gives the terms from one on and before another, in order, each with its passages', () => {
  fc.assert(
    fc.property(passages, word, word, (list, from, before) => {
      const terms = [...new Set(list.flat())].filter((term) => from <= term && term < before).sort()
      const expected = terms.map((term) => ({
        term,
        passages: list.filter((words) => words.includes(term)).length,
      }))
      expect([...makeWords(postingsOf(list)).between(from, before)]).toEqual(expected)
    }),
  )
})
