import { ChuchuError } from '../core/errors.ts'
import type { Reader, Reading } from '../core/ports.ts'
import type { Calibration, Features } from '../core/types.ts'
import { probability } from './calibration.ts'
import type { makeWeigh, Weighed } from './evidence.ts'
import { type Choice, choose } from './extract.ts'
import type { Candidate, Retrieved } from './retrieve.ts'
import type { PassageView, Views } from './views.ts'

/** A passage that was read, with the sentences chosen from it. */
export interface Judged {
  readonly view: PassageView
  readonly choice: Choice
  readonly features: Features
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
  readonly views: Views
  readonly weigh: ReturnType<typeof makeWeigh>
  /** null: sentences are chosen and spans found by rule. */
  readonly reader: Reader | null
  readonly calibration: Calibration
  /** For the answers made by rule. */
  readonly ruleCalibration: Calibration
}

/** Passages looked at for a question; more bring nothing that is shown (bench/answers.ts). */
const LOOKED_AT = 12

/** Reads the best passages and orders them by the probability that they answer. */
export const judge = async (
  deps: ReadDeps,
  retrieved: Retrieved,
  signal?: AbortSignal,
): Promise<Judgement> => {
  const best = retrieved.candidates.slice(0, LOOKED_AT)
  const texts = best.map(({ passage }) => deps.views.view(passage).text)
  const { readings, degraded } = await readAll(deps.reader, retrieved.question.text, texts, signal)
  const calibration = readings ? deps.calibration : deps.ruleCalibration
  const judged = best.flatMap((candidate, i) =>
    judgeOne(deps, calibration, retrieved, candidate, readings?.[i] ?? null),
  )
  judged.sort(
    (a, b) => b.score - a.score || a.view.passage - b.view.passage || a.choice.start - b.choice.start,
  )
  return { judged, calibration, degraded }
}

const readAll = async (
  reader: Reader | null,
  question: string,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<{ readings: readonly Reading[] | null; degraded: boolean }> => {
  if (!reader) return { readings: null, degraded: false }
  try {
    return { readings: await reader.read(question, texts, signal), degraded: false }
  } catch (error) {
    if (!(error instanceof ChuchuError) || !error.code.startsWith('model_')) throw error
    return { readings: null, degraded: true }
  }
}

const judgeOne = (
  { views, weigh }: ReadDeps,
  calibration: Calibration,
  retrieved: Retrieved,
  candidate: Candidate,
  reading: Reading | null,
): readonly Judged[] => {
  const view = views.view(candidate.passage)
  const weighed = weigh(retrieved.question, view.text, candidate.sentences)
  return choose(retrieved.question, view.text, weighed, reading).map(({ choice, sentence }) => {
    const features = featuresOf(retrieved, candidate, sentence, reading)
    return { view, choice, features, score: probability(calibration, features) }
  })
}

const featuresOf = (
  retrieved: Retrieved,
  candidate: Candidate,
  sentence: Weighed | null,
  reading: Reading | null,
): Features => {
  const others = retrieved.candidates.find(({ passage }) => passage !== candidate.passage)
  return {
    relevance: reading?.relevance ?? 0,
    span: reading?.span ?? 0,
    words: candidate.words,
    meaning: candidate.meaning,
    sentenceWords: sentence?.words ?? 0,
    sentenceMeaning: sentence?.meaning ?? 0,
    kind: sentence?.kind ?? 0,
    untold: sentence && sentence.kind < 0 ? sentence.words : 0,
    elsewhere: retrieved.named.elsewhere(candidate.passage),
    unknown: retrieved.unknown,
    lead: candidate.fused - (others?.fused ?? 0),
  }
}
