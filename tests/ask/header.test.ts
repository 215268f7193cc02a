import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedHeader } from '../../src/ask/header.ts'
import { squeeze } from '../../src/core/ranges.ts'
import { openSeeds } from './seeds.ts'

describe('what is asked about an article', () => {
  test.each([
    ['《风雨无阻立潮头》是谁写的？', 'author', '风雨无阻立潮头'],
    ['风雨无阻立潮头这篇报道的记者是谁', 'author', '风雨无阻立潮头'],
    ['请问这篇文章的作者叫什么名字', 'author', ''],
    ['题为“迎难而上显担当”的文章由哪位记者采写', 'author', '迎难而上显担当'],
    ['龙头一企一策小微加减相宜 发布日期', 'date', '龙头一企一策小微加减相宜'],
    ['龙头一企一策，小微加减相宜是哪天见报的', 'date', '龙头一企一策小微加减相宜'],
  ])('%s', (question, wanted, title) => {
    expect(askedHeader(question)).toEqual({ wanted, title })
  })

  test.each([
    '大连市长是谁',
    '谁向记者介绍了情况',
    '新地铁什么时候通车',
    '发布会上说了什么',
    '这条路是谁修的',
  ])('is not asked by %s', (question) => {
    expect(askedHeader(question)).toBe(null)
  })

  test('is found in any text without an error', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void askedHeader(text)))
  })
})

describe('the head of an article', () => {
  let desk: Awaited<ReturnType<typeof openSeeds>>
  beforeAll(async () => {
    desk = await openSeeds()
  }, 120_000)
  afterAll(() => desk.close())
  const ask = (question: string, history: string[] = []) =>
    desk.ask({ question, history: history.map((before) => ({ question: before })), top: 5 })

  test.each([
    ['a line of its own', '《风雨无阻立潮头》是谁写的', '吕丽', '风雨无阻立潮头本报记者吕丽'],
    ['a date line', '龙头一企一策小微加减相宜 发布日期', '2020-09-08', '龙头一企一策小微加减相宜2020-09-08'],
  ])('answers from %s, word for word with the title', async (_, question, answer, text) => {
    const { answered, answer: short, extracts } = await ask(question)
    expect({ answered, short: short?.text, text: extracts[0]?.text }).toEqual({
      answered: true,
      short: answer,
      text: expect.stringContaining(text),
    })
    const { citation } = extracts[0] ?? expect.fail('an extract is missing')
    const file = desk.generation.files.findIndex(({ id }) => id === citation.fileId)
    const source = citation.ranges.map(([start, end]) => desk.generation.fileText(file, start, end)).join('')
    expect(squeeze(source)).toBe(squeeze(extracts[0]?.text ?? ''))
  })

  test('answers from the sentence that names the reporter', async () => {
    const { answer, extracts } = await ask('老旧小区改造惠及3万余户居民这篇新闻是谁报道的')
    expect(answer?.text).toBe('吕丽')
    expect(extracts[0]?.text).toContain('记者吕丽报道')
  })

  test('is that of the article answered from before', async () => {
    const reply = await ask('这篇文章是谁写的', ['瓦轴一季度收入涨了多少'])
    expect(reply).toMatchObject({ understoodAs: '《迎难而上显担当》是谁写的', answer: { text: '侯国政' } })
  })

  test('that tells no date is no answer, nor is what the article says of years', async () => {
    const reply = await ask('大连双轮驱动加速工业经济提质增效什么时候发布的')
    expect(reply).toMatchObject({ answered: false, reason: 'not_sure' })
  })

  test('of an article that is not there is no answer', async () => {
    expect((await ask('《平凡的世界》是谁写的')).answered).toBe(false)
  })
})
