import type { Found, Query } from '../core/types.ts'
import { folded } from '../text/fold.ts'
import { isWord } from '../text/words.ts'
import type { AskDeps } from './ask.ts'
import { inContext } from './context.ts'
import { makeTranslate } from './english.ts'
import { makeWeigh } from './evidence.ts'
import { downOf, judge } from './read.ts'
import { type Candidate, makeRetrieve, type Retrieved } from './retrieve.ts'
import { makeViews, type Views } from './views.ts'

/** Retrieval without an answer: whole passages, best first, with the words that matched and the cosine. */
export const makeSearch = (deps: AskDeps) => {
  const retrieve = makeRetrieve(deps)
  const translate = makeTranslate(deps.generation.words, deps.segmenter, deps.glossary)
  const views = makeViews(deps.generation)
  const rerank = makeRerank(deps, views)
  return async (query: Query, options: { readonly signal?: AbortSignal } = {}): Promise<Found> => {
    const whole = await inContext(await translate(query), deps.segmenter, nothingTold)
    const retrieved = await retrieve({ ...query, question: whole }, options.signal)
    const { ranked, degraded } = await rerank(retrieved, options.signal)
    const asked = retrieved.question.terms.map(({ term }) => term).filter(isWord)
    const hits = ranked.slice(0, query.top).map(({ candidate, score }, i) => {
      const passage = views.view(candidate.passage)
      const text = folded(passage.text)
      return {
        n: i + 1,
        text: passage.text,
        score,
        citation: views.citation(passage, 0, passage.text.length),
        why: { words: asked.filter((word) => text.includes(word)), meaning: candidate.meaning },
      }
    })
    const down = downOf(retrieved, { degraded })
    return { hits, ...(down.length > 0 ? { degraded: down } : {}) }
  }
}

interface Ranked {
  readonly candidate: Candidate
  readonly score: number
}

/**
 * The trained reader has its say in the order: what it holds for likely is added to what ranks the candidates. Rules
 * have none, as they look at words and meaning alone, which have been counted.
 */
const makeRerank = (deps: AskDeps, views: Views) => {
  const weigh = makeWeigh(deps.generation.words, deps.segmenter)
  return async (
    retrieved: Retrieved,
    signal?: AbortSignal,
  ): Promise<{ ranked: readonly Ranked[]; degraded: boolean }> => {
    const { judged, degraded } = deps.reader
      ? await judge({ ...deps, views, weigh }, retrieved, signal)
      : { judged: [], degraded: false }
    const likely = new Map<number, number>()
    for (const { view, score } of degraded ? [] : judged)
      likely.set(view.passage, Math.max(score, likely.get(view.passage) ?? 0))
    const ranked = retrieved.candidates
      .map((candidate) => ({ candidate, score: candidate.fused + (likely.get(candidate.passage) ?? 0) }))
      .sort((a, b) => b.score - a.score || a.candidate.passage - b.candidate.passage)
    return { ranked, degraded }
  }
}

/** 他 and 第二个 stand for what an answer told; a search gives none. */
const nothingTold = () => Promise.resolve({ short: null, text: null })
