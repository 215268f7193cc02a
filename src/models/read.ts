import { ChuchuError } from '../core/errors.ts'
import type { Reading } from '../core/ports.ts'
import type { Range } from '../core/ranges.ts'
import { askings } from '../text/asking.ts'
import { type Pieces, toPieces } from './align.ts'
import { feeds } from './embed.ts'
import type { ReaderFile } from './folder.ts'
import type { Session, Tensor, Tokenizer } from './runtime.ts'

/** Passages are some hundred characters; what is longer than this is refused rather than read for minutes. */
const MAX_CHARACTERS = 20_000
/** Log-odds are kept in ±20: beyond it float32 says nothing more. */
const MAX_LOGIT = 20

/** (question, passage) → best span and whether there is one. Long passages are read in windows that overlap by half. */
export const makeRead =
  (model: ReaderFile, tokenizer: Tokenizer, session: Session) =>
  async (question: string, passage: string): Promise<Reading> => {
    const { vocabulary } = tokenizer
    if (vocabulary === null) throw unusable('its tokenizer is not of word pieces')
    if (passage.length > MAX_CHARACTERS) {
      throw new ChuchuError('bad_input', `A passage of ${passage.length} characters is too long to read.`)
    }
    const asked = toPieces(question.slice(0, 8 * model.maxQuestionTokens), vocabulary)
    const ids = asked.ids.subarray(0, model.maxQuestionTokens)
    const pieces = toPieces(passage, vocabulary)
    const inAnswers = outside(askings(passage), pieces)
    let best: Reading = { start: 0, end: 0, span: -MAX_LOGIT, relevance: -MAX_LOGIT }
    let relevance = -MAX_LOGIT
    for (const [from, to] of windows(pieces.ids.length, model.maxTokens - ids.length - 3)) {
      const found = await readWindow({
        model,
        tokenizer,
        session,
        question: ids,
        pieces,
        inAnswers,
        from,
        to,
      })
      if (from === 0 || found.relevance + found.span > best.relevance + best.span) best = found
      relevance = Math.max(relevance, found.relevance)
    }
    return { ...best, relevance }
  }

/** What a text only asks is no answer to what it is asked. */
const outside = (asked: readonly Range[], { starts }: Pieces): readonly boolean[] =>
  Array.from(starts, (at) => !asked.some(([start, end]) => start <= at && at < end))

/** [from, to) over `size` pieces, at most `room` each, overlapping by half; the last one ends where the text ends. */
export const windows = (size: number, room: number): readonly (readonly [number, number])[] => {
  if (size === 0) return []
  const found: [number, number][] = []
  for (let from = 0; ; from += Math.max(1, room >> 1)) {
    const to = Math.min(size, from + room)
    found.push([from, to])
    if (to === size) return found
  }
}

interface Window {
  readonly model: ReaderFile
  readonly tokenizer: Tokenizer
  readonly session: Session
  readonly question: Int32Array
  readonly pieces: Pieces
  /** Of each piece: may it be of an answer? */
  readonly inAnswers: readonly boolean[]
  readonly from: number
  readonly to: number
}

const readWindow = async (window: Window): Promise<Reading> => {
  const { model, tokenizer, session, question, pieces, inAnswers, from, to } = window
  const first = question.length + 2
  const ids = Int32Array.of(
    tokenizer.cls,
    ...question,
    tokenizer.sep,
    ...pieces.ids.subarray(from, to),
    tokenizer.sep,
  )
  const segments = new Int32Array(ids.length).fill(1, first)
  const output = await session.run(feeds(ids, segments, session.inputs))
  const starts = floats(output, 'start_logits')
  const ends = floats(output, 'end_logits')
  const [relevance = Number.NaN] = floats(output, 'relevance')
  if (!Number.isFinite(relevance)) throw unusable('its relevance is not finite')
  const inside = (logits: Float32Array): Float32Array =>
    logits
      .subarray(first, first + to - from)
      .map((logit, i) => (inAnswers[from + i] ? logit : Number.NEGATIVE_INFINITY))
  const span = bestSpan(inside(starts), inside(ends), model.maxAnswerTokens)
  const none = (starts[0] ?? 0) + (ends[0] ?? 0)
  return {
    start: pieces.starts[from + span.start] ?? 0,
    end: pieces.ends[from + span.end] ?? 0,
    span: clamp(span.score - none),
    relevance: clamp(relevance),
  }
}

/**
 * The span of at most `longest` pieces (`end` inclusive) with the highest sum of its start and end logits.
 * Ties go to the earlier start, then the shorter span.
 */
export const bestSpan = (
  starts: Float32Array,
  ends: Float32Array,
  longest: number,
): { readonly start: number; readonly end: number; readonly score: number } => {
  let best = { start: 0, end: 0, score: Number.NEGATIVE_INFINITY }
  for (const [start, a] of starts.entries()) {
    for (let end = start; end < Math.min(ends.length, start + longest); end++) {
      const score = a + (ends[end] ?? 0)
      if (score > best.score) best = { start, end, score }
    }
  }
  return best
}

const clamp = (logit: number): number => Math.max(-MAX_LOGIT, Math.min(MAX_LOGIT, logit))

const floats = (output: Readonly<Record<string, Tensor>>, name: string): Float32Array => {
  const data = output[name]?.data
  if (!(data instanceof Float32Array)) throw unusable(`it has no float32 output ${name}`)
  return data
}

const unusable = (why: string): ChuchuError =>
  new ChuchuError('model_damaged', `The reader cannot be used: ${why}. Check its folder.`)
