import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { Answer, Query } from '../core/types.ts'
import { AskBody } from '../http/requests.ts'
import { withDesk } from './ask.ts'
import {
  EvalQuestion,
  type Figures,
  figuresBy,
  figuresOf,
  isRight,
  quantile,
  type Row,
  reliability,
} from './eval-score.ts'
import type { Settings } from './settings.ts'
import { type Terminal, visible } from './terminal.ts'
import { verify } from './verify.ts'

interface EvalFlags {
  /** Of a running server. */
  readonly url?: string
  readonly json?: boolean
  /** Print what went wrong, question by question. */
  readonly misses?: boolean
}

type Ask = (query: Query) => Promise<Answer>

/**
 * Asks the questions of a file one at a time and prints how good the answers are.
 * @throws ChuchuError bad_input, index_…, model_…
 */
export const evaluate = async (
  path: string,
  flags: EvalFlags,
  settings: Settings,
  terminal: Terminal,
): Promise<void> => {
  const questions = readQuestions(path)
  const rows = flags.url
    ? await askAll(questions, askServer(flags.url), terminal)
    : await withDesk(settings, terminal, (desk) => askAll(questions, desk.ask, terminal))
  const report = reportOf(rows, settings.folders)
  terminal.out(flags.json ? `${JSON.stringify(report)}\n` : reportText(report))
  if (flags.misses) for (const row of rows) if (!isRight(row)) terminal.out(missText(row))
}

const readQuestions = (path: string): readonly EvalQuestion[] => {
  try {
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
    return lines.map((line) => EvalQuestion.parse(JSON.parse(line)))
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (systemCode(cause) ?? String(cause))
    throw new ChuchuError('bad_input', `${path} is no file of questions: ${why}`, { cause })
  }
}

const askAll = async (
  questions: readonly EvalQuestion[],
  ask: Ask,
  terminal: Terminal,
): Promise<readonly Row[]> => {
  const rows: Row[] = []
  for (const [i, question] of questions.entries()) {
    const started = performance.now()
    const { answer, error } = await attempt(ask, question)
    rows.push({ question, took_ms: performance.now() - started, answer, error })
    if (terminal.live) terminal.err(`\r\u001b[2K${i + 1}/${questions.length}`)
  }
  if (terminal.live) terminal.err('\r\u001b[2K')
  return rows
}

/** A question that cannot be asked counts as an error and does not end the run. */
const attempt = async (ask: Ask, question: EvalQuestion) => {
  try {
    const turns = (question.turns ?? [{ question: question.question ?? '' }]).map((turn) => turn.question)
    const body = AskBody.parse({
      question: turns.at(-1),
      ...(turns.length > 1 ? { history: turns.slice(0, -1).map((turn) => ({ question: turn })) } : {}),
    })
    const answer = await ask({ question: body.question, history: body.history ?? [], top: body.top })
    return { answer, error: null }
  } catch (error) {
    return { answer: null, error: error instanceof Error ? error.message : String(error) }
  }
}

const askServer =
  (url: string): Ask =>
  async ({ question, history, top }) => {
    const response = await fetch(new URL('/ask', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question, top, ...(history.length > 0 ? { history } : {}) }),
    })
    if (!response.ok) throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`)
    return (await response.json()) as Answer // our own server, checked by its contract tests
  }

const reportOf = (rows: readonly Row[], folders: readonly string[]) => {
  const answers = rows.flatMap(({ answer }) => (answer ? [answer] : []))
  const checked = verify(JSON.stringify(answers), folders)
  const times = rows.map(({ took_ms }) => took_ms)
  return {
    all: figuresOf(rows),
    verbatim: checked.extracts === 0 ? null : 1 - checked.faults.length / checked.extracts,
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    byParaphrase: figuresBy(rows, ({ paraphrase }) => `p${paraphrase ?? '-'}`),
    byType: figuresBy(rows, ({ type }) => type ?? '-'),
    reliability: reliability(rows),
  }
}

const number = (value: number | null, digits = 3): string => (value === null ? '-' : value.toFixed(digits))

const figuresLine = (name: string, figures: Figures): string => {
  const { questions, errors, ...shares } = figures
  const parts = Object.entries(shares).map(([key, value]) => `${key} ${number(value).padStart(5)}`)
  return `${name.padEnd(12)} n ${String(questions).padStart(4)}  ${parts.join('  ')}${errors > 0 ? `  ERRORS ${errors}` : ''}\n`
}

const reportText = (report: ReturnType<typeof reportOf>): string => {
  const { all, verbatim, p50_ms, p95_ms, byParaphrase, byType } = report
  const groups = Object.entries({ ...byParaphrase, ...byType }).map(([name, figures]) =>
    figuresLine(name, figures),
  )
  const bins = report.reliability.bins.map(
    ({ from, to, answers, confidence, right }) =>
      `  ${from.toFixed(1)}–${to.toFixed(1)}  answers ${String(answers).padStart(4)}  mean confidence ${number(confidence)}  right ${number(right)}\n`,
  )
  return [
    figuresLine('all', all),
    ...groups,
    `verbatim ${number(verbatim)}  p50 ${number(p50_ms, 1)} ms  p95 ${number(p95_ms, 1)} ms\n`,
    `reliability of the answers given, expected calibration error ${number(report.reliability.ece)}\n`,
    ...bins,
  ].join('')
}

const missText = ({ question, answer, error }: Row): string => {
  const asked = question.turns?.map((turn) => turn.question).join(' → ') ?? question.question ?? ''
  const first = (answer?.extracts ?? answer?.nearest ?? [])[0]
  return [
    `\n${question.id} ${visible(asked)}\n`,
    `  want ${JSON.stringify(question.answers)}${(question.file ?? null) === null ? '' : ` in ${question.file}`}\n`,
    `  got  ${error ?? `answered=${answer?.answered} ${answer?.confidence} ${JSON.stringify(answer?.answer?.text ?? null)}`}\n`,
    `  top  ${first ? visible(first.text.slice(0, 120)) : '-'}\n`,
  ].join('')
}
