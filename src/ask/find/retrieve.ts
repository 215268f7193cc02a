import { performance } from 'node:perf_hooks'
import { since } from '../../core/clock.ts'
import { ChuchuError } from '../../core/errors.ts'
import type { Embedder, Generation, WeightedTerm } from '../../core/ports.ts'
import type { Query } from '../../core/types.ts'
import { withFigures } from '../question/figures.ts'
import { inFormalWords } from '../question/formal.ts'
import { type Question, understand } from '../question/question.ts'
import { type Dated, makeDated } from './dated.ts'
import { admitted } from './filter.ts'
import { makeNamed, type Named, type NamedDeps } from './missing.ts'

/** A passage that may answer, with what speaks for it. */
export interface Candidate {
  readonly passage: number
  /** BM25 as a share of what the question's terms could reach; about 0 to 1.5. */
  readonly words: number
  /** Cosine of question and passage; 0 when there is no embedder. */
  readonly meaning: number
  /** Cosines of question and each sentence of the passage; empty when there is no embedder. */
  readonly sentences: Float32Array
  /** How well its date fits (ask/find/dated.ts). */
  readonly dated: number
  /** What candidates are ranked by. */
  readonly fused: number
}

export interface Retrieved {
  readonly question: Question
  /** Share of the question's terms, by idf, that no passage holds. */
  readonly unknown: number
  /** Where the places and years of the question stand. */
  readonly named: Named
  /** Best first. */
  readonly candidates: readonly Candidate[]
  /** Milliseconds. */
  readonly timings: { readonly embed: number; readonly search: number }
  /** The embedder was down: words alone. */
  readonly wordsOnly: boolean
}

export interface RetrieveDeps extends NamedDeps {
  readonly embedder: Embedder
}

/** Taken from each side before fusing; more than a page of results ever shows. */
const DEPTH = 100
/**
 * Weights of the passage's cosine and of its best sentence's, against the share of BM25. As that share is small for a
 * question in other words than the articles', meaning then decides by itself (docs/adr/0001-fuse-by-reach.md).
 */
const PASSAGE_WEIGHT = 1
const SENTENCE_WEIGHT = 1
/** Of a year that fits; .05 to .15 do as well (docs/adr/0006-dates-and-names.md). */
const DATE_WEIGHT = 0.1

/** question → passages, by words and meaning. */
export const makeRetrieve = (deps: RetrieveDeps) => {
  const { generation, embedder, segmenter } = deps
  const named = makeNamed(deps)
  const dated = makeDated(generation, segmenter)
  return async (query: Query, signal?: AbortSignal): Promise<Retrieved> => {
    const asked = inFigures(understand(query.question, segmenter), deps)
    const formal = inFormalWords(asked.text, generation.words, segmenter)
    const question = formal === asked.text ? asked : { ...asked, terms: understand(formal, segmenter).terms }
    const embedding = performance.now()
    const vector = await embedOrNothing(embedder, formal, signal)
    const embed = since(embedding)
    const searching = performance.now()
    const allow = admitted(generation, query)
    const found = new Set(generation.words.search(question.terms, DEPTH, allow).map((hit) => hit.passage))
    if (vector) for (const hit of generation.vectors.nearest(vector, DEPTH, allow)) found.add(hit.passage)
    const reach = reachOf(generation, question.terms)
    const typed = formal === asked.text ? reach : reachOf(generation, asked.terms)
    const candidates = fuse(generation, question.terms, reach.all, vector, dated(formal), [...found])
    const unknown = typed.all > 0 ? typed.unknown / typed.all : 0
    return {
      question,
      unknown,
      named: await named(question),
      candidates,
      timings: { embed, search: since(searching) },
      wordsOnly: vector === null,
    }
  }
}

const inFigures = (question: Question, { generation, segmenter }: RetrieveDeps): Question => {
  const text = withFigures(question.text, generation.words)
  return text === question.text ? question : { ...understand(text, segmenter), asked: question.asked }
}

/** A question is still worth answering by words when the embedder is down; nothing else is forgiven. */
const embedOrNothing = async (
  embedder: Embedder,
  text: string,
  signal?: AbortSignal,
): Promise<Float32Array | null> => {
  try {
    return await embedder.question(text, signal)
  } catch (error) {
    if (error instanceof ChuchuError && error.code.startsWith('model_')) return null
    throw error
  }
}

/** What a passage that held every term once would score, and the part of it that no passage can. */
const reachOf = ({ words }: Generation, terms: readonly WeightedTerm[]) => {
  let all = 0
  let unknown = 0
  for (const { term, weight } of terms) {
    const value = weight * words.idf(term)
    all += value
    if (words.frequency(term) === 0) unknown += value
  }
  return { all, unknown }
}

const fuse = (
  { words, vectors }: Generation,
  terms: readonly WeightedTerm[],
  reach: number,
  vector: Float32Array | null,
  dated: Dated,
  passages: readonly number[],
): readonly Candidate[] => {
  const scores = words.score(terms, passages)
  const meanings = vector ? vectors.cosine(vector, passages) : new Float32Array(passages.length)
  return passages
    .map((passage, i) => {
      const share = reach > 0 ? (scores[i] ?? 0) / reach : 0
      const meaning = meanings[i] ?? 0
      const sentences = vector ? vectors.sentences(vector, passage) : new Float32Array(0)
      const best = sentences.length > 0 ? Math.max(...sentences) : meaning
      const date = dated(passage)
      return {
        passage,
        words: share,
        meaning,
        sentences,
        dated: date,
        fused: share + PASSAGE_WEIGHT * meaning + SENTENCE_WEIGHT * best + DATE_WEIGHT * date,
      }
    })
    .sort((a, b) => b.fused - a.fused || a.passage - b.passage)
}
