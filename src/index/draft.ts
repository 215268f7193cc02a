import { createHash } from 'node:crypto'
import type { Embedder, Segmenter } from '../core/ports.ts'
import type { Corpus } from '../core/types.ts'
import { type Sum, sumOf } from './disk.ts'
import { packCorpus, packPassages, packPostings, packTexts } from './layout.ts'
import { type FileName, FORMAT, type Manifest } from './manifest.ts'
import type { Postings } from './postings.ts'
import { wordsFingerprint } from './terms.ts'
import { GRAPH_SETTINGS } from './vectors.ts'

/** What a generation follows from. */
interface Inputs {
  readonly corpus: Corpus
  readonly embedder: Embedder
  readonly segmenter: Segmenter
  readonly settings: Manifest['settings']
}

/** What is made of a corpus before anything is embedded. */
export interface Collected {
  readonly postings: Postings
  /** KEY_BYTES a passage (embed.ts). */
  readonly keys: Uint8Array
}

type DataName = Exclude<FileName, 'vectors.bin' | 'vectors.hnsw' | 'sentences.bin'>
export type Packed = Readonly<Record<DataName, () => Iterable<Uint8Array>>>

/** Everything but the vectors, as functions: hashed first for the id, and again made for the disk. */
export const pack = (corpus: Corpus, { postings, keys }: Collected): Packed => ({
  'texts.bin': () => packTexts(corpus),
  'corpus.jsonl': () => packCorpus(corpus),
  'passages.bin': () => [packPassages(corpus.passages)],
  'postings.bin': () => packPostings(postings),
  'keys.bin': () => [keys],
})

/** Sums of all that packs give. */
export const sumsOf = (packed: Packed): Readonly<Record<DataName, Sum>> => ({
  'texts.bin': sumOf(packed['texts.bin']()),
  'corpus.jsonl': sumOf(packed['corpus.jsonl']()),
  'passages.bin': sumOf(packed['passages.bin']()),
  'postings.bin': sumOf(packed['postings.bin']()),
  'keys.bin': sumOf(packed['keys.bin']()),
})

/** Named by everything that its bytes follow from, and by nothing else: no times, no paths. */
export const draftManifest = (
  inputs: Inputs,
  { postings }: Collected,
  sums: Readonly<Record<DataName, Sum>>,
): Manifest => {
  const { corpus, embedder, settings } = inputs
  const named = { FORMAT, embedder: embedder.id, dim: embedder.dim, graph: GRAPH_SETTINGS, settings, sums }
  const none = { size: 0, sha256: ''.padStart(64, '0') }
  return {
    format: FORMAT,
    id: createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 16),
    builtAt: new Date().toISOString(),
    embedder: embedder.id,
    dim: embedder.dim,
    words: wordsFingerprint(inputs.segmenter),
    counts: {
      files: corpus.files.length,
      articles: corpus.articles.length,
      passages: corpus.passages.length,
      terms: postings.ends.length,
      postings: postings.passages.length,
    },
    settings,
    files: { ...sums, 'vectors.bin': none, 'vectors.hnsw': none, 'sentences.bin': none },
  }
}

/** A graph row is a vector, 2 · 16 links of 4 bytes and some upper links; a passage has about five sentences of a byte a number. */
export const spaceFor = (sums: Readonly<Record<DataName, Sum>>, passages: number, dim: number): number =>
  Object.values(sums).reduce((sum, { size }) => sum + size, 0) +
  passages * (8 * dim + 5 * dim + 200) +
  (1 << 20)
