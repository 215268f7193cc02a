// Prints, for every train question, the parts of passages that the reader would be given: what it is trained on.
//   npx tsx bench/windows.ts --data FOLDER > windows.jsonl
// A row: {question, passage: id or null, windows: [{passage: id, text, start, end}]}, best found first; start and end in
// code points, -1 where the window does not hold the answer. Passages of the questions that measure are left out, and
// windows of other passages that hold the words of the answer by chance.
import { copyFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeWeigh } from '../src/ask/extract/evidence.ts'
import { makeRetrieve } from '../src/ask/find/retrieve.ts'
import { focus } from '../src/ask/read/focus.ts'
import { makeViews } from '../src/ask/views.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'

/** Windows a question: the two that are read, and those that could come among them. */
const WINDOWS = 8
const data = join(dataFolder(), 'questions')
const folder = join(tmpdir(), 'chuchu-bench', 'news-questions')
mkdirSync(folder, { recursive: true })
copyFileSync(join(data, 'corpus.jsonl'), join(folder, 'corpus.jsonl'))
const measuring = new Set(readJsonl<Item>(join(data, 'news-questions.dev.jsonl')).map(({ file }) => file))
const lab = await openLab(folder)
const retrieve = makeRetrieve({ ...lab, embedder: lab.models.embedder })
const views = makeViews(lab.generation)
const weigh = makeWeigh(lab.generation.words, lab.segmenter)

for (const item of readJsonl<Item>(join(data, 'news-questions.train.jsonl'))) {
  const { question, candidates } = await retrieve({ question: item.question, history: [], top: 5 })
  const windows = candidates
    .map(({ passage, sentences }) => {
      const { text } = views.view(passage)
      const [start, end] = focus(text, weigh(question, text, sentences))
      return windowOf(item, fileOf(passage), text.slice(start, end))
    })
    .filter((window) => window !== null)
  console.log(
    JSON.stringify({ question: item.question, passage: item.passage, windows: windows.slice(0, WINDOWS) }),
  )
}
await lab.close()

function windowOf(item: Item, file: string, text: string) {
  const at = item.answers.map((answer) => text.indexOf(answer)).find((found) => found >= 0) ?? -1
  const [answer = ''] = item.answers.filter((one) => text.includes(one))
  if (measuring.has(file) || (at >= 0 && file !== item.file)) return null
  const start = at < 0 ? -1 : [...text.slice(0, at)].length
  return { passage: file, text, start, end: start < 0 ? -1 : start + [...answer].length }
}

function fileOf(passage: number): string {
  const article = lab.generation.articles[lab.generation.passages[passage]?.article ?? 0]
  return lab.generation.files[article?.file ?? 0]?.name ?? ''
}
