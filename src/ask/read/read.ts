import { ChuchuError } from '../../core/errors.ts'
import type { Generation, Reader, Reading } from '../../core/ports.ts'
import type { Calibration, Calibrations, Features } from '../../core/types.ts'
import { folded } from '../../text/fold.ts'
import { isContrary } from '../extract/contrary.ts'
import { asksTheSame, type makeWeigh, type Weighed } from '../extract/evidence.ts'
import { type Choice, choose, tells } from '../extract/extract.ts'
import type { Candidate, Retrieved } from '../find/retrieve.ts'
import { speaksOf } from '../question/head.ts'
import { wantsName } from '../question/kinds.ts'
import type { Question } from '../question/question.ts'
import { yearWritten } from '../question/standing.ts'
import type { PassageView, Views } from '../views.ts'
import { asTold } from './as-told.ts'
import { probability } from './calibration.ts'
import { focusWithin } from './focus.ts'
import { namingFirst } from './holder.ts'

/** A passage that was read, with the sentences chosen from it. */
export interface Judged {
  readonly view: PassageView
  readonly choice: Choice
  readonly features: Features
  /** Whether the sentences hold what is asked for at all, and are not of another city or time. */
  readonly possible: boolean
  /** Probability that the sentences answer the question. */
  readonly score: number
}

export interface Judgement {
  /** Best first. */
  readonly judged: readonly Judged[]
  /** The calibration the scores were made with. */
  readonly calibration: Calibration
  /** The trained reader was down and rules read instead. */
  readonly degraded: boolean
}

export interface ReadDeps {
  readonly generation: Generation
  readonly views: Views
  readonly weigh: ReturnType<typeof makeWeigh>
  /** null: sentences are chosen and spans found by rule. */
  readonly reader: Reader | null
  readonly calibrations: Calibrations
}

/** Passages that rules look at for a question; more bring nothing that is shown. */
const LOOKED_AT = 12

/** Reads the best passages and orders them by the probability that they answer. */
export const judge = async (
  deps: ReadDeps,
  retrieved: Retrieved,
  signal?: AbortSignal,
): Promise<Judgement> => {
  const looks = retrieved.candidates
    .slice(0, LOOKED_AT)
    .map((candidate) => lookAt(deps, retrieved, candidate))
  const { readings, degraded } = await readBest(deps, retrieved.question, looks, signal)
  const { read, rules, words } = deps.calibrations
  const calibration = retrieved.wordsOnly ? words : readings ? read : rules
  const judged = looks.flatMap((look, i) =>
    judgeOne(calibration, retrieved, look, readings ? (readings[i] ?? UNREAD) : null),
  )
  judged.sort(
    (a, b) => b.score - a.score || a.view.passage - b.view.passage || a.choice.start - b.choice.start,
  )
  return { judged, calibration, degraded }
}

/** A candidate, its sentences weighed. */
interface Look {
  readonly candidate: Candidate
  readonly view: PassageView
  readonly weighed: readonly Weighed[]
}

const lookAt = ({ views, weigh }: ReadDeps, { question }: Retrieved, candidate: Candidate): Look => {
  const view = views.view(candidate.passage)
  return { candidate, view, weighed: weigh(question, view.text, candidate.sentences) }
}

/**
 * Readings of the looks, the first as many as may be read in time, one text once; the offsets are those of the passage. null without a
 * reader, and when it is down.
 */
const readBest = async (
  { reader, generation }: ReadDeps,
  question: Question,
  looks: readonly Look[],
  signal?: AbortSignal,
): Promise<{ readings: readonly Reading[] | null; degraded: boolean }> => {
  if (!reader) return { readings: null, degraded: false }
  const parts = focusWithin(
    question.text,
    namingFirst(
      question,
      looks.map(({ view, weighed }) => ({ text: view.text, weighed })),
    ),
  )
  const asks = [...parts].map(([text, part]) => {
    const passage = looks.find(({ view }) => view.text === text)?.view.passage ?? -1
    return askOf(question, text.slice(...part), yearWritten(passage, generation))
  })
  const read = await readOrNothing(reader, asks, signal)
  if (!read) return { readings: null, degraded: true }
  const readings = new Map([...parts].map(([text, [start]], i) => [text, shifted(read[i] ?? UNREAD, start)]))
  return { readings: looks.map(({ view }) => readings.get(view.text) ?? UNREAD), degraded: false }
}

/** A text, and the question as it is asked of it. */
interface ReaderAsk {
  readonly question: string
  readonly text: string
}

