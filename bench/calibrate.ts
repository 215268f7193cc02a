// Fits the numbers that turn what speaks for an extract into a probability, and prints how well they hold.
//   npx tsx bench/calibrate.ts --data FOLDER [--write]
// Fitted on the train questions, the threshold too; everything printed is measured on the dev questions.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probability } from '../src/ask/calibration.ts'
import { makeWeigh } from '../src/ask/evidence.ts'
import { missingNames } from '../src/ask/missing.ts'
import { judge } from '../src/ask/read.ts'
import { makeRetrieve } from '../src/ask/retrieve.ts'
import { makeViews } from '../src/ask/views.ts'
import type { Calibration, Features } from '../src/core/types.ts'
import { folded } from '../src/text/fold.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'

/** What one question brought up: the candidates' features and whether each holds the answer. */
interface Row {
  readonly answerable: boolean
  readonly missing: boolean
  readonly candidates: readonly { readonly features: Features; readonly right: boolean }[]
}

/** Candidates a question that are fitted to: those that may be shown. */
const FITTED = 5
const data = join(dataFolder(), 'questions')
const folder = join(tmpdir(), 'chuchu-bench', 'news-questions')
mkdirSync(folder, { recursive: true })
copyFileSync(join(data, 'corpus.jsonl'), join(folder, 'corpus.jsonl'))
const lab = await openLab(folder)
const deps = { ...lab, embedder: lab.models.embedder }
const retrieve = makeRetrieve(deps)
const views = makeViews(lab.generation)
const reading = {
  ...deps,
  reader: lab.models.reader,
  views,
  weigh: makeWeigh(lab.generation.words, lab.segmenter),
}
const bare = (text: string): string => folded(text).replace(/[\s\p{P}\p{S}]+/gu, '')

const train = await rowsOf('news-questions.train.jsonl', 1500)
const dev = await rowsOf('news-questions.dev.jsonl', 1000)
await lab.close()
const fitted = fitLogistic(train)
report(dev, fitted)
if (process.argv.includes('--write')) write(fitted)

async function rowsOf(name: string, most: number): Promise<readonly Row[]> {
  const all = readJsonl<Item>(join(data, name))
  const step = Math.max(1, all.length / most)
  const items = all.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
  const rows: Row[] = []
  for (const item of items) {
    const retrieved = await retrieve({ question: item.question, history: [], top: 5 })
    const { judged } = await judge(reading, retrieved)
    const candidates = judged.map(({ features, view, choice }) => {
      const { file } = views.citation(view, choice.start, choice.end)
      const text = bare(view.text.slice(choice.start, choice.end))
      return {
        features,
        right: file === item.file && item.answers.some((answer) => text.includes(bare(answer))),
      }
    })
    const missing = missingNames(retrieved.question, lab.generation, lab.segmenter).length > 0
    rows.push({ answerable: item.answers.length > 0, missing, candidates })
    if (rows.length % 100 === 0) process.stderr.write(`\r${name} ${rows.length}/${items.length}   `)
  }
  return rows
}

/** Logistic regression by gradient descent on standardised features, light L2; then the threshold that is most often right. */
function fitLogistic(rows: readonly Row[]): Calibration {
  const samples = rows.flatMap(({ candidates }) => candidates.slice(0, FITTED))
  const names = Object.keys(samples[0]?.features ?? {}) as (keyof Features)[]
  const mean = names.map(
    (name) => samples.reduce((sum, { features }) => sum + features[name], 0) / samples.length,
  )
  const spread = names.map((name, i) =>
    Math.sqrt(
      samples.reduce((sum, { features }) => sum + (features[name] - (mean[i] ?? 0)) ** 2, 0) / samples.length,
    ),
  )
  const inputs = samples.map(({ features }) =>
    names.map((name, i) =>
      (spread[i] ?? 0) > 1e-9 ? (features[name] - (mean[i] ?? 0)) / (spread[i] ?? 1) : 0,
    ),
  )
  const weights = names.map(() => 0)
  let bias = 0
  for (let round = 0; round < 1500; round++) {
    const slopes = names.map(() => 0)
    let lift = 0
    for (const [k, input] of inputs.entries()) {
      const odds = input.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)
      const error = (samples[k]?.right ? 1 : 0) - 1 / (1 + Math.exp(-odds))
      lift += error
      for (const [i, value] of input.entries()) slopes[i] = (slopes[i] ?? 0) + error * value
    }
    bias += (2 * lift) / inputs.length
    for (const [i, slope] of slopes.entries())
      weights[i] = (weights[i] ?? 0) + 2 * (slope / inputs.length - 0.0005 * (weights[i] ?? 0))
  }
  const raw = weights.map((weight, i) => ((spread[i] ?? 0) > 1e-9 ? weight / (spread[i] ?? 1) : 0))
  const shift = raw.reduce((sum, weight, i) => sum + weight * (mean[i] ?? 0), 0)
  const entries = Object.fromEntries(
    names.map((name, i) => [name, round3(raw[i] ?? 0)]),
  ) as unknown as Features // every name is there
  const draft = { bias: round3(bias - shift), weights: entries, threshold: 0.5 }
  return { ...draft, threshold: bestThreshold(rows, draft) }
}

