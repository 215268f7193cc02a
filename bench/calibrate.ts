// Fits the numbers that turn what speaks for an extract into a probability, and prints how well they hold.
//   npx tsx bench/calibrate.ts --data FOLDER [--write]
// Fitted on the train questions, the threshold too; everything printed is measured on the dev questions.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probability } from '../src/ask/calibration.ts'
import { makeWeigh } from '../src/ask/evidence.ts'
import { judge } from '../src/ask/read.ts'
import { makeRetrieve, type Retrieved } from '../src/ask/retrieve.ts'
import { makeViews } from '../src/ask/views.ts'
import type { Calibration, Features } from '../src/core/types.ts'
import { folded } from '../src/text/fold.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'

/** What one question brought up: the candidates' features and whether each holds the answer. */
interface Row {
  readonly answerable: boolean
  /** An answerable question asked of the corpus without its article: the common way for an answer not to be there. */
  readonly absent: boolean
  readonly missing: boolean
  readonly candidates: readonly { readonly features: Features; readonly right: boolean }[]
}

/** The confidence of a reply is that of its first extract, so the first counts as twenty: expected calibration error .159 → .040. */
const FIRST = 20
/** The threshold is the lowest at which this share of the questions whose article is not there is refused. */
const ABSENT_REFUSED = 0.75
/** Features that may only count against an extract; all others only for it. */
const AGAINST: ReadonlySet<string> = new Set(['unknown', 'untold', 'elsewhere'])
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
    rows.push(await rowOf(item, retrieved))
    if (item.answers.length === 0 || rows.length % 2 === 0) continue
    const others = retrieved.candidates.filter(({ passage }) => fileOf(passage) !== item.file)
    rows.push(await rowOf({ ...item, answers: [] }, { ...retrieved, candidates: others }, true))
    if (rows.length % 100 === 0) process.stderr.write(`\r${name} ${rows.length}/${items.length}   `)
  }
  return rows
}

async function rowOf(item: Item, retrieved: Retrieved, absent = false): Promise<Row> {
  const { judged } = await judge(reading, retrieved)
  const candidates = judged.map(({ features, view, choice }) => {
    const text = bare(view.text.slice(choice.start, choice.end))
    const right =
      fileOf(view.passage) === item.file && item.answers.some((answer) => text.includes(bare(answer)))
    return { features, right }
  })
  const missing = retrieved.named.missing.length > 0
  return { answerable: item.answers.length > 0, absent, missing, candidates }
}

function fileOf(passage: number): string {
  const article = lab.generation.articles[lab.generation.passages[passage]?.article ?? 0]
  return lab.generation.files[article?.file ?? 0]?.name ?? ''
}

/** Logistic regression by gradient descent on standardised features, light L2; then the threshold. */
function fitLogistic(rows: readonly Row[]): Calibration {
  const samples = rows.flatMap(({ candidates }) =>
    candidates.slice(0, FITTED).map((candidate, i) => ({ ...candidate, weight: i === 0 ? FIRST : 1 })),
  )
  const total = samples.reduce((sum, { weight }) => sum + weight, 0)
  const names = Object.keys(samples[0]?.features ?? {}) as (keyof Features)[]
  const { mean, spread } = momentsOf(names, samples, total)
  const scaled = (value: number, i: number): number =>
    spread[i] === 0 ? 0 : (value - (mean[i] ?? 0)) / (spread[i] ?? 1)
  const inputs = samples.map(({ features }) => names.map((name, i) => scaled(features[name], i)))
  const { weights, bias } = descend(names, inputs, samples, total)
  const raw = weights.map((weight, i) => (spread[i] === 0 ? 0 : weight / (spread[i] ?? 1)))
  const shift = raw.reduce((sum, weight, i) => sum + weight * (mean[i] ?? 0), 0)
  const entries = Object.fromEntries(
    names.map((name, i) => [name, round3(raw[i] ?? 0)]),
  ) as unknown as Features // every name is there
  const draft = { bias: round3(bias - shift), weights: entries, threshold: 0.5 }
  return { ...draft, threshold: lowestThreshold(rows, draft) }
}

/** Gradient descent on the weighted log loss with a light L2. */
function descend(
  names: readonly (keyof Features)[],
  inputs: readonly (readonly number[])[],
  samples: readonly { readonly right: boolean; readonly weight: number }[],
  total: number,
) {
  const weights = names.map(() => 0)
  let bias = 0
  for (let round = 0; round < 1500; round++) {
    const slopes = names.map(() => 0)
    let lift = 0
    for (const [k, input] of inputs.entries()) {
      const odds = input.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)
      const error = (samples[k]?.weight ?? 0) * ((samples[k]?.right ? 1 : 0) - 1 / (1 + Math.exp(-odds)))
      lift += error
      for (const [i, value] of input.entries()) slopes[i] = (slopes[i] ?? 0) + error * value
    }
    bias += (2 * lift) / total
    for (const [i, slope] of slopes.entries())
      weights[i] = bounded(names[i], (weights[i] ?? 0) + 2 * (slope / total - 0.0005 * (weights[i] ?? 0)))
  }
  return { weights, bias }
}

/** Weighted mean and spread of each feature; a spread of 0 for one that never varies. */
function momentsOf(
  names: readonly (keyof Features)[],
  samples: readonly { readonly features: Features; readonly weight: number }[],
  total: number,
) {
  const average = (value: (features: Features) => number): number =>
    samples.reduce((sum, { features, weight }) => sum + weight * value(features), 0) / total
  const mean = names.map((name) => average((features) => features[name]))
  const spread = names.map((name, i) => {
    const found = Math.sqrt(average((features) => (features[name] - (mean[i] ?? 0)) ** 2))
    return found > 1e-9 ? found : 0
  })
  return { mean, spread }
}

/** What speaks for an extract may not count against it, nor the other way: keeps the fit sound on other corpora. */
function bounded(name: keyof Features | undefined, weight: number): number {
  return AGAINST.has(name ?? '') ? Math.min(0, weight) : Math.max(0, weight)
}

function lowestThreshold(rows: readonly Row[], calibration: Calibration): number {
  const absent = rows.filter((row) => row.absent)
  const steps = Array.from({ length: 90 }, (_, i) => (i + 5) / 100)
  const refused = (step: number): number =>
    absent.filter((row) => !outcome(row, calibration, step).answered).length
  return steps.find((step) => refused(step) >= ABSENT_REFUSED * absent.length) ?? 0.5
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
  const near = rows.filter(({ answerable, absent }) => !answerable && !absent)
  const absent = rows.filter((row) => row.absent)
  const share = (
    part: readonly Row[],
    test: (o: ReturnType<typeof outcome>) => boolean,
    threshold = calibration.threshold,
  ): string =>
    (part.filter((row) => test(outcome(row, calibration, threshold))).length / part.length).toFixed(3)
  for (const threshold of [calibration.threshold, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]) {
    console.log(
      `dev, threshold ${threshold.toFixed(2)}: right ${shareRight(rows, calibration, threshold).toFixed(3)}  answered ${share(yes, (o) => o.answered, threshold)}` +
        `  hit@1 ${share(yes, (o) => o.answered && o.first, threshold)}  hit@3 ${share(yes, (o) => o.answered && o.three, threshold)}  refused: near misses ${share(near, (o) => !o.answered, threshold)}, absent ${share(absent, (o) => !o.answered, threshold)}`,
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
