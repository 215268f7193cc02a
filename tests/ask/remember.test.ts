import { describe, expect, test } from 'vitest'
import { remember } from '../../src/ask/remember.ts'
import type { Answer, Extract, Query } from '../../src/core/types.ts'

const extract = { n: 1, text: '一句。' } as Extract
const query = (question: string, more: Partial<Query> = {}): Query => ({
  question,
  history: [],
  top: 5,
  ...more,
})

const counting = (degraded?: Answer['degraded']) => {
  const asked: string[] = []
  const ask = remember(async ({ question }, options) => {
    asked.push(question)
    options?.onExtract?.(extract)
    return {
      id: `${asked.length}`,
      question,
      extracts: [extract],
      ...(degraded ? { degraded } : {}),
    } as unknown as Answer
  })
  return { ask, asked }
}

describe('a question asked again', () => {
  test('is answered from memory, streamed again, under an id of its own', async () => {
    const { ask, asked } = counting()
    const first = await ask(query('问'))
    const heard: Extract[] = []
    const second = await ask(query('问'), { onExtract: (each) => heard.push(each) })
    expect(asked).toEqual(['问'])
    expect(heard).toEqual([extract])
    expect({ ...second, id: first.id, timings: first.timings }).toEqual(first)
    expect(second.id).not.toBe(first.id)
  })

  test('under other limits is another question', async () => {
    const { ask, asked } = counting()
    for (const more of [{}, { top: 3 }, { from: '2020-01-01' }, { to: '2020-01-01' }, { source: '日报' }])
      await ask(query('问', more))
    expect(asked).toHaveLength(5)
  })

  test('is looked for again when a part was down the first time', async () => {
    const { ask, asked } = counting(['reader'])
    await ask(query('问'))
    await ask(query('问'))
    expect(asked).toHaveLength(2)
  })

  test('is forgotten when five hundred others came after it', async () => {
    const { ask, asked } = counting()
    await ask(query('问'))
    for (let i = 0; i < 500; i++) await ask(query(`问${i}`))
    await ask(query('问'))
    expect(asked).toHaveLength(502)
  })
})
