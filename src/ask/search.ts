import type { Found, Query } from '../core/types.ts'
import { folded } from '../text/fold.ts'
import { isWord } from '../text/words.ts'
import type { AskDeps } from './ask.ts'
import { makeWeigh } from './extract/evidence.ts'
import { type Candidate, makeRetrieve, type Retrieved } from './find/retrieve.ts'
import { makeChinese } from './question/context.ts'
import { yearWritten } from './question/standing.ts'
import { focus } from './read/focus.ts'
import { askOf, downOf, readOrNothing, UNREAD } from './read/read.ts'
import { makeViews, type Views } from './views.ts'

/** Retrieval without an answer: whole passages, best first, with the words that matched and the cosine. */
export const makeSearch = (deps: AskDeps) => {
  const retrieve = makeRetrieve(deps)
  const chinese = makeChinese(deps)
  const views = makeViews(deps.generation)
  const rerank = makeRerank(deps, views)
  return async (query: Query, options: { readonly signal?: AbortSignal } = {}): Promise<Found> => {
    const retrieved = await retrieve({ ...query, question: await chinese(query.question) }, options.signal)
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

/** Passages that are read for their order; those after them count as read without an answer. */
const READ = 3
/** What the reader's span is worth against a cosine, when it is as sure as it can be, and how soon it is sure. */
const WEIGHT = 0.8
const STEEP = 0.1

/** The trained reader has its say in the order: how sure it is that the best sentences of a passage hold the answer. */
const makeRerank = ({ generation, segmenter, reader }: AskDeps, views: Views) => {
  const weigh = makeWeigh(generation.words, segmenter)
  return async (
    { question, candidates }: Retrieved,
    signal?: AbortSignal,
  ): Promise<{ ranked: readonly Ranked[]; degraded: boolean }> => {
    const parts = (reader ? candidates.slice(0, READ) : []).map(({ passage, sentences }) => {
      const { text } = views.view(passage)
      const part = text.slice(...focus(text, weigh(question, text, sentences)))
      return askOf(question, part, yearWritten(passage, generation))
    })
    const readings = reader && (await readOrNothing(reader, parts, signal))
    const sure = (i: number): number =>
      readings ? WEIGHT / (1 + Math.exp(-STEEP * (readings[i] ?? UNREAD).span)) : 0
    const ranked = candidates
      .map((candidate, i) => ({ candidate, score: candidate.fused + sure(i) }))
      .sort((a, b) => b.score - a.score || a.candidate.passage - b.candidate.passage)
    return { ranked, degraded: reader !== null && readings === null }
  }
}
