import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import MiniSearch from 'minisearch'
import type { WeightedTerm } from '../src/core/ports.ts'
import { makeWords } from '../src/index/bm25.ts'
import { COUNT_UNIT, collectPostings } from '../src/index/postings.ts'
import { openSegmenter } from '../src/index/segmenter.ts'
import { terms } from '../src/text/words.ts'
import { dataFolder } from './lab.ts'

/**
 * Our BM25 against MiniSearch and SQLite FTS5 (of python3) on the same tokens in the same run: 50,000 passages of
 * the CCTV news, 200 questions that are titles of their articles. Prints milliseconds a question.
 *   npx tsx bench/bm25.ts --data FOLDER
 * The folder holds news/cctv.jsonl.xz ({title, text} a line); `xz` and `python3` are needed.
 */
const PASSAGES = 50_000
const QUESTIONS = 200
const TOP = 10

interface Item {
  readonly title: string
  readonly passage: string
}

/** One passage a paragraph of at least 20 characters. */
const readItems = async (path: string): Promise<readonly Item[]> => {
  const xz = spawn('xz', ['-dc', path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const items: Item[] = []
  for await (const line of createInterface({ input: xz.stdout })) {
    const { title, text } = JSON.parse(line) as { title: string; text: string }
    for (const passage of text.split('\n')) if (passage.length >= 20) items.push({ title, passage })
    if (items.length >= PASSAGES) break
  }
  xz.kill()
  return items.slice(0, PASSAGES)
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length

const timed = (
  questions: readonly (readonly WeightedTerm[])[],
  search: (terms: readonly WeightedTerm[]) => unknown,
): number[] => {
  for (const question of questions.slice(0, 20)) search(question)
  return questions.map((question) => {
    const from = performance.now()
    search(question)
    return performance.now() - from
  })
}

const ours = (passages: readonly (readonly WeightedTerm[])[]) => {
  const collector = collectPostings()
  for (const passage of passages) {
    const counts = new Map<string, number>()
    for (const { term } of passage) counts.set(term, (counts.get(term) ?? 0) + COUNT_UNIT)
    collector.add(counts)
  }
  const words = makeWords(collector.finish())
  return (question: readonly WeightedTerm[]) => words.search(question, TOP)
}

const miniSearch = (passages: readonly (readonly WeightedTerm[])[]) => {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  for (const [id, passage] of passages.entries())
    index.add({ id, text: passage.map(({ term }) => term).join(' ') })
  return (question: readonly WeightedTerm[]) =>
    index.search(question.map(({ term }) => term).join(' ')).slice(0, TOP)
}

/** FTS5 with its own bm25(); every term is written in hexadecimal, so that its tokenizer sees one word a term. */
const PYTHON = `
import json, sqlite3, sys, time
folder = sys.argv[1]
db = sqlite3.connect(':memory:')
db.execute("create virtual table p using fts5(text, content='', detail=full)")
db.executemany('insert into p(rowid, text) values (?, ?)', ((i, l.rstrip('\\n')) for i, l in enumerate(open(folder + '/passages'))))
db.execute("insert into p(p) values ('optimize')")
times = []
questions = [l.split() for l in open(folder + '/questions')]
for q in questions[:20] + questions:
    match = ' OR '.join(dict.fromkeys(q))
    start = time.perf_counter()
    db.execute('select rowid from p where p match ? order by rank limit ${TOP}', (match,)).fetchall()
    times.append(1000 * (time.perf_counter() - start))
print(json.dumps(times[20:]))
`

const hex = (list: readonly WeightedTerm[]): string =>
  list.map(({ term }) => `x${Buffer.from(term).toString('hex')}`).join(' ')

const sqlite = async (
  passages: readonly (readonly WeightedTerm[])[],
  questions: readonly (readonly WeightedTerm[])[],
): Promise<number[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-bench-'))
  try {
    writeFileSync(join(folder, 'passages'), passages.map(hex).join('\n'))
    writeFileSync(join(folder, 'questions'), questions.map(hex).join('\n'))
    const python = spawn('python3', ['-c', PYTHON, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    for await (const piece of python.stdout) out += piece
    return JSON.parse(out) as number[]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const main = async (): Promise<void> => {
  const path = join(dataFolder(), 'news', 'cctv.jsonl.xz')
  const segmenter = openSegmenter()
  const items = await readItems(path)
  const passages = items.map(({ passage }) => terms(passage, segmenter))
  const step = Math.max(1, Math.floor(items.length / QUESTIONS))
  const questions = Array.from({ length: QUESTIONS }, (_, i) =>
    terms(items[i * step]?.title ?? '', segmenter),
  )
  const count = passages.reduce((sum, passage) => sum + passage.length, 0)
  console.log(`${items.length} passages, ${count} terms, ${QUESTIONS} questions, ms a question:`)
  const results: readonly (readonly [string, readonly number[]])[] = [
    ['chuchu', timed(questions, ours(passages))],
    ['MiniSearch', timed(questions, miniSearch(passages))],
    ['SQLite FTS5', await sqlite(passages, questions)],
  ]
  for (const [name, times] of results) {
    console.log(`${name.padEnd(12)} mean ${mean(times).toFixed(2)}  median ${median(times).toFixed(2)}`)
  }
  const [own = 0, ...others] = results.map(([, times]) => mean(times))
  console.log(`the faster of the two takes ${(Math.min(...others) / own).toFixed(0)} times as long`)
}

await main()
