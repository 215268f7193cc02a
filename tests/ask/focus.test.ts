import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Weighed } from '../../src/ask/extract/evidence.ts'
import { FOCUS, type Focusable, focus, focusWithin } from '../../src/ask/read/focus.ts'

const weighedOf = (sizes: readonly number[], weights: readonly number[]): readonly Weighed[] => {
  let at = 0
  return sizes.map((size, i) => {
    const start = at
    at += size
    return {
      start,
      end: at,
      words: 0,
      meaning: 0,
      kind: 0,
      thing: null,
      asks: false,
      weight: weights[i] ?? 0,
    }
  })
}
const sizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 })

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
          if (text.length <= FOCUS) {
            expect([start, end]).toEqual([0, text.length])
            return
          }
          expect(weighed.some((one) => one.start === start)).toBe(true)
          expect(weighed.some((one) => one.end === end)).toBe(true)
          const best = Math.max(...weighed.map(({ weight }) => weight))
          const inside = weighed.filter((one) => one.start >= start && one.end <= end)
          expect(Math.max(...inside.map(({ weight }) => weight))).toBe(best)
          expect(end - start <= FOCUS || inside.length === 1).toBe(true)
        },
      ),
    )
  })

  test('ends when the time is used up: the question counts with every passage, the first is always read', () => {
    const read = (question: number, size: number, count = 20) =>
      focusWithin(
        'q'.repeat(question),
        Array.from({ length: count }, (_, i) => ({
          text: String.fromCodePoint(0x4e00 + i).repeat(size),
          weighed: weighedOf([size], [1]),
        })),
      )
    expect(read(20, 60).size).toBe(5)
    expect([...read(20, 5000).values()]).toEqual([[0, 5000]])
    expect(read(20, 10, 4).size).toBe(4)
    expect(read(60, 60).size).toBe(3)
  })

  test('is read once of copies', () => {
    const [copy, other] = ['x', 'y'].map((one) => ({
      text: one.repeat(150),
      weighed: weighedOf([150], [1]),
    }))
    const parts = focusWithin(
      'q'.repeat(20),
      [copy, copy, copy, other].flatMap((one) => one ?? []),
    )
    expect([...parts.keys()]).toEqual([copy?.text, other?.text])
  })

  test('of a passage that fits only in part is its best sentence, with as much around it as there is room for', () => {
    const [long, other] = ['x', 'y'].map((one) => ({
      text: one.repeat(250),
      weighed: weighedOf([50, 50, 50, 50, 50], [0, 1, 0, 0, 0]),
    })) as [Focusable, Focusable]
    const rangesFor = (question: number) => [...focusWithin('q'.repeat(question), [long, other]).values()]
    expect(rangesFor(20)).toEqual([
      [0, 200],
      [0, 150],
    ])
    expect(rangesFor(60)).toEqual([
      [0, 200],
      [50, 100],
    ])
  })
})
