import { describe, expect, test } from 'vitest'
import { amountLedTo } from '../../src/ask/led-to.ts'
import { understand } from '../../src/ask/question.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()

/** The amount taken for a question where another one of the sentence was read. */
const led = (question: string, sentence: string, read: string): string => {
  const start = sentence.indexOf(read)
  const range = amountLedTo(
    understand(question, segmenter),
    sentence,
    [start, start + read.length],
    [0, sentence.length],
  )
  return sentence.slice(...range)
}

describe('of several amounts in a sentence the question leads to', () => {
  test.each([
    [
      'the one of a row that 分别 deals out',
      '海城去年游客有多少人次',
      '海城、山城去年游客分别为30万人次和50万人次。',
      '50万人次',
      '30万人次',
    ],
    [
      'the other of it',
      '山城去年游客有多少人次',
      '海城、山城去年游客分别为30万人次和50万人次。',
      '30万人次',
      '50万人次',
    ],
    [
      'the one in the same place of a row of sizes',
      '47mm版电池多大',
      '提供43mm、47mm两款，电池容量分别为300mAh / 425mAh。',
      '300mAh / 425mAh',
      '425mAh',
    ],
    [
      'what is behind its own words',
      '订单收入增长多少',
      '产量增长5%，订单收入增长11%，超出预期。',
      '5%',
      '11%',
    ],
    [
      'what more of its words stand before',
      '规模以上企业复工率',
      '规模以上企业复工率达99%，企业复工率达96%。',
      '96%',
      '99%',
    ],
    [
      'what it names with a 的 more',
      '有几个国家级的湿地公园',
      '有湿地公园11个，其中国家级湿地公园4个，市级7个。',
      '11个',
      '4个',
    ],
    [
      'the year asked about',
      '2025年人均收入是多少',
      '人均收入从2014年的4600元提高到2025年的24600元。',
      '4600元',
      '24600元',
    ],
    ['the side asked about', '冰瀑高度是多少', '冰瀑高1080米，最宽处达1100米。', '1100米', '1080米'],
    ['a share and no growth', '国产设备占全球多大比例', '产量同比增长51%，占全球市场的90%。', '51%', '90%'],
  ])('%s', (_, question, sentence, read, expected) => {
    expect(led(question, sentence, read)).toBe(expected)
  })

  test.each([
    [
      'a row of other things than amounts',
      '两市游客有多少人次',
      '海城和山城游客众多，分别来自30个国家，共50万人次。',
      '50万人次',
    ],
    ['a year that has no amount', '2025年人均收入是多少', '2014年人均收入4600元，村民2300人。', '4600元'],
  ])('none for %s', (_, question, sentence, read) => {
    expect(led(question, sentence, read)).toBe(read)
  })
})
