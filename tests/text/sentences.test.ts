import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sentences } from '../../src/text/sentences.ts'

const cut = (text: string): string[] => sentences(text).map(([a, b]) => text.slice(a, b))

const marks = fc.constantFrom(
  '。',
  '！',
  '？',
  '…',
  '“',
  '”',
  '《',
  '》',
  '（',
  '）',
  '3',
  '.',
  '5',
  'a',
  ' ',
  '\n',
  '字',
  '，',
  '"',
)

describe('sentences', () => {
  test.each([
    ['今年增长3.5%。明年呢？', ['今年增长3.5%。', '明年呢？']],
    ['他说：“今天很好。我们去吧。”然后走了。', ['他说：“今天很好。我们去吧。”', '然后走了。']],
    ['《关于。的》发布。完', ['《关于。的》发布。', '完']],
    ['真的？！好……嗯', ['真的？！', '好……', '嗯']],
    ['“云、大、物、智、移、链”等技术。', ['“云、大、物、智、移、链”等技术。']],
    ['Dalian is a city. It has 5.2 km.', ['Dalian is a city. ', 'It has 5.2 km.']],
    ['标题\n正文。', ['标题\n', '正文。']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(cut(text)).toEqual(expected)
  })

  test('cover the text without gaps or overlaps', () => {
    fc.assert(
      fc.property(
        fc.array(marks).map((parts) => parts.join('')),
        (text) => {
          expect(cut(text).join('')).toBe(text)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('an opening mark that is never closed does not swallow the rest', () => {
    expect(cut(`“未闭合。${'字'.repeat(200)}。尾。`).length).toBe(3)
  })

  test.each(['。', '“', '（', ' ', '\n', 'a.', '“。”'])('a megabyte of %j takes linear time', (unit) => {
    const text = unit.repeat(1e6 / unit.length)
    const started = performance.now()
    sentences(text)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
