import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withFigures } from '../../src/ask/question/figures.ts'
import { inFormalWords } from '../../src/ask/question/formal.ts'
import type { Words } from '../../src/core/ports.ts'
import { makeWords } from '../../src/index/bm25.ts'
import { COUNT_UNIT, collectPostings } from '../../src/index/postings.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { OTHER_NAMES } from '../../src/text/other-names.ts'
import { terms } from '../../src/text/words.ts'

const segmenter = openSegmenter()

const wordsOf = (...articles: readonly string[]): Words => {
  const collector = collectPostings()
  for (const article of articles)
    collector.add(new Map(terms(article, segmenter).map(({ term }) => [term, COUNT_UNIT])))
  return makeWords(collector.finish())
}
const nothing = wordsOf()

describe('a year of two figures is written whole', () => {
  test.each([
    ['狮城23年8月招了多少人', '狮城2023年8月招了多少人'],
    ['货车20年疫情里过路钱收不收', '货车2020年疫情里过路钱收不收'],
    ['货车过路钱收不收 20年', '货车过路钱收不收 2020年'],
    ['23年前三季度出口多少', '2023年前三季度出口多少'],
    ['港口吞吐量 19年', '港口吞吐量 2019年'],
    ['夏粮一四年十一连丰靠什么', '夏粮2014年十一连丰靠什么'],
    ['二三年八月涿州为何被淹', '2023年八月涿州为何被淹'],
  ])('%s → %s', (question, formal) => expect(inFormalWords(question, nothing, segmenter)).toBe(formal))

  test.each([
    '这座桥用了20年才修好',
    '15年来选派了多少人',
    '一二年能修好吗',
    '20年代的大连是什么样',
    '满10年可以退休吗',
    '一九二零年发生了什么',
    '2023年8月招了多少人',
    '第12年办展',
    '10年美债收益率多少',
    '香港回归20年的庆典在哪里',
    '癌症10年生存率多少',
    '社保缴费15年能退吗',
    '被判13年的人是谁',
    '长江10年禁渔有什么用',
    '平均受教育年限从9.08年提高到多少',
    '一〇一中学有多少学生',
    '二八年华的姑娘是谁',
    '16年前的案子怎么破的',
  ])('%s tells how long, or a year already', (question) =>
    expect(inFormalWords(question, nothing, segmenter)).toBe(question),
  )
})

test('what people abbreviate is looked for by its whole name too, where the articles know of it', () => {
  const words = wordsOf('吉林地区生产总值增长5%。')
  expect(inFormalWords('吉林gdp增长多少', words, segmenter)).toBe('吉林gdp生产总值增长多少')
  expect(inFormalWords('吉林生产总值(gdp)增长多少', words, segmenter)).toBe('吉林生产总值(gdp)增长多少')
  expect(inFormalWords('吉林gdp增长多少', nothing, segmenter)).toBe('吉林gdp增长多少')
  expect(inFormalWords('gdpr何时生效', words, segmenter)).toBe('gdpr何时生效')
})

describe('a time is written in figures', () => {
  const words = wordsOf('港口6月吞吐量下降。6月5日。七月流火，七月里来。')
  test.each([
    ['二〇二一年出口多少', '2021年出口多少'],
    ['二零二三年六月吞吐量', '2023年6月吞吐量'],
    ['六月份吞吐量', '6月份吞吐量'],
    ['六月十五日吞吐量', '6月15日吞吐量'],
    ['六月三十号吞吐量', '6月30号吞吐量'],
    ['十二月二日吞吐量', '12月2日吞吐量'],
    ['元月吞吐量', '1月吞吐量'],
    ['L7六月销量', 'L7 6月销量'],
  ])('%s → %s', (question, figures) => expect(withFigures(question, words)).toBe(figures))

  test.each([
    ['how long', '修了六个月'],
    ['one of two months', '五六月吞吐量'],
    ['a name', '六月雪开花了吗'],
    ['what is quoted', '谁写了《八月之光》'],
    ['a month that the articles write so', '七月去哪里'],
  ])('%s stays', (_, question) => expect(withFigures(question, words)).toBe(question))
})

describe('a place in a row is written as the articles write it', () => {
  const words = wordsOf('第十三届软交会。地铁12号线通车。第2批名单，第二轮谈判。第8轮，第八轮。二十三号楼。')
  test.each([
    ['第13届软交会在哪里开', '第十三届软交会在哪里开'],
    ['十二号线几时通车', '12号线几时通车'],
    ['第二批有谁', '第2批有谁'],
    ['23号楼谁住', '二十三号楼谁住'],
  ])('%s → %s', (question, written) => expect(withFigures(question, words)).toBe(written))

  test.each([
    ['written as it stands', '第十三届软交会在哪里开'],
    ['one that stands nowhere', '第14届软交会在哪里开'],
    ['an amount', '新增13条线路'],
    ['one that stands in both forms', '第八轮有谁'],
    ['a day', '十二号谁来'],
  ])('%s stays', (_, question) => expect(withFigures(question, words)).toBe(question))
})

describe('a place is called as the articles call it', () => {
  const words = wordsOf('广州和新加坡签约。', '狮城的客人到访，土耳其和意大利也派了人，罗马尼亚没有。')

  test('its name is put beside its nickname', () =>
    expect(inFormalWords('狮城签了几份约', words, segmenter)).toBe('狮城新加坡签了几份约'))

  test('and a country beside its capital', () =>
    expect(inFormalWords('安卡拉派了谁', words, segmenter)).toBe('安卡拉土耳其派了谁'))

  test.each([
    ['of which the articles know nothing', '蓉城签了几份约'],
    ['that the question calls by its name as well', '羊城广州签了几份约'],
    ['inside a longer name', '罗马尼亚派了谁'],
  ])('nothing is put for a place %s', (_, question) =>
    expect(inFormalWords(question, words, segmenter)).toBe(question),
  )

  test.each([
    '多少名高一学生参加国防教育',
    '每公里加价多少',
    '会议精神都强调了什么',
    '丽江城区有多少人',
    '燕京啤酒卖到哪里',
    '羊城晚报哪年创刊',
    '滨城区有几所学校',
    '蜜雪冰城在哪里上市',
    '横琴岛有多大',
    '一边讲一中原则一边做什么',
    '黄河内蒙古段凌汛',
  ])('nothing is put into %s, where the name is part of another', (question) => {
    const all = wordsOf([...OTHER_NAMES.values()].flat().join('。'))
    expect(inFormalWords(question, all, segmenter)).toBe(question)
  })

  test('whatever is asked stays, in order, and only names that the articles hold come in', () => {
    const piece = fc.oneof(
      fc.constantFrom(...OTHER_NAMES.keys()),
      fc.stringMatching(/^[a-z广州新加坡的]{0,5}$/),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const question = pieces.join('')
        const formal = inFormalWords(question, words, segmenter)
        let rest = formal
        let at = 0
        while (at < question.length) {
          const name = ['广州', '新加坡', '土耳其', '意大利', '罗马尼亚'].find(
            (one) => rest.startsWith(one) && !question.startsWith(one, at),
          )
          if (rest.charAt(0) === question.charAt(at) && name === undefined) {
            rest = rest.slice(1)
            at++
          } else {
            expect(name).toBeDefined()
            rest = rest.slice(name?.length)
          }
        }
        expect(['', '广州', '新加坡', '土耳其', '意大利']).toContain(rest)
      }),
    )
  })
})
