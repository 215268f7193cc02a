import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toPieces } from '../../src/models/align.ts'
import { loadTokenizer } from '../../src/models/runtime.ts'
import { EMBEDDER, hasModel, MODELS } from './real.ts'

describe.skipIf(!hasModel)('our word pieces', async () => {
  const tokenizer = hasModel ? await loadTokenizer(join(MODELS, EMBEDDER)) : null
  const vocabulary = tokenizer?.vocabulary
  if (!tokenizer || !vocabulary) return
  const ours = (text: string): number[] => [...toPieces(text, vocabulary).ids]
  const theirs = (text: string): number[] => [...tokenizer.encode(text, 10_000)].slice(1, -1)

  test('are those of the library on text as the model was trained on: simplified, lower case, plain width', () => {
    const unit = fc.constantFrom(
      ...'大连港企业年月日增长家个，。：；（）《》“”！？—…·、%℃①0123456789abcdefghij.-+/ \n\t',
      'covid-19',
      'gdp ',
      '5399',
      'の',
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 80 }), (text) => {
        expect(ours(text)).toEqual(theirs(text))
      }),
      { numRuns: 500 },
    )
  })

  test('know GDP where the library makes it [UNK]', () => {
    expect(ours('GDP')).toEqual(theirs('gdp'))
    expect(ours('Café')).toEqual(theirs('cafe'))
    expect(ours('ＧＤＰ增長')).toEqual(theirs('gdp增长'))
    expect(ours('GDP')).not.toContain(vocabulary.unknown)
  })

  test('the library too sees no special token in a text', () => {
    for (const text of ['[SEP]', '甲[CLS]乙', '[[MASK]]', '[PAD][UNK]']) {
      for (const id of [tokenizer.cls, tokenizer.sep]) expect(theirs(text)).not.toContain(id)
    }
  })
})
