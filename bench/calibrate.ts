// Fits the numbers that turn what speaks for an extract into a probability, and prints how well they hold.
//   npx tsx bench/calibrate.ts --data FOLDER [--write] [--reader]     (--reader: only with the reader)
// The dev questions are halved by the passage they are about: one half is fitted to, threshold too, the other measures.
// (The train questions cannot serve: the models have learned from them.)
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probability } from '../src/ask/calibration.ts'
import { makeWeigh } from '../src/ask/evidence.ts'
import { judge, UNTOLD } from '../src/ask/read.ts'
import { makeRetrieve, type Retrieved } from '../src/ask/retrieve.ts'
import { makeViews } from '../src/ask/views.ts'
import { ChuchuError } from '../src/core/errors.ts'
import type { Embedder, Reader } from '../src/core/ports.ts'
import type { Calibration, Features } from '../src/core/types.ts'
import { folded } from '../src/text/fold.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'
import { fitLogistic } from './logistic.ts'

/** What one question brought up: the candidates' features, whether each holds the answer, and is it exactly. */
interface Row {
  readonly fitted: boolean
  readonly answerable: boolean
  /** An answerable question asked of the corpus without its article: the common way for an answer not to be there. */
  readonly absent: boolean
  readonly missing: boolean
  readonly candidates: readonly {
    readonly features: Features
    readonly possible: boolean
    readonly right: boolean
    readonly exact: boolean
  }[]
}

/** The confidence of a reply is that of its first extract, so the first counts as twenty: expected calibration error .159 → .040. */
const FIRST = 20
/** Candidates a question that are fitted to: those that may be shown. */
const FITTED = 5
/**
 * The threshold is the one at which most questions are dealt with rightly: answered, a right extract among three, or
 * refused. Those whose article was taken away count this much: a corpus is mostly asked what it is thought to hold.
 */
const ABSENT_WEIGHT = 0.4
/**
 * Weights for a reader are the mean of those fitted with it and of those fitted without: it has learned from questions like
 * these, and knows less of other articles (docs/evaluation.md).
 */
const HEDGE = 0.5
const data = join(dataFolder(), 'questions')
const folder = join(tmpdir(), 'chuchu-bench', 'news-questions')
mkdirSync(folder, { recursive: true })
copyFileSync(join(data, 'corpus.jsonl'), join(folder, 'corpus.jsonl'))
const lab = await openLab(folder)
const views = makeViews(lab.generation)
const weigh = makeWeigh(lab.generation.words, lab.segmenter)
const { embedder, reader } = lab.models
const bare = (text: string): string => folded(text).replace(/[\s\p{P}\p{S}]+/gu, '')

const fits: Record<string, Calibration> = {}
if (!process.argv.includes('--reader')) {
  await fitOne('none+rules', noEmbedder(), null)
  await fitOne(`${lab.config.embedder}+rules`, embedder, null)
}
if (reader) await fitOne(`${lab.config.embedder}+${lab.config.reader}`, embedder, reader)
await lab.close()
if (process.argv.includes('--write')) write()

async function fitOne(name: string, meaning: Embedder, reads: Reader | null): Promise<void> {
  const rows = await rowsOf(name, meaning, reads)
  const samples = rows
    .filter(({ fitted }) => fitted)
    .flatMap(({ candidates }) =>
      candidates
        .slice(0, FITTED)
        .filter(({ possible }) => possible)
        .map((candidate, i) => ({ ...candidate, weight: i === 0 ? FIRST : 1 })),
    )
  const fitted = { ...fitLogistic(samples), threshold: 0 }
  const draft = reads
    ? between(fitted, fits[`${lab.config.embedder}+rules`] ?? lab.calibrations.rules)
    : fitted
  const calibration = { ...draft, threshold: bestThreshold(rows, draft) }
  fits[name] = calibration
  console.log(`\n${name} ${JSON.stringify(calibration)}`)
  report(
    rows.filter(({ fitted }) => !fitted),
    calibration,
  )
}

function between(fitted: Calibration, rules: Calibration): Calibration {
  const mean = (a: number, b: number): number => Math.round((a * (1 - HEDGE) + b * HEDGE) * 1000) / 1000
  const names = Object.keys(fitted.weights) as (keyof Features)[]
  const weights = Object.fromEntries(
    names.map((name) => [name, mean(fitted.weights[name], rules.weights[name])]),
  )
  return {
    bias: mean(fitted.bias, rules.bias),
    weights: weights as Record<keyof Features, number>,
    threshold: 0,
  }
}

async function rowsOf(name: string, meaning: Embedder, reads: Reader | null): Promise<readonly Row[]> {
  const retrieve = makeRetrieve({ ...lab, embedder: meaning })
  const items = readJsonl<Item>(join(data, 'news-questions.dev.jsonl'))
  const rows: Row[] = []
  for (const item of items) {
    const retrieved = await retrieve({ question: item.question, history: [], top: 5 })
    rows.push(await rowOf(item, retrieved, reads))
    if (rows.length % 50 < 2) process.stderr.write(`\r${name} ${rows.length}   `)
    if (item.answers.length === 0 || rows.length % 2 === 0) continue
    const others = retrieved.candidates.filter(({ passage }) => fileOf(passage) !== item.file)
    rows.push(await rowOf({ ...item, answers: [] }, { ...retrieved, candidates: others }, reads, true))
  }
  return rows
}

