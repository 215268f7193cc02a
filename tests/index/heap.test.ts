import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeBest } from '../../src/index/heap.ts'

test('the best are those that a full sort puts first, ties by passage number', () => {
  const scores = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true })), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(scores, fc.integer({ min: 1, max: 70 }), (list, size) => {
      const best = makeBest(size)
      for (const [passage, score] of list.entries()) best.offer(passage, score)
      const all = list.map((score, passage) => ({ passage, score }))
      expect(best.sorted()).toEqual(
        all.sort((a, b) => b.score - a.score || a.passage - b.passage).slice(0, size),
      )
    }),
  )
})

test('what least() lets through is all that can be kept', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 5 }), (list, size) => {
      const [all, some] = [makeBest(size), makeBest(size)]
      for (const [passage, score] of list.entries()) {
        all.offer(passage, score)
        // later passages lose ties, so an equal score need not be offered
        if (score > some.least()) some.offer(passage, score)
      }
      expect(some.sorted()).toEqual(all.sorted())
    }),
  )
})
