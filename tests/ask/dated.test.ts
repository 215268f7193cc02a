import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDated } from '../../src/ask/find/dated.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { openFolder } from './seeds.ts'

const segmenter = openSegmenter()

const REST = '主席同总理举行会谈，双方将在港口建设方面继续合作。会谈后，双方签署多份文件。'
const DATES = ['2017-11-05', '2018-03-20', '2018-08-02', '2020-08-09']

describe('of articles that tell alike, a question that names a time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-dated-'))
  let desk: Awaited<ReturnType<typeof openFolder>>
  beforeAll(async () => {
    const rows = [
      ...DATES.map((date, i) => ({
        title: '会谈',
        date,
        text: `${REST}这是第${'一二三四'.charAt(i)}次会谈。`,
      })),
      { title: '会谈', text: `${REST}这是又一次会谈。` },
      { title: '回顾', date: '2020-01-04', text: `回顾2018年，${REST}` },
    ]
    writeFileSync(join(folder, 'talks.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
    desk = await openFolder(folder)
  }, 180_000)
  afterAll(async () => {
    await desk.close()
    rmSync(folder, { recursive: true })
  })
  const datesFor = async (question: string) =>
    (await desk.search({ question, history: [], top: 6 })).hits
      .filter(({ citation }) => citation.title === '会谈')
      .map(({ citation }) => citation.date)

  test.each(['18年8月总理和主席谈了啥', '总理和主席谈了什么 2018年8月', '二零一八年八月总理和主席谈了什么'])(
    '%s finds that of the month first, of another year last',
    async (question) => {
      const dates = await datesFor(question)
      expect(dates[0]).toBe('2018-08-02')
      expect(dates.slice(-2).sort()).toEqual(['2017-11-05', '2020-08-09'])
    },
  )

  test.each([
    ['2018年夏天', '2018-08-02'],
    ['2018年春', '2018-03-20'],
    ['18年春季', '2018-03-20'],
  ])('%s is of the months that people mean by it', async (time, date) =>
    expect((await datesFor(`${time}总理和主席谈了什么`))[0]).toBe(date),
  )

  test('an article that tells of the year counts as one of it, and one without a date neither for nor against', () => {
    const dated = makeDated(desk.generation, segmenter)('2018年8月谈了什么')
    const worth = new Map(
      desk.generation.passages.map(({ article }, passage) => [
        desk.generation.articles[article]?.date ?? 'none',
        dated(passage),
      ]),
    )
    expect(worth).toEqual(
      new Map<string, number>([
        ['2017-11-05', -1],
        ['2018-03-20', 1],
        ['2018-08-02', 2.5],
        ['2020-08-09', -1],
        ['2020-01-04', 1],
        ['none', 0],
      ]),
    )
  })

  test.each([
    '2018年长春的会谈',
    '2018年春秋航空会谈',
    '2018年夏威夷会谈',
    '2018年初中生会谈',
    '2018年关于会谈',
    '2018年张国庆会谈',
    '2018年五一路会谈',
    '2018年1至8月会谈',
  ])('%s names no month', (question) => {
    const dated = makeDated(desk.generation, segmenter)(question)
    expect(Math.max(...desk.generation.passages.map((_, passage) => dated(passage)))).toBe(1)
  })

  test('the January after speaks neither for nor against', () => {
    const dated = makeDated(desk.generation, segmenter)('2019年12月谈了什么')
    const january = desk.generation.articles.findIndex(({ date }) => date === '2020-01-04')
    const of = desk.generation.passages.findIndex(({ article }) => article === january)
    expect(dated(of)).toBe(0)
  })

  test.each(['总理和主席谈了什么', '去年总理和主席谈了什么', '2018年和2020年谈的一样吗'])(
    '%s, of no one year, prefers none',
    (question) => {
      const dated = makeDated(desk.generation, segmenter)(question)
      expect(desk.generation.passages.map((_, passage) => dated(passage))).toEqual(Array(6).fill(0))
    },
  )
})
