import { randomUUID } from 'node:crypto'
import { since } from '../core/clock.ts'
import type { AskOptions, Generation, Reader } from '../core/ports.ts'
import type { Answer, AnswerSpan, Calibrations, Extract, Query } from '../core/types.ts'
import { simplify } from '../text/simplify.ts'
import { makeWeigh } from './extract/evidence.ts'
import { makeRetrieve, type RetrieveDeps, type Retrieved } from './find/retrieve.ts'
import { type Line, makeCredit, makeHeader } from './header.ts'
import { newestFirst } from './newest.ts'
import { makeStandAlone, type StandAloneDeps } from './question/context.ts'
import { namesTime } from './question/times.ts'
import { downOf, type Judged, type Judgement, judge } from './read/read.ts'
import { remember } from './remember.ts'
import { makeViews, type Views } from './views.ts'

export interface AskDeps extends RetrieveDeps, StandAloneDeps {
  /** null: read by rule. */
  readonly reader: Reader | null
  readonly calibrations: Calibrations
}

/** What is replied, before it is cited. */
interface Decision {
  readonly answered: boolean
  readonly reason: Answer['reason']
  readonly confidence: number
  readonly shown: readonly Judged[]
}

/** Beside the best extract, only those that are at least this likely to answer as well. */
const WORTH_SHOWING = 0.05

/**
 * question → Answer: put into Chinese, its spelling mended, made whole with the questions before it, then retrieve, read,
 * decide, cite. Words are searched in simplified characters, so that what was searched differs from a question in traditional ones.
 */
export const makeAsk = (deps: AskDeps) => {
  const ask = remember(makeAskOne(deps))
  const standAlone = makeStandAlone(deps)
  return async (query: Query, options: AskOptions = {}): Promise<Answer> => {
    const whole = await standAlone(query, async (question) => {
      const { signal } = options
      const { answer, extracts } = await ask({ ...query, question }, signal ? { signal } : {})
      const [first] = extracts
      return { short: answer?.text ?? null, text: first?.text ?? null, title: first?.citation.title ?? null }
    })
    const answer = await ask({ ...query, question: whole }, options)
    const searched = simplify(whole)
    return searched === query.question
      ? answer
      : { ...answer, question: query.question, understoodAs: searched }
  }
}

/** What the text tells of 《…》是谁写的 counts before the article's own head from this confidence on: a book's author, say. */
const TOLD = 0.5

/** A question by itself, `history` is not looked at: about an article, or about what the articles say. */
const makeAskOne = (deps: AskDeps) => {
  const views = makeViews(deps.generation)
  const headerFor = makeHeader(deps.generation, views)
  const creditFor = makeCredit(deps.generation)
  const askText = makeAskText(deps, views)
  return async (query: Query, { signal, onExtract }: AskOptions = {}): Promise<Answer> => {
    const started = performance.now()
    const ofLine = (line: Line): Answer => ofHeader(deps.generation, query, line, started)
    const orLine = (told: Answer, line: Line | null): Answer =>
      line === null || (told.answered && told.confidence >= TOLD) ? told : ofLine(line)
    const asText = async (line: Line | null): Promise<Answer> => {
      const told = await askText(query, signal)
      return orLine(told, line ?? creditFor(query, told))
    }
    const header = headerFor(query)
    const answer = header?.isMeant ? ofLine(header) : await asText(header)
    for (const extract of answer.extracts) onExtract?.(extract)
    return answer
  }
}

