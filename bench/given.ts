// How well is a text read that is known to hold the answer, or not to hold it? Through the program: of all passages only those
// of that text are looked at, cut and read as for /ask; the short answer counts, or the sentences where there is none, sure or not.
//   npx tsx bench/given.ts --data FOLDER [--every N]      (FOLDER/questions/{corpus,news-questions.dev}.jsonl)
//   npx tsx bench/given.ts --reading FILE [--every N]     (lines of question, context, answers: [{ text }], as CMRC 2018)
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { makeWeigh } from '../src/ask/extract/evidence.ts'
import { makeRetrieve } from '../src/ask/find/retrieve.ts'
import { judge } from '../src/ask/read/read.ts'
import { makeViews } from '../src/ask/views.ts'
import { overlapF1 } from '../src/cli/eval-score.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'

interface Asked {
  readonly question: string
  /** None: the text does not tell it. */
  readonly answers: readonly string[]
  /** Name of the file that the text is. */
  readonly file: string
}

const FILE = 'corpus.jsonl'

const newsQuestions = (folder: string, into: string): readonly Asked[] => {
  copyFileSync(join(folder, FILE), join(into, FILE))
  return readJsonl<Item>(join(folder, 'news-questions.dev.jsonl')).map(({ question, answers, passage }) => ({
    question,
    answers,
    file: `${FILE}#${passage}`,
  }))
}

const readingQuestions = (path: string, into: string): readonly Asked[] => {
  const items = readJsonl<{ question: string; context: string; answers: readonly { text: string }[] }>(path)
  const ids = new Map(
    [...new Set(items.map(({ context }) => context))].map((context, i) => [context, `${i}`]),
  )
  const texts = [...ids].map(([text, id]) => JSON.stringify({ id, text }))
  writeFileSync(join(into, FILE), `${texts.join('\n')}\n`)
  return items.map(({ question, context, answers }) => ({
    question,
    answers: answers.map(({ text }) => text),
    file: `${FILE}#${ids.get(context)}`,
  }))
}

const option = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined
const reading = option('--reading')
const folder = join(tmpdir(), 'chuchu-bench', reading === undefined ? 'news-questions' : basename(reading))
mkdirSync(folder, { recursive: true })
const asked =
  reading === undefined
    ? newsQuestions(join(dataFolder(), 'questions'), folder)
    : readingQuestions(reading, folder)
const every = Number(option('--every') ?? 1)

const lab = await openLab(folder)
const { generation, segmenter } = lab
const deps = { ...lab, views: makeViews(generation), weigh: makeWeigh(generation.words, segmenter) }
const retrieve = makeRetrieve({ ...lab, embedder: lab.models.embedder })
const told: { exact: boolean; f1: number; sure: number }[] = []
const untold: number[] = []
for (const { question, answers, file } of asked.filter((_, i) => i % every === 0)) {
  const found = await retrieve({ question, history: [], top: 20, source: file })
  const candidates = found.candidates.filter(({ passage }) => fileOf(passage) === file)
  const { judged } = await judge({ ...deps, reader: lab.models.reader }, { ...found, candidates })
  const [best] = judged
  const sure = best?.score ?? 0
  if (answers.length === 0) {
    untold.push(sure)
    continue
  }
  const range = best && (best.choice.answer ?? ([best.choice.start, best.choice.end] as const))
  const text = best && range ? best.view.text.slice(...range) : ''
  const f1 = Math.max(...answers.map((answer) => overlapF1(text, answer)))
  told.push({ exact: f1 === 1, f1, sure })
}
await lab.close()

const mean = (numbers: readonly number[]): string =>
  (numbers.reduce((sum, one) => sum + one, 0) / numbers.length).toFixed(3)
console.log(
  `${basename(folder)}: ${told.length} told, exact ${mean(told.map(({ exact }) => (exact ? 1 : 0)))} F1 ${mean(told.map(({ f1 }) => f1))}`,
)
if (untold.length > 0) {
  const kept = told.map(({ sure }) => sure).sort((a, b) => a - b)[Math.floor(told.length / 10)] ?? 0
  const refused = untold.map((sure) => (sure < kept ? 1 : 0))
  console.log(`${untold.length} not told, refused where 90 % of the told are answered ${mean(refused)}`)
}

function fileOf(passage: number): string {
  const article = generation.articles[generation.passages[passage]?.article ?? 0]
  return generation.files[article?.file ?? 0]?.name ?? ''
}