async function rowOf(item: Item, retrieved: Retrieved, reads: Reader | null, absent = false): Promise<Row> {
  const { judged } = await judge({ ...lab, reader: reads, views, weigh }, retrieved)
  const candidates = judged.map(({ features, possible, view, choice }) => {
    const text = bare(view.text.slice(choice.start, choice.end))
    const right =
      fileOf(view.passage) === item.file && item.answers.some((answer) => text.includes(bare(answer)))
    const short = choice.answer ? bare(view.text.slice(...choice.answer)) : ''
    const exact = item.answers.some((answer) => bare(answer) === short)
    return { features, possible, right, exact }
  })
  const missing = retrieved.named.missing.length > 0
  const about = createHash('sha256')
    .update(item.passage ?? '')
    .digest()
  return { fitted: about.readUInt8() < 128, answerable: item.answers.length > 0, absent, missing, candidates }
}

function noEmbedder(): Embedder {
  const down = () => Promise.reject(new ChuchuError('model_unavailable', 'off for this measurement'))
  return { id: embedder.id, dim: embedder.dim, question: down, passage: down }
}

function fileOf(passage: number): string {
  const article = lab.generation.articles[lab.generation.passages[passage]?.article ?? 0]
  return lab.generation.files[article?.file ?? 0]?.name ?? ''
}

function bestThreshold(rows: readonly Row[], calibration: Calibration): number {
  const own = rows.filter(({ fitted }) => fitted)
  const right = (step: number): number =>
    own.reduce((sum, row) => {
      const weight = row.absent ? ABSENT_WEIGHT : 1
      return sum + (isRight(row, calibration, step) ? weight : 0)
    }, 0)
  const steps = Array.from({ length: 60 }, (_, i) => (i + 5) / 100)
  return steps.reduce((best, step) => (right(step) > right(best) ? step : best), 0.05)
}

function outcome(row: Row, calibration: Calibration, threshold: number) {
  const scored = row.candidates
    .map(({ features, possible, right, exact }) => {
      const score = Math.min(probability(calibration, features), possible ? 1 : UNTOLD)
      return { right, exact, score }
    })
    .sort((a, b) => b.score - a.score)
  return {
    answered: !row.missing && (scored[0]?.score ?? 0) >= threshold,
    score: scored[0]?.score ?? 0,
    first: scored[0]?.right === true,
    exact: scored[0]?.exact === true,
    three: scored.slice(0, 3).some(({ right }) => right),
  }
}

/** Answered with a right extract among three, or refused where there is no answer. */
function isRight(row: Row, calibration: Calibration, threshold: number): boolean {
  const { answered, three } = outcome(row, calibration, threshold)
  return row.answerable ? answered && three : !answered
}

function report(rows: readonly Row[], calibration: Calibration): void {
  const yes = rows.filter(({ answerable }) => answerable)
  const near = rows.filter(({ answerable, absent }) => !answerable && !absent)
  const absent = rows.filter((row) => row.absent)
  const at = (threshold: number): string => {
    const share = (part: readonly Row[], test: (o: ReturnType<typeof outcome>) => boolean): string =>
      (part.filter((row) => test(outcome(row, calibration, threshold))).length / part.length).toFixed(3)
    const right = (part: readonly Row[]): string =>
      (part.filter((row) => isRight(row, calibration, threshold)).length / part.length).toFixed(3)
    return (
      `right ${right([...yes, ...near])}, with absent ${right(rows)}  answered ${share(yes, (o) => o.answered)}  hit@1 ${share(yes, (o) => o.answered && o.first)}  hit@3 ${share(yes, (o) => o.answered && o.three)}` +
      `  exact ${share(yes, (o) => o.answered && o.exact)}  refused: near misses ${share(near, (o) => !o.answered)}, absent ${share(absent, (o) => !o.answered)}`
    )
  }
  const scores = yes.map((row) => outcome(row, calibration, 0).score).sort((a, b) => a - b)
  const ninety = scores[Math.floor(scores.length / 10)] ?? 0
  for (const threshold of [calibration.threshold, ninety, 0.07, 0.1, 0.13, 0.16, 0.2, 0.3, 0.4, 0.5, 0.6])
    console.log(
      `  threshold ${threshold.toFixed(2)}${threshold === ninety ? ' (90 % kept)' : ''}: ${at(threshold)}`,
    )
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
  console.log(`  expected calibration error ${error.toFixed(3)}`)
}

function write(): void {
  const path = join(lab.config.models, 'calibration.json')
  const all = JSON.parse(readFileSync(path, 'utf8'))
  const rules = fits[`${lab.config.embedder}+rules`]
  const usual = rules ? { '*+rules': rules } : {}
  writeFileSync(path, `${JSON.stringify({ ...all, ...usual, ...fits }, null, 2)}\n`)
}