const makeAskText = (deps: AskDeps, views: Views) => {
  const retrieve = makeRetrieve(deps)
  const weigh = makeWeigh(deps.generation.words, deps.segmenter)
  return async (query: Query, signal?: AbortSignal): Promise<Answer> => {
    const started = performance.now()
    const retrieved = await retrieve(query, signal)
    const reading = performance.now()
    const judged = await judge({ ...deps, views, weigh }, retrieved, signal)
    const judgement = timely(deps, retrieved, judged)
    const read = since(reading)
    const { missing } = retrieved.named
    const decision = decide(judgement, missing, query.top)
    const extracts = decision.shown.map((one, i) => cite(views, one, i + 1))
    return {
      id: randomUUID(),
      question: query.question,
      answered: decision.answered,
      reason: decision.reason,
      confidence: round(decision.confidence),
      answer: decision.answered ? spanOf(decision.shown[0]) : null,
      extracts: decision.answered ? extracts : [],
      nearest: decision.answered ? [] : extracts,
      timings: { total: since(started), ...retrieved.timings, read },
      index: deps.generation.info,
      ...remarks(retrieved, judgement, missing),
    }
  }
}

/** Of an article that is called by its title; the rest is reading one line. */
const HEADER_CONFIDENCE = 0.95

/** The reply to 《…》是谁写的: the article's own head. */
const ofHeader = (
  { info }: Generation,
  { question }: Query,
  { text, answer: [start, end], citation }: Line,
  started: number,
): Answer => {
  const extract = { n: 1, text, score: HEADER_CONFIDENCE, citation }
  return {
    id: randomUUID(),
    question,
    answered: true,
    reason: null,
    confidence: HEADER_CONFIDENCE,
    answer: { text: text.slice(start, end), extract: 1, start, end },
    extracts: [extract],
    nearest: [],
    timings: { total: since(started), embed: 0, search: 0, read: 0 },
    index: info,
  }
}

/** A question that names no time asks about the latest. */
const timely = ({ generation }: AskDeps, { question }: Retrieved, judgement: Judgement): Judgement => {
  if (namesTime(question.text)) return judgement
  const dateOf = (passage: number): string | null =>
    generation.articles[generation.passages[passage]?.article ?? -1]?.date ?? null
  return { ...judgement, judged: newestFirst(judgement.judged, dateOf) }
}

/** Answer or refuse, and what to show either way. */
const decide = ({ judged, calibration }: Judgement, missing: readonly string[], top: number): Decision => {
  const likely = judged[0]?.score ?? 0
  if (missing.length > 0 || judged.length === 0) {
    return { answered: false, reason: 'nothing_found', confidence: 0, shown: judged.slice(0, top) }
  }
  if (likely < calibration.threshold) {
    return { answered: false, reason: 'not_sure', confidence: likely, shown: judged.slice(0, top) }
  }
  const worth = judged.filter(({ score }, i) => i === 0 || score >= WORTH_SHOWING)
  const shown = worth
    .filter((one, i) => !worth.slice(0, i).some((earlier) => holds(earlier, one)))
    .slice(0, top)
  return { answered: true, reason: null, confidence: likely, shown }
}

const cite = (views: Views, { view, choice, score }: Judged, n: number): Extract => ({
  n,
  text: view.text.slice(choice.start, choice.end),
  score: round(score),
  citation: views.citation(view, choice.start, choice.end),
})

const spanOf = (best: Judged | undefined): AnswerSpan | null => {
  if (!best?.choice.answer) return null
  const [start, end] = best.choice.answer
  const { start: from } = best.choice
  return { text: best.view.text.slice(start, end), extract: 1, start: start - from, end: end - from }
}

/** Optional fields: what was missing from the articles, what was down in the program. */
const remarks = (
  retrieved: Retrieved,
  judgement: Judgement,
  missing: readonly string[],
): Pick<Answer, 'degraded' | 'missing'> => {
  const down = downOf(retrieved, judgement)
  return { ...(down.length > 0 ? { degraded: down } : {}), ...(missing.length > 0 ? { missing } : {}) }
}

const round = (probability: number): number => Math.round(probability * 1000) / 1000

const holds = (one: Judged, other: Judged): boolean =>
  one.view.passage === other.view.passage &&
  one.choice.start <= other.choice.start &&
  other.choice.end <= one.choice.end
