import { describe, expect, test } from 'vitest'
import { warm } from '../../src/cli/warm.ts'
import type { Desk } from '../../src/core/ports.ts'

/** As much of a desk as is asked before anybody else asks. */
const deskOf = (
  titles: readonly (string | null)[],
  ask: (question: string, signal?: AbortSignal) => Promise<void>,
) =>
  ({
    generation: { articles: titles.map((title) => ({ title })) },
    ask: ({ question }: { question: string }, options: { signal?: AbortSignal } = {}) =>
      ask(question, options.signal),
  }) as unknown as Desk

describe('warming up', () => {
  test('asks a mistyped question, eight kinds about the titles of the articles that are served, and one in English', async () => {
    const asked: string[] = []
    await warm(deskOf([null, '甲', '乙', '丙'], async (question) => void asked.push(question)))
    expect(asked).toHaveLength(10)
    expect(asked[9]).toMatch(/^[A-Za-z ]+$/)
    expect(asked.slice(1, 5)).toEqual(['甲有多少', '乙是谁', '丙是什么时候', '甲為什麼'])
  })

  test('asks without titles where no article has one', async () => {
    const asked: string[] = []
    await warm(deskOf([null], async (question) => void asked.push(question)))
    expect(asked).toContain('有多少')
  })

  test('never fails: a model that is down is told elsewhere', async () => {
    await warm(deskOf(['甲'], () => Promise.reject(new Error('the model is down'))))
  })

  test('gives up on a model that does not come', async () => {
    const began = performance.now()
    await warm(
      deskOf(
        ['甲', '乙'],
        (_, signal) =>
          new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      ),
    )
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
