import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeMend } from '../../src/ask/question/spelling.ts'
import type { Words } from '../../src/core/ports.ts'
import { likelihood } from '../../src/corpus/repair/continuation.ts'
import { makeWords } from '../../src/index/bm25.ts'
import { COUNT_UNIT, collectPostings } from '../../src/index/postings.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { terms } from '../../src/text/words.ts'

const segmenter = openSegmenter()

const wordsOf = (articles: readonly string[]): Words => {
  const collector = collectPostings()
  for (const article of articles)
    collector.add(new Map(terms(article, segmenter).map(({ term }) => [term, COUNT_UNIT])))
  return makeWords(collector.finish())
}

const ARTICLES = [
  '全市森林覆盖率达41.5%，城镇登记失业率控制在4%以内。',
  '嫦娥七号将在下半年发射，大熊猫繁育中心同日开放。',
  '沈阳完成重点项目30个，建成5G基站6177个。',
]
const mend = makeMend(wordsOf(ARTICLES), segmenter, likelihood)

describe('a word typed by its sound', () => {
  test.each([
    ['大连森林复盖率是多少', '大连森林覆盖率是多少'],
    ['大连森林覆概率是多少', '大连森林覆盖率是多少'],
    ['嫦鹅七号什么时候发射', '嫦娥七号什么时候发射'],
    ['城镇登计失业率多高', '城镇登记失业率多高'],
    ['沈阳建了多少个5G机站', '沈阳建了多少个5G基站'],
    ['瀋陽建了多少個５Ｇ機站', '瀋陽建了多少個５Ｇ基站'],
    ['森林复盖率和林木的森林复盖率', '森林覆盖率和林木的森林覆盖率'],
  ])('is mended into one of the articles: %s', async (typed, meant) => {
    expect(await mend(typed)).toBe(meant)
  })

  test.each([
    ['in traditional characters, which are read as they are', '全市森林覆蓋率是多少'],
    ['that the articles do not hold under any spelling', '核电机祖有几台'],
    ['that is a word, though not theirs', '大连的机制有几个'],
    ['that asks', '沈阳项目是哪天完成的'],
    ['that is a name, however common the word that sounds so', '沈洋是谁'],
    ['that is a name in front of what somebody does', '谁是董事长沈洋'],
    ['two words side by side', '熊猫中心哪里住些什么人'],
    ['a word and what stands beside it', '发射的概率是多少'],
  ])('stays when it is one %s', async (_, question) => {
    expect(await mend(question)).toBe(question)
  })

  test('stays when an article spells it so too', async () => {
    const both = makeMend(wordsOf([...ARTICLES, '森林复盖率的写法已不通行。']), segmenter, likelihood)
    expect(await both('大连森林复盖率是多少')).toBe('大连森林复盖率是多少')
  })

  test('never changes what is copied out of the articles', async () => {
    const piece = fc
      .constantFrom(...ARTICLES)
      .chain((article) =>
        fc
          .tuple(fc.nat(article.length), fc.nat(article.length))
          .map(([a, b]) => article.slice(Math.min(a, b), Math.max(a, b))),
      )
    await fc.assert(
      fc.asyncProperty(piece, async (text) => {
        expect(await mend(text)).toBe(text)
      }),
    )
  })
})
