import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { makeTranslate } from '../../src/ask/question/english.ts'
import type { Words } from '../../src/core/ports.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const table = () => Promise.reject(new Error('nothing English was asked'))
const translate = makeTranslate({ frequency: () => 0 } as unknown as Words, openSegmenter(), table)

describe('what is not English', () => {
  test.each(['大连有多少个5G基站', '5G', '2020', 'BMW卖了多少辆'])('stays: %s', async (question) =>
    expect(await translate(question)).toBe(question),
  )

  test('is told from it in no time, however it ends', async () => {
    const started = performance.now()
    for (let i = 0; i < 200; i++) await translate(`${'a'.repeat(499)}中`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
