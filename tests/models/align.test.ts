import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toPieces, type Vocabulary } from '../../src/models/align.ts'

const words = [
  ...'大连港企业年月日，。（）[]!%一二三℃',
  ...'abcdefghijklmnopqrstuvwxyz0123456789',
  ...[...'abcdefghijklmnopqrstuvwxyz0123456789'].map((c) => `##${c}`),
  ...['gdp', '##oo', 'cafe', '20', '##20', 'covid', 'sep', 'cls', '-'],
]
const ids = new Map(words.map((word, i) => [word, i + 1]))
const vocabulary: Vocabulary = { id: (piece) => ids.get(piece), unknown: 0, longest: 5 }

const read = (text: string): (readonly [string, string])[] => {
  const { ids: found, starts, ends } = toPieces(text, vocabulary)
  return Array.from(found, (id, i) => [
    id === 0 ? '[UNK]' : (words[id - 1] ?? ''),
    text.slice(starts[i], ends[i]),
  ])
}

describe('pieces', () => {
  test('are characters in Chinese and the longest known parts in words, each with what it stands for', () => {
    expect(read('大连 2020年GDP，covid')).toEqual([
      ['大', '大'],
      ['连', '连'],
      ['20', '20'],
      ['##20', '20'],
      ['年', '年'],
      ['gdp', 'GDP'],
      ['，', '，'],
      ['covid', 'covid'],
    ])
  })

  test('see through width, case, accents and script, and still point at what stands in the text', () => {
    expect(read('ＧＤＰ café企業２０')).toEqual([
      ['gdp', 'ＧＤＰ'],
      ['cafe', 'café'],
      ['企', '企'],
      ['业', '業'],
      ['20', '２０'],
    ])
    // an accent written as a mark of its own, and one sign that is two letters
    expect(read('cafe\u0301 ㎏')).toEqual([
      ['cafe', 'cafe\u0301'],
      ['k', '㎏'],
      ['##g', '㎏'],
    ])
  })

  test('leave what the vocabulary knows as it is, though it could be folded', () => {
    expect(read('℃')).toEqual([['℃', '℃']])
  })

  test('are one [UNK] for a word that is not known, and go on after it', () => {
    expect(read('大 “x”漢𠀀 кот 连')).toEqual([
      ['大', '大'],
      ['[UNK]', '“'],
      ['x', 'x'],
      ['[UNK]', '”'],
      ['[UNK]', '漢'],
      ['[UNK]', '𠀀'],
      ['[UNK]', 'кот'],
      ['连', '连'],
    ])
    expect(read('a'.repeat(101))).toEqual([['[UNK]', 'a'.repeat(101)]])
  })

  test('know no special token: one in the text is words like any other', () => {
    expect(read('[SEP][CLS]').map(([piece]) => piece)).toEqual(['[', 'sep', ']', '[', 'cls', ']'])
  })
})

const unit = fc.constantFrom(
  ...'大连港企業年，。（[] \n\t\u3000aZé09ＧＤＰ２㎏℃①ﬁ…“\u0301\u200b\u0000𠀀кİẞ',
  '\ud800',
  '\udc00',
  '\ufdfa',
)
const anyText = fc.string({ unit, maxLength: 60 })

test('pieces go forward, stay inside the text, and leave out only white space and controls', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { starts, ends } = toPieces(text, vocabulary)
      const covered = new Uint8Array(text.length)
      let last = 0
      for (const [i, start] of starts.entries()) {
        const end = ends[i] ?? 0
        expect(start).toBeGreaterThanOrEqual(last)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        covered.fill(1, start, end)
        last = start
      }
      const left = [...text.split('').keys()].filter((i) => covered[i] === 0).map((i) => text[i])
      for (const character of left) expect(character).toMatch(/^[\s\p{C}\p{M}]$/u)
    }),
    { numRuns: 500 },
  )
})

test('a text before another changes nothing of its pieces but their places', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const [first, second, both] = [`${a} `, b, `${a} ${b}`].map((text) => toPieces(text, vocabulary))
      // a mark at the start of b would join the space before it
      fc.pre(!/^[\p{M}\udc00]/u.test(b))
      expect([...(both?.ids ?? [])]).toEqual([...(first?.ids ?? []), ...(second?.ids ?? [])])
      expect([...(both?.starts ?? [])]).toEqual([
        ...(first?.starts ?? []),
        ...Array.from(second?.starts ?? [], (start) => start + a.length + 1),
      ])
    }),
  )
})

test('time is linear in hostile text', () => {
  for (const hostile of [' ', 'a', 'é', '\u0301', '大', '[', '\ufdfa', '𠀀', '\ud800', '1']) {
    const from = performance.now()
    toPieces(hostile.repeat(20_000), vocabulary)
    expect(performance.now() - from, hostile).toBeLessThan(3000)
  }
})
