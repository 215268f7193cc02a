import fc from 'fast-check'
import { corpusOf } from './corpora.ts'

/** Characters as they come in files: Han, Latin, digits, marks, breaks, half a pair, what JSON must escape. */
const character = fc.constantFrom(
  ...'大连港务局新登记企业增长一二三abcZ019%.，。“\n \u3000"\\\u0000\u2028\ufeff𠀀',
  '\ud800',
  '\udc00',
)

export const anyCorpus = fc
  .array(
    fc.record({
      title: fc.option(fc.string({ unit: character, maxLength: 8 })),
      text: fc.string({ unit: character, maxLength: 60 }),
    }),
    { maxLength: 6 },
  )
  .map(corpusOf)
