// Prints questions made by rule from news, in the form of bench/windows.ts: what the reader is trained on besides written ones.
//   npx tsx bench/cloze.ts --data FOLDER [--articles N] > cloze.jsonl
// An amount, a time, a person, a place, an organisation, a cause, a list or a name is taken out of a clause and asked for.
// Near misses are other parts of the same article and parts of other articles that BM25 finds and that lack a word of the
// question. Nothing of 2026 (benches measure with it), nothing that the news questions were written about.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { makeWords } from '../src/index/bm25.ts'
import { COUNT_UNIT, collectPostings } from '../src/index/postings.ts'
import { openSegmenter } from '../src/index/segmenter.ts'
import { sentences } from '../src/text/sentences.ts'
import { terms } from '../src/text/words.ts'
import { chance, pick, questionsOf, reworded } from './cloze-rules.ts'
import { dataFolder, readJsonl } from './lab.ts'

interface News {
  readonly id: string
  readonly date: string
  readonly text: string
}

interface Part {
  readonly article: number
  readonly text: string
}

const segmenter = openSegmenter()

/** Sentences joined to parts of 70 to 150 characters: what the program would read. */
const partsOf = (text: string, key: string): readonly string[] => {
  const parts: string[] = []
  let part = ''
  let room = 70 + 80 * chance(key, 0)
  for (const [start, end] of sentences(text.replaceAll('\n', ''))) {
    const sentence = text.replaceAll('\n', '').slice(start, end)
    if (part !== '' && part.length + sentence.length > room) {
      parts.push(part)
      part = ''
      room = 70 + 80 * chance(key, parts.length)
    }
    part += sentence
  }
  return [...parts, part].filter((one) => one.length >= 20 && one.length <= 260)
}

const articlesWanted = Number(process.argv[process.argv.indexOf('--articles') + 1]) || 9000
const data = dataFolder()
const unpack = (name: string): readonly News[] =>
  execFileSync('xz', ['-dc', join(data, 'news', name)], { maxBuffer: 2 ** 30, encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

const SHINGLE = 13
const measured = new Set<string>()
for (const { text } of readJsonl<{ text: string }>(join(data, 'questions', 'corpus.jsonl'))) {
  for (let at = 0; at + SHINGLE <= text.length; at++) measured.add(text.slice(at, at + SHINGLE))
}
const isMeasured = (text: string): boolean => {
  for (let at = 0; at + SHINGLE <= text.length; at += SHINGLE)
    if (measured.has(text.slice(at, at + SHINGLE))) return true
  return false
}
const chosen = ['cctv.jsonl.xz', 'crud.jsonl.xz'].flatMap((name) =>
  unpack(name)
    .filter(({ date, text }) => date < '2026' && text.length >= 120)
    .map((news) => ({ news, by: chance(news.id, 'article') }))
    .sort((a, b) => a.by - b.by)
    .slice(0, articlesWanted)
    .map(({ news }) => news)
    .filter(({ text }) => !isMeasured(text)),
)
const parts: Part[] = chosen.flatMap(({ id, text }, article) =>
  partsOf(text.slice(0, 1200), id).map((part) => ({ article, text: part })),
)
process.stderr.write(`${chosen.length} articles, ${parts.length} parts\n`)
const collector = collectPostings()
for (const { text } of parts) {
  const counts = new Map<string, number>()
  for (const { term, weight } of terms(text, segmenter))
    counts.set(term, (counts.get(term) ?? 0) + weight * COUNT_UNIT)
  collector.add(counts)
}
const words = makeWords(collector.finish())

/** Other parts that speak of the like and lack a telling word of the question, or of the same article. */
const missesFor = (question: string, at: number, answer: string): readonly Part[] => {
  const own = parts[at]?.article
  const asked = terms(question, segmenter)
  const telling = asked.filter(({ term, weight }) => weight === 1 && term.length > 1 && words.idf(term) > 3.5)
  const found = words.search(asked, 14).map(({ passage }) => passage)
  const beside = [at - 2, at - 1, at + 1, at + 2].filter((one) => parts[one]?.article === own)
  return [...new Set([...beside, ...found])]
    .filter((one) => one !== at)
    .flatMap((one) => parts[one] ?? [])
    .filter(({ text }) => !text.includes(answer))
    .filter(({ text, article }) => article === own || telling.some(({ term }) => !text.includes(term)))
    .slice(0, 6)
}

const codePoints = (text: string, offset: number): number => [...text.slice(0, offset)].length
for (const [at, { text, article }] of parts.entries()) {
  if (chance(text, 'asked') > 0.5) continue
  const all = sentences(text).flatMap(([from, to]) =>
    questionsOf(text.slice(from, to), segmenter).map((one) => ({
      ...one,
      start: one.start + from,
      end: one.end + from,
    })),
  )
  if (all.length === 0) continue
  const kinds = [...new Set(all.map(({ kind }) => kind))]
  const kind = pick(kinds, text, 'kind')
  const one = pick(
    all.filter((other) => other.kind === kind),
    text,
    'one',
  )
  const question = reworded(one.question)
  const answer = text.slice(one.start, one.end)
  const misses = missesFor(question, at, answer)
  const place = (text: string, start: number, end: number) => ({
    passage: chosen[article]?.id,
    text,
    start,
    end,
  })
  console.log(
    JSON.stringify({
      question,
      kind: one.kind,
      passage: `${chosen[article]?.id}#${at}`,
      windows: [
        place(text, codePoints(text, one.start), codePoints(text, one.end)),
        ...misses.map((miss) => ({ passage: chosen[miss.article]?.id, text: miss.text, start: -1, end: -1 })),
      ],
    }),
  )
}
