import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hullOf, isWhite, type Range, rangesOf, render, squeeze } from '../../src/core/ranges.ts'

/** Text as newspapers come: Han, Latin, digits, marks, line breaks, letter spacing, surrogates. */
const rough = fc
  .array(
    fc.constantFrom(
      '大',
      '连',
      '港',
      ' ',
      '\n',
      '\r\n',
      '\u3000',
      '\u00a0',
      '\ufeff',
      'a',
      'Z',
      '5',
      '.',
      '，',
      '。',
      '“',
      '𠀀',
      '\ud800',
    ),
  )
  .map((parts) => parts.join(''))

/** Ordered or not, never overlapping: what a repaired paragraph may be. */
const textAndRanges = rough.chain((text) =>
  fc
    .uniqueArray(fc.nat(text.length), { maxLength: 8 })
    .map((cuts) => cuts.sort((a, b) => a - b))
    .map((cuts): Range[] => cuts.flatMap((cut, i) => (i % 2 === 1 ? [[cuts[i - 1] ?? 0, cut] as const] : [])))
    .chain((ranges) => fc.shuffledSubarray(ranges, { minLength: ranges.length }))
    .map((ranges) => ({ text, ranges })),
)

const copied = (text: string, ranges: readonly Range[]): string =>
  ranges.map(([a, b]) => text.slice(a, b)).join('')

describe('the verbatim law', () => {
  test('a rendered text equals its ranges but for white space', () => {
    fc.assert(
      fc.property(textAndRanges, ({ text, ranges }) => {
        expect(squeeze(render(text, ranges).text)).toBe(squeeze(copied(text, ranges)))
      }),
      { numRuns: 2000 },
    )
  })

  test('any part of a rendered text equals the ranges given for it but for white space', () => {
    fc.assert(
      fc.property(textAndRanges, fc.nat(), fc.nat(), ({ text, ranges }, a, b) => {
        const rendered = render(text, ranges)
        const from = a % (rendered.text.length + 1)
        const to = from + (b % (rendered.text.length - from + 1))
        const found = rangesOf(rendered, ranges, from, to)
        expect(squeeze(copied(text, found))).toBe(squeeze(rendered.text.slice(from, to)))
      }),
      { numRuns: 2000 },
    )
  })

  test('ranges of a part lie inside the source ranges and never on white space', () => {
    fc.assert(
      fc.property(textAndRanges, ({ text, ranges }) => {
        const rendered = render(text, ranges)
        for (const [start, end] of rangesOf(rendered, ranges, 0, rendered.text.length)) {
          expect(ranges.some(([a, b]) => a <= start && end <= b)).toBe(true)
          expect(isWhite(text.charCodeAt(start)) || isWhite(text.charCodeAt(end - 1))).toBe(false)
        }
      }),
    )
  })
})

describe('render', () => {
  test('joins wrapped lines and spaced letters, keeps one space between Latin words', () => {
    const file = '大 连\n港\u3000的 5G\nnetwork 和 AI'
    expect(render(file, [[0, file.length]]).text).toBe('大连港的5G network和AI')
  })

  test('white space is exactly what the regular expression \\s takes for it', () => {
    for (let unit = 0; unit < 0x10000; unit++)
      expect(isWhite(unit)).toBe(/\s/.test(String.fromCharCode(unit)))
  })

  test('a megabyte of spaces takes no longer than a megabyte of text', () => {
    const time = (file: string): number => {
      const started = performance.now()
      squeeze(render(file, [[0, file.length]]).text)
      return performance.now() - started
    }
    time('字'.repeat(1e6))
    expect(time(' '.repeat(1e6))).toBeLessThan(20 * time('字'.repeat(1e6)) + 100)
  })
})

test('the hull of ranges goes from the first to the last place, of 200,000 too', () => {
  const many = Array.from({ length: 200_000 }, (_, i): Range => [7 + 2 * i, 8 + 2 * i])
  expect(hullOf([...many].reverse())).toEqual([7, 400_006])
  expect(hullOf([])).toEqual([0, 0])
})
