import { describe, expect, test } from 'vitest'
import { understand } from '../../src/ask/question/question.ts'
import { namesHolder, namingFirst } from '../../src/ask/read/holder.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { sentences } from '../../src/text/sentences.ts'

const segmenter = openSegmenter()

test.each([
  ['市委书记是谁', '记者采访了省委常委、大连市委书记谭作钧。', true],
  ['曼塔市市长叫什么名字', '曼塔市市长奥古斯丁·因特里亚戈视察工程。', true],
  ['市委书记是谁', '市委书记的工作十分重要。', false],
  ['曼塔市市长叫什么名字', '警方表示，身亡的曼塔市市长曾报告收到威胁。', false],
  ['市委书记是谁', '副市长谭作钧表示，要抓紧落实。', false],
  ['市委书记说了什么', '大连市委书记谭作钧表示，要抓紧落实。', false],
])('%s: whether %s names who holds the office: %s', (question, text, expected) => {
  expect(namesHolder(understand(question, segmenter), text)).toBe(expected)
})

describe('asked who holds an office', () => {
  const passage = (text: string) => ({
    text,
    weighed: sentences(text).map(([start, end]) => ({
      start,
      end,
      words: 0,
      meaning: 0,
      kind: 0,
      thing: null,
      asks: false,
      weight: 0.5,
    })),
  })
  const speaks = passage('市委书记的工作十分重要。')
  const names = passage('会议在港口举行。记者采访了市委书记谭作钧。')
  const other = passage('港口有泊位二十个。')

  test('passages that name him are read first, around the name', () => {
    const [first, ...more] = namingFirst(understand('市委书记是谁', segmenter), [speaks, names, other])
    expect(first?.text).toBe(names.text)
    expect(first?.weighed.map(({ weight }) => weight > 1)).toEqual([false, true])
    expect(more).toEqual([speaks, other])
  })

  test('any other question is read in the order found', () => {
    const found = [speaks, names, other]
    expect(namingFirst(understand('市委书记说了什么', segmenter), found)).toEqual(found)
  })
})
