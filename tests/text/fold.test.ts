import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, folded } from '../../src/text/fold.ts'
import { simplify } from '../../src/text/simplify.ts'

describe('fold', () => {
  test.each([
    ['ＡＢ１２％', 'ab12%'],
    ['營口港貨物吞吐量', '营口港货物吞吐量'],
    ['㈱①℃ﬁ½', '(株)1°cfi1⁄2'],
    ['5G基站', '5g基站'],
  ])('%s is searched as %s', (text, expected) => {
    expect(folded(text)).toBe(expected)
  })

  test('offsets lead from each folded character back to the one it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { text: out, offsets } = fold(text)
        expect(offsets.length).toBe(out.length + 1)
        expect(offsets.at(-1)).toBe(text.length)
        for (let i = 1; i < offsets.length; i++)
          expect(offsets[i]).toBeGreaterThanOrEqual(offsets[i - 1] ?? 0)
      }),
    )
  })

  test('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.constantFrom('營', '臺', 'Ａ', '①', '字', 'É', '㎡'), (c) => {
        expect(folded(folded(c))).toBe(folded(c))
      }),
    )
  })

  test('traditional words are simplified by word, mainland words stay', () => {
    expect(simplify('乾隆年間的乾淨水源')).toBe('乾隆年间的干净水源')
    expect(simplify('今年新增核心企业')).toBe('今年新增核心企业')
  })
})
