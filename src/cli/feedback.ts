import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ChuchuError, systemCode } from '../core/errors.ts'
import { FEEDBACK } from '../core/index-names.ts'
import { FeedbackLine } from '../http/requests.ts'
import type { EvalQuestion } from './eval-score.ts'
import type { Settings } from './settings.ts'
import type { Terminal } from './terminal.ts'

/** A line for `chuchu eval`, and what readers rejected for the same question, which eval passes over. */
type EvalLine = Pick<EvalQuestion, 'id' | 'question' | 'turns' | 'answers' | 'file' | 'alt'> & {
  readonly rejected: readonly { readonly text: string; readonly file: string; readonly verdict: string }[]
}

export interface EvaluationSet {
  readonly lines: readonly EvalLine[]
  /** Questions of which no extract was judged right: nothing is known of their answer. */
  readonly unknown: number
}

/**
 * Prints what readers said of extracts as an evaluation set, one question a line.
 * @throws ChuchuError bad_input when the file cannot be read
 */
export const feedback = ({ config }: Settings, terminal: Terminal): void => {
  const { said, spoiled } = readFeedback(join(config.index, FEEDBACK))
  const { lines, unknown } = evaluationSet(said)
  for (const line of lines) terminal.out(`${JSON.stringify(line)}\n`)
  terminal.err(
    [
      `${said.length} verdicts; questions with an extract judged right: ${lines.length}`,
      unknown > 0 ? `, with none (left out): ${unknown}` : '',
      spoiled > 0 ? `; lines that cannot be read (passed over): ${spoiled}` : '',
      '\n',
    ].join(''),
  )
}

const readFeedback = (path: string): { said: readonly FeedbackLine[]; spoiled: number } => {
  const lines = textOf(path)
    .split('\n')
    .filter((line) => line.trim() !== '')
  const said = lines.flatMap((line) => parse(line) ?? [])
  return { said, spoiled: lines.length - said.length }
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return ''
    throw new ChuchuError('bad_input', `${path} cannot be read (${systemCode(cause)})`, { cause })
  }
}

const parse = (line: string): FeedbackLine | null => {
  try {
    return FeedbackLine.parse(JSON.parse(line))
  } catch {
    return null // broken off by a crash, or of another version: counted by the caller
  }
}

/** Verdicts by question, the last on each extract counting. */
export const evaluationSet = (said: readonly FeedbackLine[]): EvaluationSet => {
  const questions = new Map<string, Map<string, FeedbackLine>>()
  for (const one of said) {
    const key = JSON.stringify([turnsOf(one), one.question])
    const extracts = questions.get(key) ?? new Map<string, FeedbackLine>()
    questions.set(key, extracts)
    extracts.set(`${one.extract.fileId} ${JSON.stringify(one.extract.ranges)}`, one)
  }
  const lines = [...questions].flatMap(([key, extracts]) => lineOf(key, [...extracts.values()]) ?? [])
  return { lines, unknown: questions.size - lines.length }
}

const turnsOf = ({ history }: FeedbackLine): readonly string[] =>
  (history ?? []).map(({ question }) => question)

const lineOf = (key: string, verdicts: readonly FeedbackLine[]): EvalLine | null => {
  const right = verdicts.filter(({ verdict }) => verdict === 'right')
  const [first] = right
  if (!first) return null
  const files = [...new Set(right.map(({ extract }) => basename(extract.file)))]
  const { question, history = [] } = first
  return {
    id: `fb-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`,
    ...(history.length === 0 ? { question } : { turns: [...history, { question }] }),
    // The short answer where one was marked in what was judged right, else all of it.
    answers: [...new Set(right.map(({ extract }) => extract.answer ?? extract.text))],
    file: files[0],
    ...(files.length > 1 ? { alt: files.slice(1).map((file) => ({ file })) } : {}),
    rejected: verdicts
      .filter(({ verdict }) => verdict !== 'right')
      .map(({ verdict, extract }) => ({ text: extract.text, file: basename(extract.file), verdict })),
  }
}