function bestThreshold(rows: readonly Row[], calibration: Calibration): number {
  const steps = Array.from({ length: 90 }, (_, i) => (i + 5) / 100)
  return steps.reduce(
    (best, step) => (shareRight(rows, calibration, step) > shareRight(rows, calibration, best) ? step : best),
    0.3,
  )
}

function outcome(row: Row, calibration: Calibration, threshold: number) {
  const scored = row.candidates
    .map(({ features, right }) => ({ right, score: probability(calibration, features) }))
    .sort((a, b) => b.score - a.score)
  const answered = !row.missing && (scored[0]?.score ?? 0) >= threshold
  return {
    answered,
    score: scored[0]?.score ?? 0,
    first: scored[0]?.right === true,
    three: scored.slice(0, 3).some(({ right }) => right),
  }
}

/** Answered with a right extract among three, or refused where there is no answer. */
function shareRight(rows: readonly Row[], calibration: Calibration, threshold: number): number {
  const right = rows.filter((row) => {
    const { answered, three } = outcome(row, calibration, threshold)
    return row.answerable ? answered && three : !answered
  })
  return right.length / rows.length
}

function report(rows: readonly Row[], calibration: Calibration): void {
  console.log(JSON.stringify(calibration, null, 2))
  const yes = rows.filter(({ answerable }) => answerable)
  const no = rows.filter(({ answerable }) => !answerable)
  const share = (
    part: readonly Row[],
    test: (o: ReturnType<typeof outcome>) => boolean,
    threshold = calibration.threshold,
  ): string =>
    (part.filter((row) => test(outcome(row, calibration, threshold))).length / part.length).toFixed(3)
  for (const threshold of [calibration.threshold, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]) {
    console.log(
      `dev, threshold ${threshold.toFixed(2)}: right ${shareRight(rows, calibration, threshold).toFixed(3)}  answered ${share(yes, (o) => o.answered, threshold)}` +
        `  hit@1 ${share(yes, (o) => o.answered && o.first, threshold)}  hit@3 ${share(yes, (o) => o.answered && o.three, threshold)}  refused ${share(no, (o) => !o.answered, threshold)}`,
    )
  }
  const outcomes = rows.map((row) => outcome(row, calibration, 0))
  let error = 0
  for (let bin = 0; bin < 10; bin++) {
    const part = outcomes.filter(({ score }) => Math.min(9, Math.floor(score * 10)) === bin)
    if (part.length === 0) continue
    const said = part.reduce((sum, { score }) => sum + score, 0) / part.length
    const was = part.filter(({ first }) => first).length / part.length
    error += (part.length / outcomes.length) * Math.abs(said - was)
    console.log(`  said ${said.toFixed(2)}  was ${was.toFixed(2)}  n ${part.length}`)
  }
  console.log(`expected calibration error ${error.toFixed(3)}`)
}

function write(calibration: Calibration): void {
  const path = join(lab.config.models, 'calibration.json')
  const all = JSON.parse(readFileSync(path, 'utf8'))
  const key = lab.models.reader
    ? `${lab.config.embedder}+${lab.config.reader}`
    : `${lab.config.embedder}+rules`
  writeFileSync(path, `${JSON.stringify({ ...all, [key]: calibration }, null, 2)}\n`)
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
