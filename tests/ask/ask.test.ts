import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { squeeze } from '../../src/core/ranges.ts'
import type { Answer, Extract } from '../../src/core/types.ts'
import { openSeeds, SEEDS } from './seeds.ts'

let desk: Awaited<ReturnType<typeof openSeeds>>
beforeAll(async () => {
  desk = await openSeeds()
}, 180_000)
afterAll(() => desk.close())

const ask = (question: string, more: object = {}): Promise<Answer> =>
  desk.ask({ question, history: [], top: 5, ...more })

/** Cut out of the file on disk, by nothing but the citation. */
const copied = ({ citation }: Extract): string => {
  const file = readFileSync(join(SEEDS, citation.file), 'utf8')
  return citation.ranges.map(([start, end]) => file.slice(start, end)).join('')
}

describe('an answer', () => {
  test('quotes the sentence that holds it, and marks the short answer in it', async () => {
    const answer = await ask('大连全年引进各类人才多少人')
    expect(answer.answered).toBe(true)
    expect(answer.extracts[0]?.text).toContain('引进各类人才40671人')
    expect(answer.answer?.text).toBe('40671人')
    const { text = '' } = answer.extracts[0] ?? {}
    expect(text.slice(answer.answer?.start, answer.answer?.end)).toBe('40671人')
  })

  test.each([
    ['traditional characters', '新建農業產業化聯合體幾家'],
    ['full width', '新建农业产业化联合体　几家？'],
    ['no question word', '新建 农业产业化联合体'],
  ])('is found for a question in %s', async (_, question) => {
    const { extracts } = await ask(question)
    expect(extracts.slice(0, 3).some(({ text }) => text.includes('新建农业产业化联合体7家'))).toBe(true)
  })

  test.each(['大连去年来了多少游客', '为什么外资企业青睐大连', '大连空气质量优良天数', '一季度瓦轴集团收入'])(
    'to %s shows no extract that an earlier one holds',
    async (question) => {
      const { extracts, nearest } = await ask(question, { top: 20 })
      for (const [i, { text, citation }] of [...extracts, ...nearest].entries()) {
        const before = [...extracts, ...nearest].slice(0, i)
        expect(before.some((one) => one.citation.url === citation.url && one.text.includes(text))).toBe(false)
      }
    },
  )

  test('to a question asked with courtesy, also after another, is that to the question', async () => {
    const plain = await ask('大连森林覆盖率是多少')
    const polite = await ask('你好，能不能告诉我大连森林覆盖率是多少？谢谢')
    expect(polite.extracts.map(({ text }) => text)).toEqual(plain.extracts.map(({ text }) => text))
    expect(polite.answer?.text).toBe(plain.answer?.text)
    const history = [{ question: '请问中国对虾放流多少尾' }]
    expect((await ask('请问牙片鱼呢', { history })).answer?.text).toBe('1240万尾')
  })

  test('is the same however often it is asked', async () => {
    const [first, second] = [await ask('瓦轴集团一季度收入涨了多少'), await ask('瓦轴集团一季度收入涨了多少')]
    expect({ ...second, id: first.id, timings: first.timings }).toEqual(first)
  })

  test('shows no more extracts than were asked for, numbered from 1, best first', async () => {
    const { extracts } = await ask('大连营商环境', { top: 3 })
    expect(extracts.length).toBeLessThanOrEqual(3)
    expect(extracts.map(({ n }) => n)).toEqual(extracts.map((_, i) => i + 1))
    expect(extracts.map(({ score }) => score)).toEqual(
      extracts.map(({ score }) => score).sort((a, b) => b - a),
    )
  })

  test('hands over each extract before it is complete', async () => {
    const seen: Extract[] = []
    const answer = await desk.ask(
      { question: '大连全年引进各类人才多少人', history: [], top: 5 },
      { onExtract: (extract) => seen.push(extract) },
    )
    expect(seen).toEqual(answer.extracts)
  })
})

describe('a refusal', () => {
  test.each([
    ['another city', '哈尔滨2020年一季度工业用电量增速', '哈尔滨'],
    ['another year', '大连2035年空气优良天数', '2035'],
    ['a place unheard of', '普兰店居全国百强县第几位', '普兰店'],
    ['a city by its officials', '哈尔滨市委书记是谁', '哈尔滨市委'],
    ['a person unheard of', '李佳琦在大连卖了多少货', '李佳琦'],
  ])('of a question about %s names what is missing and shows what is nearest', async (_, question, name) => {
    const answer = await ask(question)
    expect(answer).toMatchObject({
      answered: false,
      reason: 'nothing_found',
      answer: null,
      extracts: [],
      missing: [name],
    })
    expect(answer.nearest.length).toBeGreaterThan(0)
  })

  test('is the reply to what the articles do not speak of', async () => {
    const answer = await ask('怎样用面粉和酵母烤出松软的吐司')
    expect(answer).toMatchObject({ answered: false, reason: 'not_sure', extracts: [] })
  })

  test.each([
    '恒力炼化码头的照片是谁拍的',
    '大连机场的照片出自谁手',
    '瓦轴集团的董事长叫什么名字',
    '谁设计了大连港',
  ])('is the reply to %s, unless a name answers it', async (question) => {
    const { answered, answer } = await ask(question)
    expect(answered).toBe(answer !== null)
  })

  test.each(['？？？', '。', '👩‍👩‍👧', '[SEP]', '\u200b', 'aaaa'])(
    '%j is answered or refused, never an error',
    async (question) => {
      expect(typeof (await ask(question)).answered).toBe('boolean')
    },
  )
})

