import type { Found, Query } from '../core/types.ts'
import { folded } from '../text/fold.ts'
import { isWord } from '../text/words.ts'
import { inContext } from './context.ts'
import { makeTranslate } from './english.ts'
import { makeRetrieve, type RetrieveDeps } from './retrieve.ts'
import { makeViews } from './views.ts'

/** Retrieval alone: whole passages, best first, with the words that matched and the cosine. */
export const makeSearch = (deps: RetrieveDeps) => {
  const retrieve = makeRetrieve(deps)
  const translate = makeTranslate(deps.generation.words, deps.segmenter)
  const { view, citation } = makeViews(deps.generation)
  return async (query: Query, options: { readonly signal?: AbortSignal } = {}): Promise<Found> => {
    const whole = await inContext(await translate(query), deps.segmenter, nothingTold)
    const { question, candidates, wordsOnly } = await retrieve({ ...query, question: whole }, options.signal)
    const asked = question.terms.map(({ term }) => term).filter(isWord)
    const hits = candidates.slice(0, query.top).map((candidate, i) => {
      const passage = view(candidate.passage)
      const text = folded(passage.text)
      return {
        n: i + 1,
        text: passage.text,
        score: candidate.fused,
        citation: citation(passage, 0, passage.text.length),
        why: { words: asked.filter((word) => text.includes(word)), meaning: candidate.meaning },
      }
    })
    return { hits, ...(wordsOnly ? { degraded: ['embedder'] } : {}) }
  }
}

/** 他 and 第二个 stand for what an answer told; a search gives none. */
const nothingTold = () => Promise.resolve({ short: null, text: null })
