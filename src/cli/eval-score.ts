import { basename } from 'node:path'
import { z } from 'zod'
import type { Answer, Extract } from '../core/types.ts'

const Place = z.looseObject({ file: z.string() })

/** One line of a question file. Without answers the right reply is a refusal. */
export const EvalQuestion = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  question: z.string().nullish(),
  /** A conversation; the last turn is what is scored. */
  turns: z
    .array(z.looseObject({ question: z.string() }))
    .min(1)
    .nullish(),
  answers: z.array(z.string()),
  /** Name of a file that supports the answers; any file does when it is absent. */
  file: z.string().nullish(),
  alt: z.array(Place).nullish(),
  /** Every group must be met by one of its forms. */
  groups: z.array(z.array(z.string())).nullish(),
  type: z.string().nullish(),
  paraphrase: z.union([z.number(), z.string()]).nullish(),
  note: z.string().nullish(),
})
export type EvalQuestion = z.infer<typeof EvalQuestion>

/** One question that was asked. */
export interface Row {
  readonly question: EvalQuestion
  /** Of one request. */
  readonly took_ms: number
  readonly answer: Answer | null
  /** Why there is no answer. */
  readonly error: string | null
}

export interface Figures {
  readonly questions: number
  readonly errors: number
  /** (answerable and hit@3) or (unanswerable and refused), over all questions. */
  readonly right: number | null
  /** Share of answerable questions that were not refused. */
  readonly answered: number | null
  /** … whose first k extracts hold an accepted answer and cite a file that supports it. */
  readonly hit1: number | null
  readonly hit3: number | null
  readonly hit5: number | null
  /** The short answer against the accepted ones, as CMRC 2018 counts them. */
  readonly exact: number | null
  readonly f1: number | null
  /** Share of unanswerable questions that were refused. */
  readonly refused: number | null
}

/** Of the answers given with a confidence from `from` to `to`, how sure they were and how many were right. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly answers: number
  readonly confidence: number
  readonly right: number
}

const BINS = 10

/** Text as answers are compared: width, case, white space and punctuation aside, but for % and the decimal point. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/[\p{P}\p{S}]/gu, (c) => (c === '%' || c === '.' ? c : ''))

/** Character F1 by the longest common substring. */
export const overlapF1 = (given: string, wanted: string): number => {
  const x = [...fold(given)]
  const y = [...fold(wanted)]
  let best = 0
  let row = new Uint32Array(y.length + 1)
  for (const one of x) {
    const next = new Uint32Array(y.length + 1)
    for (let j = 1; j <= y.length; j++) {
      if (one !== y[j - 1]) continue
      next[j] = (row[j - 1] ?? 0) + 1
      best = Math.max(best, next[j] ?? 0)
    }
    row = next
  }
  return best === 0 ? 0 : (2 * best) / (x.length + y.length)
}

/** Whether the first k extracts hold what was asked for. */
export const hit = ({ question, answer }: Row, k: number): boolean => {
  const extracts = (answer?.extracts ?? []).slice(0, k)
  const holds = (extract: Extract, forms: readonly string[]): boolean =>
    forms.some((form) => fold(extract.text).includes(fold(form)))
  const all = /need=all/.test(question.note ?? '') ? question.answers.map((form) => [form]) : undefined
  const groups = question.groups ?? all
  if (groups) return groups.every((forms) => extracts.some((extract) => holds(extract, forms)))
  const support = new Set([question.file, ...(question.alt ?? []).map(({ file }) => file)])
  const supports = ({ citation }: Extract): boolean =>
    (question.file ?? null) === null || support.has(basename(citation.file))
  return extracts.some((extract) => supports(extract) && holds(extract, question.answers))
}

const isAnswered = (row: Row): boolean => row.answer?.answered === true
const isAnswerable = ({ question }: Row): boolean => question.answers.length > 0

/** The right thing was done: the answer is among the first three extracts, or there is none and none was given. */
export const isRight = (row: Row): boolean =>
  row.error === null && (isAnswerable(row) ? isAnswered(row) && hit(row, 3) : !isAnswered(row))

const mean = <T>(list: readonly T[], value: (one: T) => number): number | null =>
  list.length === 0 ? null : list.reduce((sum, one) => sum + value(one), 0) / list.length

const share = (rows: readonly Row[], holds: (row: Row) => boolean): number | null =>
  mean(rows, (row) => (holds(row) ? 1 : 0))

/** All figures of some rows. */
export const figuresOf = (rows: readonly Row[]): Figures => {
  const replied = rows.filter(({ error }) => error === null)
  const answerable = replied.filter(isAnswerable)
  const short = (row: Row): string => row.answer?.answer?.text ?? ''
  const given = (row: Row, value: (form: string) => number): number =>
    isAnswered(row) ? Math.max(0, ...row.question.answers.map(value)) : 0
  return {
    questions: rows.length,
    errors: rows.length - replied.length,
    right: share(rows, isRight),
    answered: share(answerable, isAnswered),
    hit1: share(answerable, (row) => isAnswered(row) && hit(row, 1)),
    hit3: share(answerable, (row) => isAnswered(row) && hit(row, 3)),
    hit5: share(answerable, (row) => isAnswered(row) && hit(row, 5)),
    exact: mean(answerable, (row) => given(row, (form) => (fold(form) === fold(short(row)) ? 1 : 0))),
    f1: mean(answerable, (row) => given(row, (form) => overlapF1(short(row), form))),
    refused: share(
      replied.filter((row) => !isAnswerable(row)),
      (row) => !isAnswered(row),
    ),
  }
}

/** Figures by a property of the question, names in order. */
export const figuresBy = (rows: readonly Row[], name: (question: EvalQuestion) => string) => {
  const names = [...new Set(rows.map(({ question }) => name(question)))].sort()
  return Object.fromEntries(
    names.map((one) => [one, figuresOf(rows.filter(({ question }) => name(question) === one))]),
  )
}

/** Ten bins of the answers that were given, and the expected calibration error over them. */
export const reliability = (
  rows: readonly Row[],
): { readonly bins: readonly Bin[]; readonly ece: number | null } => {
  const given = rows.filter(isAnswered)
  const confidence = (row: Row): number => row.answer?.confidence ?? 0
  const bins = Array.from({ length: BINS }, (_, i) => {
    const inside = given.filter((row) => Math.min(BINS - 1, Math.floor(confidence(row) * BINS)) === i)
    return {
      from: i / BINS,
      to: (i + 1) / BINS,
      answers: inside.length,
      confidence: mean(inside, confidence) ?? 0,
      right: share(inside, isRight) ?? 0,
    }
  }).filter(({ answers }) => answers > 0)
  const ece = mean(
    bins.flatMap((bin) => Array<Bin>(bin.answers).fill(bin)),
    (bin) => Math.abs(bin.confidence - bin.right),
  )
  return { bins, ece }
}

/** The value below which `part` of the numbers lie. */
export const quantile = (numbers: readonly number[], part: number): number | null => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? null
}
