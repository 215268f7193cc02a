// Prints the written questions of training/written.tsv in the form of bench/windows.ts, with their passages and near misses.
//   npx tsx bench/written.ts --data FOLDER [--articles N] > written.jsonl
// A line of the file: article id, start and end of the passage in the article without its line breaks, question, start and
// end of the answer in the passage (both empty: the passage is near and holds none). UTF-16 code units.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { judgedArticles } from './judging.ts'
import { dataFolder } from './lab.ts'
import { answering, newsOf, openNewsParts, type Part, type Row, silent } from './news-parts.ts'

const articlesWanted = Number(process.argv[process.argv.indexOf('--articles') + 1]) || 9000
const data = dataFolder()
const sets = newsOf(data)
const texts = new Map(sets.flat().map(({ id, text }) => [id, text.replaceAll('\n', '')]))
const judged = judgedArticles()
const { misses } = openNewsParts(data, sets, articlesWanted)

const file = fileURLToPath(new URL('../training/written.tsv', import.meta.url))
for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
  const [id = '', from, to, question = '', start = '', end = ''] = line.split('\t')
  const text = texts.get(id)?.slice(Number(from), Number(to))
  if (judged.has(id)) throw new Error(`training/written.tsv: ${id} is an article of bench/judging.tsv`)
  if (text === undefined) throw new Error(`training/written.tsv: no article ${id} in ${data}`)
  const part: Part = { passage: id, text }
  const answer = start === '' ? '' : text.slice(Number(start), Number(end))
  const own = answer === '' ? silent(part) : answering(part, Number(start), Number(end))
  const others = answer === '' ? [] : misses(question, answer, id).filter(({ passage }) => passage !== id)
  const row: Row = {
    question,
    kind: 'written',
    passage: `${id}#${from}`,
    whole: text,
    windows: [own, ...others.map(silent)],
  }
  console.log(JSON.stringify(row))
}
