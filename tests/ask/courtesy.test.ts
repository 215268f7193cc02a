import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutCourtesy } from '../../src/ask/question/courtesy.ts'

describe('courtesy is left out of a question', () => {
  test.each([
    ['请问市长是谁', '市长是谁'],
    ['你好，请问一下市长是谁？谢谢！', '市长是谁'],
    ['麻烦问一下，港口有多少泊位，多谢', '港口有多少泊位'],
    ['帮我查一下港口有多少泊位', '港口有多少泊位'],
    ['我想了解一下港口有多少泊位', '港口有多少泊位'],
    ['请告诉我港口有多少泊位', '港口有多少泊位'],
    ['你知道市长是谁吗？', '市长是谁'],
    ['市长是谁，你知道吗？', '市长是谁'],
    ['有人知道港口有没有学校吗', '港口有没有学校'],
    ['您知道港口通地铁吗', '港口通地铁吗'],
    ['根据文章，港口有多少泊位', '港口有多少泊位'],
    ['报道里说的港口有多少泊位', '港口有多少泊位'],
    ['文中提到的港口在哪', '港口在哪'],
    ['请问 港口 泊位', '港口 泊位'],
    ['能不能告诉我市长是谁？', '市长是谁？'],
    ['可以查一下港口有多少泊位吗？', '港口有多少泊位'],
    ['能帮我查查港口有多少泊位吗', '港口有多少泊位'],
    ['说一下港口有多少泊位', '港口有多少泊位'],
    ['不知道市长是谁', '市长是谁'],
    ['问题：市长是谁', '市长是谁'],
    ['1. 市长是谁', '市长是谁'],
    ['到底谁是市长', '谁是市长'],
    ['我在写一篇稿子，需要核对一下。市长是谁', '市长是谁'],
    ['市长是谁来着？', '市长是谁'],
    ['市长是谁？急！', '市长是谁'],
    ['市长是谁，请注明出处。', '市长是谁'],
  ])('%s → %s', (question, plain) => expect(withoutCourtesy(question)).toBe(plain))

  test.each([
    '请问',
    '谢谢',
    '市长是谁',
    '谁知道答案',
    '你好',
    '报道中国航天的记者是谁',
    '新闻中心在哪里',
    '文章里有哪些港口',
    '有人知道真相',
    '大家了解到什么',
    '你知道的港口有几个',
    '能源集团有多少人',
    '可以领多少补贴',
    '能查到多少泊位',
    '说明书是谁写的',
    '介绍信由谁开',
    '我在港口工作。它有多少泊位',
    '我国有多少港口',
    '问题出在哪里',
    '3.5亿元投给了谁',
    '知道创宇是哪家公司',
  ])('%s stays', (question) => expect(withoutCourtesy(question)).toBe(question))

  test('what is left is a part of the question, is never nothing, and has no more to leave out', () => {
    const piece = fc.constantFrom(
      '请问',
      '你好',
      '，',
      '你知道',
      '市长',
      '是谁',
      '吗',
      '？',
      '谢谢',
      '帮我查一下',
      '报道里说',
      '港口',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const question = pieces.join('')
        const plain = withoutCourtesy(question)
        expect(question).toContain(plain)
        expect(plain).not.toBe('')
        expect(withoutCourtesy(plain)).toBe(plain)
      }),
    )
  })
})
