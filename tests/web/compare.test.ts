import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Extract } from '../../src/core/types.ts'
import { compare } from '../../web/compare.ts'
import { surenessOf } from '../../web/sureness.ts'

const extract = (n: number, text: string, date: string | null = null, articleId = `a-${n}`): Extract => ({
  n,
  text,
  score: 0.9,
  citation: {
    articleId,
    title: null,
    date,
    byline: null,
    source: null,
    file: `${n}.txt`,
    fileId: '0123456789abcdef',
    fileSha256: '',
    ranges: [[0, text.length]],
    paragraph: 1,
    url: `/articles/${articleId}#p1`,
  },
})

const answering = (short: string | null, ...extracts: Extract[]): Pick<Answer, 'answer' | 'extracts'> => {
  const start = short === null ? -1 : (extracts[0]?.text.indexOf(short) ?? -1)
  const answer = short === null ? null : { text: short, extract: 1, start, end: start + short.length }
  return { answer, extracts }
}

const sameOf = (given: Pick<Answer, 'answer' | 'extracts'>) => Object.fromEntries(compare(given).same)
const figuresOf = (given: Pick<Answer, 'answer' | 'extracts'>) =>
  compare(given).differing.map(({ text, extracts }) => [text, ...extracts.map(({ n }) => n)])

describe('extracts that say the same', () => {
  test('a sentence that stands in two articles, however it is set', () => {
    const one = extract(1, '全市大中型水库 168座已安装监测设备。另外还有别的。')
    const two = extract(2, '据介绍。全市大中型水库１６８座已安装监测设备。')
    expect(sameOf(answering(null, one, two))).toEqual({ 1: [2], 2: [1] })
  })

  test('the short answer standing in the extract of another article', () => {
    const one = extract(1, '新馆藏书318,200册。')
    const two = extract(2, '据馆方统计，藏书已有318200册之多。')
    expect(sameOf(answering('318,200册', one, two))).toEqual({ 1: [2], 2: [1] })
  })

  test('not a number within a longer number, nor a word too short to mean anything', () => {
    expect(sameOf(answering('10人', extract(1, '到会10人。'), extract(2, '到会310人。')))).toEqual({})
    expect(sameOf(answering('1.5', extract(1, '达1.5'), extract(2, '达1.55')))).toEqual({})
    expect(sameOf(answering('是', extract(1, '是。'), extract(2, '是。')))).toEqual({})
  })

  test('not a plan and its report, nor another year; a month and a day of the report do not matter', () => {
    const report = extract(1, '全市已建成基站5399个。')
    for (const [other, same] of [
      ['全市计划新建基站5399个。', false],
      ['预计到年底，基站将达5399个。', false],
      ['全市拟建基站5399个。', false],
      ['据将军石镇统计，基站有5399个。', true],
      ['到去年底，基站有5399个，增长5%。', true],
    ] as const)
      expect(sameOf(answering('5399个', report, extract(2, other))), other).toEqual(
        same ? { 1: [2], 2: [1] } : {},
      )
    const plans = [extract(1, '全市计划新建基站5399个。'), extract(2, '今年拟建基站5399个，都在郊区。')]
    expect(sameOf(answering('5399个', ...plans))).toEqual({ 1: [2], 2: [1] })
    const dated = (when: string) => extract(2, `${when}统计，注册481万人。`)
    const asked = extract(1, '记者2020年5月6日获悉，已有481万人注册。')
    expect(sameOf(answering('481万人', asked, dated('2019年')))).toEqual({})
    expect(sameOf(answering('481万人', asked, dated('2020年5月9日')))).toEqual({ 1: [2], 2: [1] })
  })

  test('not two extracts of one article', () => {
    const text = '全市大中型水库168座已安装监测设备。'
    expect(sameOf(answering(null, extract(1, text, null, 'a'), extract(2, text, null, 'a')))).toEqual({})
  })
})

describe('figures that differ', () => {
  const may = extract(1, '截至五月，全市共有公共图书馆12座，比去年多。', '2021-05')
  const june = extract(2, '全市共有公共图书馆13座。', '2022-06-01')

  test('are set side by side, the latest first, when two articles give them for the same thing', () => {
    const third = extract(3, '全市共有公共图书馆12座，全部免费。', '2021-07')
    expect(figuresOf(answering('12座', may, june, third))).toEqual([
      ['13座', 2],
      ['12座', 3, 1],
    ])
  })

  test('are none when the figure is the same, of another unit, of another thing or of the same article', () => {
    for (const other of [
      extract(2, '全市共有公共图书馆１２座。'),
      extract(2, '全市共有公共图书馆员13人。'),
      extract(2, '县里去年修了桥梁13座，都已通车。'),
      extract(2, '全市共有公共图书馆13座。', null, 'a-1'),
    ])
      expect(figuresOf(answering('12座', may, other))).toEqual([])
  })

  test('are none when the answer is no single figure, or when there is none', () => {
    expect(figuresOf(answering('公共图书馆', may, june))).toEqual([])
    expect(figuresOf(answering(null, may, june))).toEqual([])
    expect(compare({ answer: null, extracts: [] })).toEqual({ same: new Map(), differing: [] })
  })

  test('any text is compared in time, and same is mutual', () => {
    const text = fc.string({
      unit: fc.constantFrom('馆', '1', '2', '座', '，', '。', '.', ','),
      maxLength: 60,
    })
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { same } = compare(answering(a.slice(0, 4) || null, extract(1, a), extract(2, b)))
        expect(same.has(1)).toBe(same.has(2))
      }),
    )
    const started = performance.now()
    for (const unit of ['1', ',', '1,', '万', ' '])
      compare(answering('12座', may, extract(2, unit.repeat(20_000))))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

test('the words for how sure an answer is follow from the tenths that are shown', () => {
  expect([0, 0.44, 0.66, 0.84, 0.86, 1].map(surenessOf)).toEqual([
    { band: 'unsure', tenths: 1 },
    { band: 'unsure', tenths: 4 },
    { band: 'fairly', tenths: 7 },
    { band: 'fairly', tenths: 8 },
    { band: 'sure', tenths: 9 },
    { band: 'sure', tenths: 9 },
  ])
})
