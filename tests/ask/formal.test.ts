import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inFormalWords } from '../../src/ask/formal.ts'
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
    ['抗疫货车20年过路钱收不收', '抗疫货车2020年过路钱收不收'],
    ['港口吞吐量 19年', '港口吞吐量 2019年'],
    ['夏粮一四年十一连丰靠什么', '夏粮2014年十一连丰靠什么'],
    ['二三年八月涿州为何被淹', '2023年八月涿州为何被淹'],
    ['二〇二一年出口多少', '二零二一年出口多少'],
  ])('%s → %s', (question, formal) => expect(inFormalWords(question, nothing)).toBe(formal))

  test.each([
    '这座桥用了20年才修好',
    '15年来选派了多少人',
    '一二年能修好吗',
    '20年代的大连是什么样',
    '满10年可以退休吗',
    '一九二零年发生了什么',
    '2023年8月招了多少人',
    '第12年办展',
  ])('%s tells how long, or a year already', (question) =>
    expect(inFormalWords(question, nothing)).toBe(question),
  )
})

describe('a place is called as the articles call it', () => {
  const words = wordsOf('广州和新加坡签约。', '狮城的客人到访，土耳其和意大利也派了人，罗马尼亚没有。')

  test('its nickname makes way for its name', () =>
    expect(inFormalWords('羊城签了几份约', words)).toBe('广州签了几份约'))

  test('a nickname that the articles use as well stays beside its name', () =>
    expect(inFormalWords('狮城签了几份约', words)).toBe('狮城新加坡签了几份约'))

  test('a capital stands for its country', () =>
    expect(inFormalWords('安卡拉派了谁', words)).toBe('土耳其派了谁'))

  test.each([
    ['of which the articles know nothing', '蓉城签了几份约'],
    ['that the question calls by its name as well', '羊城广州签了几份约'],
    ['inside a longer name', '罗马尼亚派了谁'],
  ])('nothing is put for a place %s', (_, question) => expect(inFormalWords(question, words)).toBe(question))

  test('whatever is asked, no other name than those of the articles comes in, and nothing else goes out', () => {
    const piece = fc.oneof(
      fc.constantFrom(...OTHER_NAMES.keys()),
      fc.stringMatching(/^[a-z广州新加坡的]{0,5}$/),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const question = pieces.join('')
        const formal = inFormalWords(question, words)
        const came = ['广州', '新加坡', '土耳其', '意大利', '罗马尼亚']
        const rest = (text: string) => came.reduce((left, name) => left.replaceAll(name, ''), text)
        if (!pieces.some((one) => OTHER_NAMES.get(one)?.some((name) => came.includes(name))))
          expect(formal).toBe(question)
        expect(rest(formal).length).toBeLessThanOrEqual(question.length)
      }),
    )
  })
})
