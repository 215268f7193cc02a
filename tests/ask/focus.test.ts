import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Weighed } from '../../src/ask/evidence.ts'
import { focus, withinBudget } from '../../src/ask/focus.ts'

const weighedOf = (sizes: readonly number[], weights: readonly number[]): readonly Weighed[] => {
  let at = 0
  return sizes.map((size, i) => {
    const start = at
    at += size
    return { start, end: at, words: 0, meaning: 0, kind: 0, thing: null, weight: weights[i] ?? 0 }
  })
}
const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 12 })

describe('what the reader gets of a passage', () => {
  test('is whole sentences, the best among them, and no more than fits unless one alone is longer', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.array(fc.float({ min: 0, max: 3, noNaN: true }), { minLength: 12 }),
        (each, weights) => {
          const weighed = weighedOf(each, weights)
          const text = 'x'.repeat(each.reduce((sum, size) => sum + size, 0))
          const [start, end] = focus(text, weighed)
          if (text.length <= 120) {
            expect([start, end]).toEqual([0, text.length])
            return
          }
          expect(weighed.some((one) => one.start === start)).toBe(true)
          expect(weighed.some((one) => one.end === end)).toBe(true)
          const best = Math.max(...weighed.map(({ weight }) => weight))
          const inside = weighed.filter((one) => one.start >= start && one.end <= end)
          expect(Math.max(...inside.map(({ weight }) => weight))).toBe(best)
          expect(end - start <= 120 || inside.length === 1).toBe(true)
        },
      ),
    )
  })

  test('ends when the time is used up, and is two passages at least', () => {
    const parts = (size: number, count: number) => Array.from({ length: count }, () => [0, size] as const)
    expect(withinBudget(parts(60, 20))).toHaveLength(4)
    expect(withinBudget(parts(5000, 20))).toHaveLength(2)
    expect(withinBudget(parts(10, 4))).toHaveLength(4)
  })
})