/** `written`: the year of the text's article. */
export const askOf = (question: Question, text: string, written: number | null): ReaderAsk => ({
  question: asTold(question.text, text, written),
  text,
})

/** One reading an ask, in their order; null when the reader is down; nothing else is forgiven. */
export const readOrNothing = async (
  reader: Reader,
  asks: readonly ReaderAsk[],
  signal?: AbortSignal,
): Promise<readonly Reading[] | null> => {
  const questions = [...new Set(asks.map(({ question }) => question))]
  try {
    const read = await Promise.all(
      questions.map(async (question) => {
        const same = asks.filter((ask) => ask.question === question)
        const texts = same.map(({ text }) => text)
        const readings = await reader.read(question, texts, signal)
        return same.map((ask, i) => [ask, readings[i] ?? UNREAD] as const)
      }),
    )
    const readings = new Map(read.flat())
    return asks.map((ask) => readings.get(ask) ?? UNREAD)
  } catch (error) {
    if (error instanceof ChuchuError && error.code.startsWith('model_')) return null
    throw error
  }
}

const shifted = (reading: Reading, by: number): Reading => ({
  ...reading,
  start: reading.start + by,
  end: reading.end + by,
})

/** What the reader may have said of a passage it had no time for: between the median of the right (5) and the wrong (-8). */
export const UNREAD: Reading = { start: 0, end: 0, span: -4, relevance: -1 }

/** Sentences that the reader passed over speak no better than ones it has not seen. */
const ruledOut = ({ start, end, span, relevance }: Reading): Reading => ({
  start,
  end,
  span: Math.min(span, UNREAD.span),
  relevance: Math.min(relevance, UNREAD.relevance),
})

/** The reader has learned from no text that asks and answers: of what follows the very question its no says nothing. */
const heard = (
  weighed: readonly Weighed[],
  sentence: Weighed | null,
  reading: Reading | null,
): Reading | null => {
  const before = weighed.find(({ end }) => end === sentence?.start)
  if (!reading || !before || !asksTheSame(before)) return reading
  return {
    ...reading,
    span: Math.max(reading.span, UNREAD.span),
    relevance: Math.max(reading.relevance, UNREAD.relevance),
  }
}

/** Asked for an amount or a time, sentences that hold none speak of what is asked and cannot tell it; nor do those of another city or time. */
export const UNTOLD = 0.04

const judgeOne = (
  calibration: Calibration,
  retrieved: Retrieved,
  { candidate, view, weighed }: Look,
  reading: Reading | null,
): readonly Judged[] =>
  choose(retrieved.question, view.text, weighed, reading).map(({ choice, sentence, read }) => {
    const said = heard(weighed, sentence, read || !reading ? reading : ruledOut(reading))
    const told = view.text.slice(choice.start, choice.end)
    const features = featuresOf(retrieved, candidate, sentence, said, folded(told))
    const possible =
      tells(retrieved.question, told) &&
      !sentence?.asks &&
      !isContrary(retrieved.question, view.text, choice) &&
      !(reading && choice.answer === null && wantsName(retrieved.question)) &&
      !retrieved.named.contradicts(candidate.passage, folded(told))
    const score = Math.min(probability(calibration, features), possible ? 1 : UNTOLD)
    return { view, choice, features, possible, score }
  })

const featuresOf = (
  retrieved: Retrieved,
  candidate: Candidate,
  sentence: Weighed | null,
  reading: Reading | null,
  told: string,
): Features => {
  const { head } = retrieved.question
  const others = retrieved.candidates.find(({ passage }) => passage !== candidate.passage)
  return {
    relevance: reading?.relevance ?? 0,
    span: reading?.span ?? 0,
    doubt: Math.min(0, reading?.span ?? 0),
    words: candidate.words,
    meaning: candidate.meaning,
    sentenceWords: sentence?.words ?? 0,
    sentenceMeaning: sentence?.meaning ?? 0,
    kind: sentence?.kind ?? 0,
    untold: sentence && sentence.kind < 0 ? sentence.words : 0,
    elsewhere: retrieved.named.elsewhere(candidate.passage, told),
    unsaid: head !== null && !speaksOf(told, head) ? 1 : 0,
    unknown: retrieved.unknown,
    lead: candidate.fused - (others?.fused ?? 0),
    dated: candidate.dated,
  }
}

/** Models that were down when it was asked. */
export const downOf = (
  { wordsOnly }: Retrieved,
  { degraded }: Pick<Judgement, 'degraded'>,
): readonly ('embedder' | 'reader')[] => [
  ...(wordsOnly ? (['embedder'] as const) : []),
  ...(degraded ? (['reader'] as const) : []),
]