describe('every extract', () => {
  test('equals its ranges of the file on disk but for white space, whatever is asked', async () => {
    const text = readFileSync(join(SEEDS, '004_f92b6a9021454dd3.txt'), 'utf8')
    for (let at = 0; at < text.length; at += 350) {
      const answer = await ask(text.slice(at, at + 40).replace(/[\s\p{Cc}]/gu, '') || '大连')
      for (const extract of [...answer.extracts, ...answer.nearest]) {
        expect(squeeze(extract.text)).toBe(squeeze(copied(extract)))
      }
    }
  }, 60_000)
})

describe('filters', () => {
  test('by date leave out articles that have none or another', async () => {
    const { hits } = await desk.search({
      question: '大连',
      history: [],
      top: 100,
      from: '2020-09-01',
      to: '2020-09-30',
    })
    expect(hits.length).toBeGreaterThan(0)
    for (const { citation } of hits) expect(citation.date).toMatch(/^2020(-09(-\d\d)?)?$/)
  })

  test('by source match the file name, byline or source', async () => {
    const { hits } = await desk.search({ question: '大连', history: [], top: 100, source: '003_' })
    expect(hits.length).toBeGreaterThan(0)
    for (const { citation } of hits) expect(citation.file).toContain('003_')
  })
})

describe('search', () => {
  test('says which words and how near a meaning led to a passage', async () => {
    const { hits } = await desk.search({ question: '瓦轴集团一季度收入涨了多少', history: [], top: 1 })
    expect(hits[0]?.why.words).toContain('瓦轴')
    expect(hits[0]?.why.meaning).toBeGreaterThan(0.4)
  })

  test('puts first what the reader finds told there, where words and meaning lean to another passage', async () => {
    const query = { question: '老旧小区改造能让多少户人家受益', history: [], top: 20 }
    const { hits } = await desk.search(query)
    expect(hits[0]?.text).toContain('34911户')
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a))
  })
})

describe('a question with a word typed by its sound', () => {
  test('is answered as it was meant, and says how it was understood', async () => {
    const answer = await ask('大连森林复盖率是多少')
    expect(answer).toMatchObject({
      understoodAs: '大连森林覆盖率是多少',
      answered: true,
      answer: { text: '41.5%' },
    })
  })

  test('finds what it means in a search', async () => {
    const { hits } = await desk.search({ question: '森林复盖率', history: [], top: 1 })
    expect(hits[0]?.text).toContain('森林覆盖率达41.5%')
    expect(hits[0]?.why.words).toContain('覆盖率')
  })
})

describe('a question about this year', () => {
  test.each(['今年要改造多少老旧小区', '今年计划改造多少老旧小区', '大连今年改造老旧小区多少个'])(
    'is of 2020 in an article that tells no other year: %s',
    async (question) => expect((await ask(question)).answer?.text).toBe('76个'),
  )
})

describe('a question about another city', () => {
  test('a word that the dictionary takes for a name is not called missing', async () => {
    expect((await ask('大连谁在企业和银行中间当和事佬')).missing).toBe(undefined)
  })

  test('a place that stands without 市 is not called missing', async () => {
    expect((await ask('沈阳市今年新增市场主体多少户')).missing).toBe(undefined)
    expect((await ask('哈尔滨市今年新增市场主体多少户')).missing).toEqual(['哈尔滨市'])
  })

  test.each(['沈阳新认定高新技术企业多少家', '鞍山先后组织多少名医护人员驰援湖北'])(
    'is not answered with what is told of this one, though the articles name it somewhere: %s',
    async (question) => {
      expect((await ask(question)).answered).toBe(false)
      expect((await ask(question.replace(/^../, '大连'))).answered).toBe(true)
    },
  )
})

describe('an English question', () => {
  test.each([
    [
      "How many jobs were on offer in Dalian's 2020 graduate recruitment month?",
      '岗位提供大连2020毕业生多少',
      '2.8万余个',
    ],
    ['How many talents did Dalian introduce in the whole year?', '人才大连引进全年多少', '40671人'],
    ['How many nature reserves does Dalian have?', '自然保护区大连多少', '11个'],
    ['How many 5G base stations were built in Dalian?', '5g基站大连多少', '5399个'],
  ])('is searched for in words of the articles: %s', async (question, understoodAs, text) => {
    const answer = await ask(question)
    expect(answer).toMatchObject({ question, understoodAs, answered: true, answer: { text } })
  })

  test('about a city that stands in no article is refused and names it', async () => {
    const answer = await ask('How many airports does Harbin have?')
    expect(answer).toMatchObject({ answered: false, missing: ['哈尔滨'] })
  })

  test('stays as it is when the dictionary has less than half of its words', async () => {
    const answer = await ask('How do I bake sourdough bread?')
    expect(answer.answered).toBe(false)
    expect(answer.understoodAs).toBe(undefined)
  })

  test('is not one that is Chinese but for a name', async () => {
    expect((await ask('大连今年要建多少5G base station')).understoodAs).toBe(undefined)
  })
})
