import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { match, pinyin } from 'pinyin-pro'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSuggest } from '../../src/ask/suggest/suggest.ts'
import { makeViews } from '../../src/ask/views.ts'
import type { Generation } from '../../src/core/ports.ts'
import type { Suggestions } from '../../src/core/types.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { buildGeneration } from '../../src/index/build.ts'
import { openGeneration } from '../../src/index/open.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { hashEmbedder } from '../index/corpora.ts'
import { SEEDS } from './seeds.ts'

const FILES = {
  '学校.md':
    '# 长春的校长\n\n长春一所中学的校长说，西安和重庆的老师来听课，中国人民银行的人也来了。大夫讲了旅游的事，音乐课上唱女声。\n',
  '統計.md': '# 圖書館的統計\n\n圖書館去年藏書三十萬冊，GDP 與 CPI 的讀物最多。圖書館的讀者多。\n',
  '句子.md': '# 青岩镇\n\n青岩镇产业园区里有七家企业，工业品的价格回升。那么立刻来看看。\n',
}

const folder = mkdtempSync(join(tmpdir(), 'chuchu-suggest-'))
let generation: Generation
let suggest: (typed: string, limit?: number) => Promise<Suggestions>
/** Everything that stands in the articles. */
let written: string

beforeAll(async () => {
  const corpus = join(folder, 'corpus')
  cpSync(SEEDS, corpus, { recursive: true })
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(corpus, name), text)
  const index = join(folder, 'index')
  const segmenter = openSegmenter()
  const embedder = hashEmbedder()
  await buildGeneration({
    corpus: await readCorpus(corpus),
    folder: index,
    embedder,
    segmenter,
    fingerprint: '',
  })
  generation = openGeneration(index)
  const { view } = makeViews(generation)
  const texts = [...generation.passages.keys()].map((passage) => view(passage).text)
  written = [...texts, ...generation.articles.map(({ title }) => title ?? '')].join('\n')
  const made = makeSuggest(generation)
  suggest = (typed, limit = 8) => made(typed, limit)
})
afterAll(() => {
  generation?.close()
  rmSync(folder, { recursive: true, force: true })
})

const wordsFor = async (typed: string): Promise<readonly string[]> =>
  (await suggest(typed)).suggestions.filter(({ kind }) => kind === 'word').map(({ text }) => text)

describe('what letters are read as', () => {
  test.each([
    ['whole syllables', 'dalian', '大连'],
    ['capitals', 'DaLian', '大连'],
    ['spaces', 'da lian', '大连'],
    ['an apostrophe', "xi'an", '西安'],
    ['one of the other keyboard', 'xi’an', '西安'],
    ['no apostrophe', 'xian', '西安'],
    ['a syllable that is not finished', 'dalia', '大连'],
    ['initials', 'zgrmyh', '中国人民银行'],
    ['initials of two letters', 'zhgrmyh', '中国人民银行'],
    ['a mix', 'zguorenmyh', '中国人民银行'],
    ['v for ü', 'lvyou', '旅游'],
    ['two words that stand together', 'qingyanzhenchanye', '青岩镇产业'],
  ])('%s: %s', async (_, typed, word) => {
    expect((await wordsFor(typed))[0]).toBe(word)
  })

  test.each([
    ['changchun', '长春'],
    ['xiaozhang', '校长'],
    ['chongqing', '重庆'],
    ['daifu', '大夫'],
    ['yinyue', '音乐'],
  ])('the reading a character has in its word: %s', async (typed, word) => {
    expect(await wordsFor(typed)).toContain(word)
  })

  test('a division that was typed is kept: fang an is not fan gan', async () => {
    expect(await wordsFor('xi an')).toContain('西安')
    expect(await wordsFor('x ian')).toEqual([])
    expect(await wordsFor("chang'chun")).toContain('长春')
    expect(await wordsFor("chan'gchun")).toEqual([])
  })

  test('only the letters at the end, as many of them as belong together', async () => {
    expect(await suggest('2020年dalian')).toMatchObject({ typed: 'dalian' })
    expect(await suggest('wo xiang zhidao Da Lian')).toMatchObject({ typed: 'Da Lian' })
    expect(await suggest('dalian有多少')).toEqual({ typed: '', suggestions: [] })
    expect(await suggest('dalian ')).toEqual({ typed: '', suggestions: [] })
  })

  test('a title that begins so, and titles that hold the word', async () => {
    const { suggestions } = await suggest('changchun')
    expect(suggestions).toContainEqual({ text: '长春的校长', kind: 'title' })
    expect((await suggest('xiaozhang')).suggestions).toContainEqual({ text: '长春的校长', kind: 'title' })
  })

  test('the script of the articles is kept', async () => {
    expect(await wordsFor('tushuguan')).toContain('圖書館')
  })

  test('no more than are wanted', async () => {
    for (const limit of [1, 2, 5]) expect((await suggest('dalian', limit)).suggestions).toHaveLength(limit)
  })
})

