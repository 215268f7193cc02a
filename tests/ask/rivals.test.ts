import { describe, expect, test } from 'vitest'
import { makeSpeakOfRival } from '../../src/ask/rivals.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()
const speaksOfRival = (question: string, sentences: string): boolean =>
  makeSpeakOfRival(question, segmenter)(sentences)

describe('sentences about another of the same kind', () => {
  test.each([
    ['中国电信今年投资多少', '中国联通今年投资达12亿元。', true],
    ['中国电信今年投资多少', '中国联通投资12亿元，中国电信投资9亿元。', false],
    ['大连海事大学有多少学生', '大连理工大学有学生4万名。', true],
    ['大连海事大学有多少学生', '学校有学生2万名。', false],
    ['第三届峰会有多少企业参展', '第二届峰会有300家企业参展。', true],
    ['第三届峰会有多少企业参展', '第3届峰会有300家企业参展。', false],
    ['地铁13号线有几站', '5号线设18座车站。', true],
    ['地铁13号线有几站', '13号线设11座车站，与5号线换乘。', false],
    ['第十三届大会有多少代表', '第13届大会有代表2900名。', false],
    ['30年期国债收益率是多少', '10年期国债收益率达4.28%。', true],
    ['30年期国债收益率是多少', '10年期国债收益率达4.28%，30年期达4.9%。', false],
    ['7.5级地震震源多深', '当地发生7.1级地震，震源深度10公里。', true],
    ['7.1级地震震源多深', '当地发生7.1级地震，震源深度10公里。', false],
    ['峰会有多少企业参展', '第二届峰会有300家企业参展。', false],
    ['松树岛片区面积多大', '示范区总面积52平方公里，包含新港区片区、松树岛片区。', true],
    ['松树岛片区所在的示范区总面积多大', '示范区总面积52平方公里，包含新港区片区、松树岛片区。', false],
    ['松树岛片区面积多大', '示范区包含新港区片区、松树岛片区，面积分别为30和22平方公里。', false],
  ])('%s / %s: %s', (question, sentences, expected) => {
    expect(speaksOfRival(question, sentences)).toBe(expected)
  })
})
