import { describe, expect, test } from 'vitest'
import { understand } from '../../src/ask/question/question.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { isWord } from '../../src/text/words.ts'

const segmenter = openSegmenter()
const words = (question: string): string[] =>
  understand(question, segmenter)
    .terms.map(({ term }) => term)
    .filter(isWord)

describe('the type of a question', () => {
  test.each([
    ['今年新增幼儿园几所', 'number'],
    ['投了多少钱', 'number'],
    ['啥时候通车', 'when'],
    ['哪天开的会', 'when'],
    ['这篇报道是谁写的', 'who'],
    ['以哪里为核心', 'where'],
    ['产业集群有哪些', 'list'],
    ['为什么看好大连', 'why'],
    ['费率怎么调的', 'how'],
    ['水都达标了吗', 'yesno'],
    ['那套规矩叫什么', 'what'],
    ['How many jobs were on offer?', 'number'],
    ['大连 旅游总收入', 'number'],
    ['美国武器出口 全球份额 2019-2023', 'number'],
    ['绿色贷款同比增速', 'number'],
    ['大连 旅游 收入 情况', 'other'],
    ['这座桥是哪个年代修的', 'when'],
    ['哪一段时间最忙', 'when'],
    ['要多长时间', 'number'],
    ['最高气温几度', 'number'],
    ['那几个城市获奖了', 'list'],
    ['支援湖北的那546名医护是哪天回来的', 'when'],
    ['台风过去的那几天下了多少雨', 'number'],
    ['那几天船受啥影响', 'what'],
    ['这笔钱花在什么地方', 'what'],
  ])('%s → %s', (question, type) => {
    expect(understand(question, segmenter).type).toBe(type)
  })
})

describe('the terms of a question', () => {
  test('leave out the words of asking', () => {
    expect(words('大连有多少家企业')).not.toContain('多少')
    expect(words('什么时候通车呢')).toEqual(['通车'])
  })

  test('are the same for traditional and full-width writing', () => {
    expect(words('營口港２０１９年貨物吞吐量')).toEqual(words('营口港2019年货物吞吐量'))
  })

  test('keep numbers whole and with their unit', () => {
    expect(words('增长8.9%的企业有1,744家')).toEqual(expect.arrayContaining(['8.9%', '1744', '1744家']))
  })

  test('are never empty for a question that has any letter', () => {
    expect(words('什么').length).toBeGreaterThan(0)
  })
})
