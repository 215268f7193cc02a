// Articles of the news sets that may train, cut into parts of the size that the program reads, and near misses among them.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Segmenter } from '../src/core/ports.ts'
import { makeWords } from '../src/index/bm25.ts'
import { COUNT_UNIT, collectPostings } from '../src/index/postings.ts'
import { openSegmenter } from '../src/index/segmenter.ts'
import { sentences } from '../src/text/sentences.ts'
import { terms } from '../src/text/words.ts'
import { chance } from './cloze-rules.ts'
import { readJsonl } from './lab.ts'

export interface News {
  readonly id: string
  readonly date: string
  readonly text: string
}

export interface Part {
  /** Id of the article. */
  readonly passage: string
  readonly text: string
}

export interface NewsParts {
  readonly segmenter: Segmenter
  readonly parts: readonly Part[]
  /** Other parts that speak of the like and lack a telling word of the question, or stand beside part `at` of `passage`. */
  readonly misses: (question: string, answer: string, passage: string, at?: number) => readonly Part[]
}

/** A row for training/train_reader.py: what is read for a question; start and end in code points, -1 where no answer is. */
export interface Row {
  readonly question: string
  readonly kind: string
  readonly passage: string
  /** The whole passage, where it is known. */
  readonly whole?: string
  readonly windows: readonly (Part & { readonly start: number; readonly end: number })[]
}

/** Near misses a question. */
const MISSES = 6
/** Characters of an article that are cut into parts. */
const READ = 1200
const SHINGLE = 13

/** Every article of the sets that train: none of 2026, with which benches measure. */
export const newsOf = (data: string): readonly (readonly News[])[] =>
  ['cctv.jsonl.xz', 'crud.jsonl.xz'].map((name) =>
    execFileSync('xz', ['-dc', join(data, 'news', name)], { maxBuffer: 2 ** 30, encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '')
      .map((line): News => JSON.parse(line))
      .filter(({ date }) => date < '2026'),
  )

/** Parts of `wanted` articles of each set, without those that the news questions were written about. */
export const openNewsParts = (
  data: string,
  sets: readonly (readonly News[])[],
  wanted: number,
): NewsParts => {
  const isMeasured = makeIsMeasured(data)
  const chosen = sets.flatMap((news) =>
    news
      .filter(({ text }) => text.length >= 120)
      .map((one) => ({ one, by: chance(one.id, 'article') }))
      .sort((a, b) => a.by - b.by)
      .slice(0, wanted)
      .map(({ one }) => one)
      .filter(({ text }) => !isMeasured(text)),
  )
  const parts = chosen.flatMap(({ id, text }) =>
    partsOf(text.slice(0, READ), id).map((part): Part => ({ passage: id, text: part })),
  )
  process.stderr.write(`${chosen.length} articles, ${parts.length} parts\n`)
  const segmenter = openSegmenter()
  return { segmenter, parts, misses: makeMisses(parts, segmenter) }
}

/** A window that holds the answer [start, end) in UTF-16 code units. */
export const answering = ({ passage, text }: Part, start: number, end: number) => {
  const codePoints = (offset: number): number => [...text.slice(0, offset)].length
  return { passage, text, start: codePoints(start), end: codePoints(end) }
}

export const silent = ({ passage, text }: Part) => ({ passage, text, start: -1, end: -1 })

/** Sentences joined to parts of 70 to 150 characters: what the program would read. */
const partsOf = (text: string, key: string): readonly string[] => {
  const parts: string[] = []
  let part = ''
  let room = 70 + 80 * chance(key, 0)
  const plain = text.replaceAll('\n', '')
  for (const [start, end] of sentences(plain)) {
    const sentence = plain.slice(start, end)
    if (part !== '' && part.length + sentence.length > room) {
      parts.push(part)
      part = ''
      room = 70 + 80 * chance(key, parts.length)
    }
    part += sentence
  }
  return [...parts, part].filter((one) => one.length >= 20 && one.length <= 260)
}

const makeIsMeasured = (data: string): ((text: string) => boolean) => {
  const measured = new Set<string>()
  for (const { text } of readJsonl<{ text: string }>(join(data, 'questions', 'corpus.jsonl'))) {
    for (let at = 0; at + SHINGLE <= text.length; at++) measured.add(text.slice(at, at + SHINGLE))
  }
  return (text) => {
    for (let at = 0; at + SHINGLE <= text.length; at += SHINGLE)
      if (measured.has(text.slice(at, at + SHINGLE))) return true
    return false
  }
}

const makeMisses = (parts: readonly Part[], segmenter: Segmenter): NewsParts['misses'] => {
  const collector = collectPostings()
  for (const { text } of parts) {
    const counts = new Map<string, number>()
    for (const { term, weight } of terms(text, segmenter))
      counts.set(term, (counts.get(term) ?? 0) + weight * COUNT_UNIT)
    collector.add(counts)
  }
  const words = makeWords(collector.finish())
  return (question, answer, passage, at) => {
    const asked = terms(question, segmenter)
    const telling = asked.filter(
      ({ term, weight }) => weight === 1 && term.length > 1 && words.idf(term) > 3.5,
    )
    const found = words.search(asked, 14).map(({ passage: part }) => part)
    const near = at === undefined ? [] : [at - 2, at - 1, at + 1, at + 2]
    const beside = near.filter((one) => parts[one]?.passage === passage)
    return [...new Set([...beside, ...found])]
      .filter((one) => one !== at)
      .flatMap((one) => parts[one] ?? [])
      .filter(({ text }) => answer === '' || !text.includes(answer))
      .filter((part) => part.passage === passage || telling.some(({ term }) => !part.text.includes(term)))
      .slice(0, MISSES)
  }
}