describe('English', () => {
  test('a question brings nothing at any of its letters', async () => {
    for (const question of [
      'How many 5G base stations were built in the whole city?',
      'What is the name of the company and who made it?',
      'When did the bank change its long plan, and why?',
    ])
      for (let end = 1; end <= question.length; end++)
        expect(await suggest(question.slice(0, end)), question.slice(0, end)).toEqual({
          typed: '',
          suggestions: [],
        })
  })

  test('a name in an English question is found', async () => {
    expect(await suggest('How many people live in Dalian')).toMatchObject({ typed: 'Dalian' })
  })

  test('an abbreviation that stands in the articles is itself, not initials', async () => {
    expect(await wordsFor('gyp')).toContain('工业品')
    for (const word of ['gdp', 'GDP', 'cpi']) expect(await wordsFor(word)).toEqual([])
  })
})

describe('whatever is typed', () => {
  const style = fc.constantFrom<(syllable: string) => string>(
    (syllable) => syllable,
    (syllable) => syllable.charAt(0),
    (syllable) => syllable.toUpperCase(),
    (syllable) => `${syllable}'`,
    (syllable) => `${syllable} `,
  )
  const typing = fc
    .record({
      at: fc.nat(),
      length: fc.integer({ min: 2, max: 6 }),
      styles: fc.array(style, { minLength: 6, maxLength: 6 }),
    })
    .map(({ at, length, styles }) => {
      const han = written.replace(/[^\p{Script=Han}]/gu, '')
      const syllables = pinyin(han.slice(at % han.length).slice(0, length), {
        toneType: 'none',
        type: 'array',
        v: true,
      })
      return syllables
        .map((syllable, i) => styles[i]?.(syllable) ?? '')
        .join('')
        .replace(/[ ']+$/, '')
    })

  test('every suggestion stands in the articles, and pinyin-pro too finds it in the letters', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ arbitrary: typing, weight: 3 }, fc.string({ unit: 'binary', maxLength: 20 })),
        async (typed) => {
          const { typed: letters, suggestions } = await suggest(typed)
          expect(typed.endsWith(letters)).toBe(true)
          const words = suggestions.filter(({ kind }) => kind === 'word').map(({ text }) => text)
          for (const { text, kind } of suggestions) {
            found++
            expect(written).toContain(text)
            const plain = letters.toLowerCase().replace(/[ '’]/g, '')
            const sounds = match(text, plain, { precision: 'start', v: true }) !== null
            expect(
              sounds || (kind === 'title' && words.some((word) => text.includes(word))),
              `${typed} ${text}`,
            ).toBe(true)
          }
        },
      ),
      { numRuns: 200 },
    )
    expect(found).toBeGreaterThan(100)
  })

  test('hostile input takes no time and brings nothing', async () => {
    const started = performance.now()
    for (const typed of [
      'a '.repeat(50),
      "x'".repeat(50),
      'xian'.repeat(25),
      'zzzzzzzzzz'.repeat(10),
      `${'dalian '.repeat(14)}x`,
    ])
      await suggest(typed.slice(0, 100))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
