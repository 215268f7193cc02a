// The questions of judging.tsv and the news articles they are asked of. 589 of the 900 articles are asked about, four questions
// each that they answer and three near misses, written by readers of the article alone; no model was trained on them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Item } from './lab.ts'
import { newsOf } from './news-parts.ts'

const FILE = 'articles.jsonl'

/** A line: article id, question, its answers parted by | (none: a near miss). An id alone: an article that is not asked about. */
const lines = (): readonly (readonly string[])[] =>
  readFileSync(fileURLToPath(new URL('./judging.tsv', import.meta.url)), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))

/** Ids of the articles: they measure, they never train. */
export const judgedArticles = (): ReadonlySet<string> => new Set(lines().map(([id = '']) => id))

/** Writes the articles into a folder of the system's temporary one and names it. */
export const judgingFolder = (data: string): string => {
  const folder = join(tmpdir(), 'chuchu-bench', 'judging')
  const news = new Map(
    newsOf(data)
      .flat()
      .map((one) => [one.id, one]),
  )
  const articles = [...judgedArticles()].map((id) => {
    const article = news.get(id)
    if (!article) throw new Error(`bench/judging.tsv: no article ${id} in ${data}`)
    return JSON.stringify(article)
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, FILE), `${articles.join('\n')}\n`)
  return folder
}

/** `passage` is the article that the question was written about, also of a near miss. */
export const judgingItems = (): readonly Item[] =>
  lines().flatMap(([id = '', question, answers], i) => {
    if (question === undefined) return []
    const accepted = answers?.split('|') ?? []
    const file = accepted.length > 0 ? `${FILE}#${id}` : null
    return [{ id: `judging-${i}`, question, answers: accepted, file, passage: id }]
  })
