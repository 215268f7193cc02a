import { describe, expect, test } from 'vitest'
import { headOf, speaksOf } from '../../src/ask/question/head.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()

describe('what an amount is asked of', () => {
  test.each([
    ['有多少名学生', '学生'],
    ['这艘船的造价是多少', '造价'],
    ['2023年的地区生产总值一共是多少', '生产总值'],
    ['大连港吞吐量', '吞吐量'],
    ['老旧小区改造能让多少户人家受益', null],
    ['花了多少钱', null],
    ['有几家公司', null],
  ])('%s: %s', (question, head) => {
    expect(headOf(question, segmenter)).toBe(head)
  })

  test('is named by a text that holds its last two characters', () => {
    expect(speaksOf('完成投资12亿元', '总投资')).toBe(true)
    expect(speaksOf('建筑面积2万平方米', '总投资')).toBe(false)
  })
})
