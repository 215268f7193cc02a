import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedHeader } from '../../src/ask/question/asked-header.ts'
import { squeeze } from '../../src/core/ranges.ts'
import type { Extract } from '../../src/core/types.ts'
import { openFolder, openSeeds } from './seeds.ts'

type Opened = Awaited<ReturnType<typeof openSeeds>>

/** The law: the ranges, which do not overlap, equal the extract without white space. */
const expectVerbatim = (desk: Opened, { text, citation }: Extract): void => {
  const file = desk.generation.files.findIndex(({ id }) => id === citation.fileId)
  const source = citation.ranges.map(([start, end]) => desk.generation.fileText(file, start, end)).join('')
  expect(squeeze(source)).toBe(squeeze(text))
  const sorted = [...citation.ranges].sort(([a], [b]) => a - b)
  for (const [i, [start]] of sorted.entries()) expect(start).toBeGreaterThanOrEqual(sorted[i - 1]?.[1] ?? 0)
}

describe('what is asked about an article', () => {
  test.each([
    ['《风雨无阻立潮头》是谁写的？', 'author', '风雨无阻立潮头', false],
    ['《風雨無阻立潮頭》是誰寫的', 'author', '风雨无阻立潮头', false],
    ['风雨无阻立潮头这篇报道的记者是谁', 'author', '风雨无阻立潮头', true],
    ['题为“迎难而上显担当”的文章由哪位记者采写', 'author', '迎难而上显担当', true],
    ['龙头一企一策小微加减相宜 发布日期', 'date', '龙头一企一策小微加减相宜', true],
    ['龙头一企一策，小微加减相宜是哪天见报的', 'date', '龙头一企一策小微加减相宜', true],
    ['《迎难而上显担当》这篇纪实的记者是谁', 'author', '迎难而上显担当', true],
    ['大连港深度报道是谁写的', 'author', '大连港深度报道', true],
  ])('%s', (question, wanted, title, isMeant) => {
    expect(askedHeader(question)).toMatchObject({ wanted, isMeant, titles: expect.arrayContaining([title]) })
  })

  test.each([
    '请问这篇文章的作者叫什么名字',
    '该报道的记者是谁',
    '本文作者是谁',
    '那篇报道什么时候发布的',
    '记者是谁',
  ])('may point at one: %s', (question) => {
    expect(askedHeader(question)?.titles).toEqual([])
  })

  test.each([
    '大连市长是谁',
    '谁向记者介绍了情况',
    '新地铁什么时候通车',
    '发布会上说了什么',
    '这条路是谁修的',
    '沈阳地铁五号线开通日期是哪天',
  ])('is not asked by %s', (question) => {
    expect(askedHeader(question)).toBe(null)
  })

  test('is looked for in any text without an error, and in no time', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void askedHeader(text)))
    const started = performance.now()
    for (const part of ['的', ' ', '这篇', '报道', '谁写的', '发布日期', '《'])
      askedHeader(part.repeat(500 / part.length))
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('the head of an article of the seeds', () => {
  let desk: Opened
  beforeAll(async () => {
    desk = await openSeeds()
  }, 120_000)
  afterAll(() => desk.close())
  const ask = (question: string, history: string[] = []) =>
    desk.ask({ question, history: history.map((before) => ({ question: before })), top: 5 })

  test.each([
    ['a line of its own', '《风雨无阻立潮头》是谁写的', '吕丽', '风雨无阻立潮头 本报记者 吕丽'],
    [
      'a date line',
      '龙头一企一策小微加减相宜 发布日期',
      '2020-09-08',
      '龙头一企一策小微加减相宜 2020-09-08 09:21:24',
    ],
  ])('answers from %s, word for word with the title', async (_, question, answer, text) => {
    const reply = await ask(question)
    expect(reply).toMatchObject({ answered: true, answer: { text: answer }, extracts: [{ text }] })
    for (const extract of reply.extracts) expectVerbatim(desk, extract)
  })

  test('answers from the sentence that names the reporter', async () => {
    const { answer, extracts } = await ask('老旧小区改造惠及3万余户居民这篇新闻是谁报道的')
    expect(answer?.text).toBe('吕丽')
    expect(extracts[0]?.text).toContain('记者吕丽报道')
  })

  test.each(['这篇文章是谁写的', '该报道的记者是谁', '那么这篇文章是谁写的'])(
    'is that of the article answered from before: %s',
    async (question) => {
      const reply = await ask(question, ['瓦轴一季度收入涨了多少'])
      expect(reply.understoodAs).toMatch(/^《迎难而上显担当》/)
      expect(reply.answer?.text).toBe('侯国政')
    },
  )

  test.each([
    ['瓦轴集团工人赶订单的那张新闻照片是谁拍的', '鞠家田', '瓦轴集团工人抓紧生产，赶制订单产品。 鞠家田 摄'],
    [
      '谁拍了大连机场指导旅客填报健康申明卡的照片',
      '王瑾',
      '大连机场工作人员指导旅客填报健康申明卡。 王瑾 摄',
    ],
  ])('tells below its caption who took a picture: %s', async (question, answer, text) => {
    const reply = await ask(question)
    expect(reply).toMatchObject({ answered: true, answer: { text: answer }, extracts: [{ text }] })
    for (const extract of reply.extracts) expectVerbatim(desk, extract)
  })

  test('tells of no picture that no caption speaks of', async () => {
    expect((await ask('大连港的照片是谁拍的')).answered).toBe(false)
  })

  test('of an article that is not there is no answer', async () => {
    expect((await ask('《平凡的世界》是谁写的')).answered).toBe(false)
  })
})

describe('the head of an article of any folder', () => {
  const FILES: Record<string, string> = {
    'dated.txt':
      '2020年5月12日丹东市疫情通报\n2020-05-12\n\n日本首相十二日访问了丹东，丹东市通报了疫情的情况。\n丹东市没有新增病例。\n',
    'two.txt':
      '沈阳地铁五号线开通运营\n本报记者 吕 丽 王荣琦\n\n沈阳地铁五号线的开通日期是2023年3月17日，全线设站十八座，每天开行二百列。\n市民纷纷前去乘坐，都说很方便。\n',
    'book.txt':
      '钢铁是怎样炼成的\n本报记者 张明\n\n《钢铁是怎样炼成的》是奥斯特洛夫斯基写的，出版于1933年，至今仍有读者。\n锦州图书馆为这本书办了展览。\n',
    'photo.txt':
      '营口港迎来首班中欧班列\n新华社记者王伟摄影报道\n\n五月的营口港一派繁忙，首班中欧班列从这里驶出，开往欧洲。\n班列装有五十个集装箱。\n',
    'editor.txt':
      '盘锦红海滩迎来候鸟\n责任编辑：赵一\n\n盘锦红海滩湿地本周迎来五万只候鸟，比去年多了两成。\n游客可以在栈道上观看。\n',
    'same.jsonl': [
      { title: '一周要闻简报', byline: '记者赵一', text: '抚顺本周新开了三家书店，读者很多。' },
      { title: '一周要闻简报', byline: '记者钱二', text: '铁岭本周新栽了两万棵树，市民都来帮忙。' },
      {
        title: '本溪水洞全年接待游客百万',
        byline: '李明',
        date: '2020-05-12',
        text: '韩国的李明博曾到访本溪水洞。本溪水洞全年接待游客一百万人次。',
      },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  }
  let folder: string
  let desk: Opened
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chuchu-heads-'))
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
    desk = await openFolder(folder)
  }, 120_000)
  afterAll(async () => {
    await desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ask = (question: string) => desk.ask({ question, history: [], top: 5 })

  test.each([
    ['沈阳地铁五号线开通运营这篇报道的记者是谁', '吕丽 王荣琦'],
    ['《营口港迎来首班中欧班列》是哪位记者采写的', '王伟'],
    ['《2020年5月12日丹东市疫情通报》发布日期', '2020-05-12'],
  ])('%s: %s', async (question, answer) => {
    const reply = await ask(question)
    expect(reply.answer?.text).toBe(answer)
    for (const extract of reply.extracts) expectVerbatim(desk, extract)
  })

  test('has less to say than a text that tells who wrote the book of the same name', async () => {
    expect((await ask('《钢铁是怎样炼成的》是谁写的')).answer?.text).toBe('奥斯特洛夫斯基')
    expect((await ask('《钢铁是怎样炼成的》这篇报道是谁写的')).answer?.text).toBe('张明')
  })

  test('is not asked for by what its title speaks of', async () => {
    expect((await ask('沈阳地铁五号线开通日期是哪天')).answer?.text).toBe('2023年3月17日')
  })

  test.each([
    ['an editor', '盘锦红海滩迎来候鸟这篇新闻的记者是谁', '赵一'],
    ['one of two articles of a name', '一周要闻简报的记者是谁', '赵一'],
    ['a field that stands nowhere in the text', '本溪水洞全年接待游客百万这篇报道的作者是谁', '李明'],
  ])('does not answer with %s', async (_, question, wrong) => {
    const { answer } = await ask(question)
    expect(answer?.text ?? '').not.toBe(wrong)
  })
})
