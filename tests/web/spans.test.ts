import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { render } from '../../src/core/ranges.ts'
import { blocksOf } from '../../web/blocks.ts'
import { lineOf, pairOffsets, rangesUnder, spansIn } from '../../web/spans.ts'

/** A file and ranges of it, in reading order, which need not be the order of the file. */
const cut = fc
  .array(fc.constantFrom('大', '连', '3', 'a', ' ', '\n', '\u3000', '\ud840\udc00', '。'), { maxLength: 60 })
  .map((units) => units.join(''))
  .chain((file) =>
    fc.array(fc.tuple(fc.nat(file.length), fc.nat(file.length)), { maxLength: 4 }).map((pairs) => ({
      file,
      ranges: pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const).filter(([a, b]) => a < b),
    })),
  )

describe('places of a text in its file', () => {
  test('every shown character is found where the server took it from', () => {
    fc.assert(
      fc.property(cut, ({ file, ranges }) => {
        const rendered = render(file, ranges)
        const offsets = pairOffsets(rendered.text, file, ranges)
        expect(offsets).not.toBeNull()
        for (const [i, at] of (offsets ?? []).entries())
          if (at >= 0) {
            expect(file[at]).toBe(rendered.text[i])
            expect(at).toBe(rendered.offsets[i])
          }
      }),
    )
  })

  test('one altered character is refused, wherever it stands', () => {
    fc.assert(
      fc.property(cut, fc.nat(), ({ file, ranges }, seed) => {
        const { text } = render(file, ranges)
        const letters = [...text.matchAll(/\S/g)].map(({ index }) => index)
        const at = letters[seed % Math.max(1, letters.length)]
        fc.pre(at !== undefined)
        const altered = `${text.slice(0, at)}改${text.slice((at ?? 0) + 1)}`
        expect(pairOffsets(altered, file, ranges)).toBeNull()
      }),
    )
  })

  test('a text longer or shorter than its ranges is refused', () => {
    expect(pairOffsets('大连港', '大连', [[0, 2]])).toBeNull()
    expect(pairOffsets('大', '大连', [[0, 2]])).toBeNull()
  })

  test('a span is cut where the text stands outside the ranges, not at a line break of the file', () => {
    const file = '甲乙\n丙丁戊'
    const offsets = pairOffsets('甲乙丙丁戊', file, [[0, 6]])
    expect(offsets && spansIn(offsets, [[0, 4]])).toEqual([[0, 3]])
    expect(
      offsets &&
        spansIn(offsets, [
          [0, 1],
          [5, 6],
        ]),
    ).toEqual([
      [0, 1],
      [4, 5],
    ])
  })

  test('a part of a text gives back the ranges under it', () => {
    const file = '新增 5399\n个基站'
    const offsets = pairOffsets('新增5399个基站', file, [[0, file.length]])
    expect(offsets && rangesUnder(offsets, 2, 7)).toEqual([
      [3, 7],
      [8, 9],
    ])
  })

  test('lines count from one', () => {
    expect([0, 1, 2, 3].map((at) => lineOf('甲\n\n乙', at))).toEqual([1, 1, 2, 3])
  })
})

describe('blocks of a long text', () => {
  test('they hold the whole text once, in order, and halve no character', () => {
    const text = fc.array(fc.constantFrom('文'.repeat(900), '\n', '\ud840\udc00'.repeat(1100), 'a'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(text, (pieces) => {
        const file = pieces.join('')
        const blocks = blocksOf(file)
        expect(blocks.map(([from, to]) => file.slice(from, to)).join('')).toBe(file)
        for (const [from, to] of blocks) {
          expect(to).toBeGreaterThan(from)
          expect(/[\ud800-\udbff]$/.test(file.slice(from, to))).toBe(false)
        }
      }),
    )
  })

  test('a block ends at a line end when there is one', () => {
    const file = `${'行'.repeat(3000)}\n${'行'.repeat(3000)}`
    expect(blocksOf(file)).toEqual([
      [0, 3001],
      [3001, 6001],
    ])
  })
})
