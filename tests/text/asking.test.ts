import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askings } from '../../src/text/asking.ts'

const asked = (text: string): readonly string[] => askings(text).map((range) => text.slice(...range).trim())

describe('what a text asks', () => {
  test.each([
    ['问：多久能到账？\n答：三个工作日。', ['问：多久能到账？']],
    ['Q1: 提取要哪些材料?\nA1: 身份证。', ['Q1: 提取要哪些材料?']],
    ['一、\n1. 问：能提取吗？为什么？\n答：可以。', ['1. 问：能提取吗？', '为什么？']],
    ['大连靠什么吸引人才？\n今年以来，大连引进人才4万人。', ['大连靠什么吸引人才？']],
    ['记者问：去年引进4万人。今年目标是多少？\n答：5万人。', ['今年目标是多少？']],
  ])('stands in %j', (text, questions) => expect(asked(text)).toEqual(questions))

  test.each([
    ['inside a paragraph that goes on', '钱从哪里来？市里设立了专项基金，规模10亿元。'],
    ['of a claim put as a question', '监狱视频会见收费50元？\n公司回应。'],
    ['that is itself long', `这${'样一座有着一百二十年历史的城市'.repeat(6)}如何走出去？\n答案在海上。`],
    ['in a title within', '他写了《谁来养活中国？》一书。'],
  ])('is no question %s', (_, text) => expect(asked(text)).toEqual([]))

  test('lies in the text, in order, whatever the text', () => {
    const piece = fc.constantFrom('问：', '多少', '？', '\n', '。', '答：', '大连', '“', '”', ' ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        let last = 0
        for (const [start, end] of askings(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
