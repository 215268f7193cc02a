import { array, assert, constantFrom, integer, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { render, squeeze } from '../../src/core/ranges.ts'
import type { Article, Passage } from '../../src/core/types.ts'
import { chunk } from '../../src/corpus/chunk.ts'
import { lineRanges } from '../../src/corpus/spans.ts'

const articleOf = (text: string): Article => ({
  id: 'a-1',
  file: 0,
  title: null,
  titleRanges: [],
  subtitle: null,
  subtitleRanges: [],
  byline: null,
  bylineRanges: [],
  date: null,
  source: null,
  section: null,
  url: null,
  paragraphs: lineRanges(text).map((range) => [range]),
})

const read = (text: string, article: Article, passage: Passage): string => {
  let out = ''
  for (let n = passage.firstParagraph; n <= passage.lastParagraph; n++) {
    const rendered = render(text, article.paragraphs[n - 1] ?? []).text
    const from = n === passage.firstParagraph ? passage.from : 0
    out += rendered.slice(from, n === passage.lastParagraph ? passage.to : undefined)
  }
  return out
}
const passagesOf = (text: string, longest?: number): string[] => {
  const article = articleOf(text)
  return chunk(text, article, 0, longest).map((passage) => read(text, article, passage))
}

test('a paragraph of ordinary length is a passage', () => {
  const [a, b] = ['甲'.repeat(99), '乙'.repeat(150)]
  expect(passagesOf(`${a}。\n${b}。`)).toEqual([`${a}。`, `${b}。`])
})

test('a heading goes with the paragraph after it, a last one-liner with the one before', () => {
  const body = `${'正'.repeat(80)}。`
  expect(passagesOf(`多点开花\n${body}`)).toEqual([`多点开花${body}`])
  expect(passagesOf(`${body}\n完。`)).toEqual([`${body}完。`])
})

test('a long paragraph is split at sentence ends into even parts', () => {
  const sentence = `${'句'.repeat(49)}。`
  expect(passagesOf(sentence.repeat(12)).map((p) => p.length)).toEqual([300, 300])
})

test('a sentence without end is cut after a comma, else anywhere but inside a character', () => {
  expect(passagesOf(`${'长'.repeat(200)}，${'长'.repeat(200)}`, 320)[0]).toBe(`${'长'.repeat(200)}，`)
  for (const part of passagesOf('𠀀'.repeat(500), 101)) expect(part).toMatch(/^\P{Surrogate}+$/u)
})

test('every character of the body is in exactly one passage, in order, and no passage is far too long', () => {
  const word = constantFrom(
    '大连',
    '2020年',
    ' ',
    '。',
    '”',
    '！',
    '，',
    '\n',
    '\n\n',
    '𠀀',
    'GDP',
    '3.5',
    '《',
    '》',
    '“',
  )
  const text = array(word, { maxLength: 300 }).map((words) => words.join(''))
  assert(
    property(text, integer({ min: 1, max: 120 }), (given, longest) => {
      const parts = passagesOf(given, longest)
      expect(squeeze(parts.join(''))).toBe(squeeze(given))
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(longest + 60 + 3)
    }),
  )
  assert(
    property(string({ unit: 'binary' }), (given) => {
      const well = Buffer.from(given).toString()
      expect(squeeze(passagesOf(well).join(''))).toBe(squeeze(well))
    }),
  )
})

test('a question is in one passage with its answer, and the next question begins another', () => {
  const [one, two] = [
    '问：租房能提取吗？\n答：可以。',
    `问：要哪些材料？\n答：${'身份证、'.repeat(20)}租约。`,
  ]
  expect(passagesOf(`${one}\n${two}`).map((text) => text.slice(0, 8))).toEqual([
    '问：租房能提取吗',
    '问：要哪些材料？',
  ])
  expect(passagesOf(`${'甲'.repeat(99)}。\n大连靠什么吸引人才？\n${'乙'.repeat(99)}。`)[1]).toMatch(
    /^大连靠什么吸引人才？乙/,
  )
})
