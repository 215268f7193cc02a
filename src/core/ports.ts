import type {
  Answer,
  Article,
  Extract,
  Found,
  IndexInfo,
  Passage,
  Query,
  SourceFile,
  Suggestions,
  Warning,
} from './types.ts'

/** Cuts Chinese text into words. The joined words need not equal the text (lone surrogates are replaced). */
export interface Segmenter {
  /** Words, long ones followed by their parts: 中国人民银行 → 中国人民银行 中国 人民 银行. */
  readonly search: (text: string) => readonly string[]
  /** Words with their part of speech in ICTCLAS letters (n, nr, ns, nt, v, m, t …), in order, without overlap. */
  readonly tag: (text: string) => readonly { readonly word: string; readonly tag: string }[]
}

/** Text → unit vector. One text a call: 8-bit activations are scaled per call, so a batch would change its members. */
export interface Embedder {
  /** Name and content hash: changes whenever a vector could. */
  readonly id: string
  readonly dim: number
  readonly question: (text: string, signal?: AbortSignal) => Promise<Float32Array>
  readonly passage: (text: string, signal?: AbortSignal) => Promise<Float32Array>
}

/** What the reader makes of one passage. Offsets in UTF-16 code units of the passage text it was given. */
export interface Reading {
  readonly start: number
  readonly end: number
  /** Logits of the span's start and end, less those of there being none (the first token). */
  readonly span: number
  /** Log-odds that the passage holds the answer at all. */
  readonly relevance: number
}

/** (question, passage) → span, and whether there is one. */
export interface Reader {
  readonly id: string
  /** One reading a passage, in the order given. */
  readonly read: (
    question: string,
    passages: readonly string[],
    signal?: AbortSignal,
  ) => Promise<readonly Reading[]>
}

/** A passage that was found, and how well it fits: higher is better. */
export interface Scored {
  readonly passage: number
  readonly score: number
}

/** BM25 over the words of the passages. */
export interface Words {
  /** Number of passages that hold the term; 0 when it is unknown. */
  readonly frequency: (term: string) => number
  /** Inverse document frequency, natural log; what an unknown term would have when it is unknown. */
  readonly idf: (term: string) => number
  /** Best first, ties by passage number. `weights` scale the terms. */
  readonly search: (terms: readonly WeightedTerm[], top: number, allow?: Uint8Array) => readonly Scored[]
  /** The terms from one on and before another, in the order of their UTF-16 code units, with the passages that hold each. */
  readonly between: (
    from: string,
    before: string,
  ) => Iterable<{ readonly term: string; readonly passages: number }>
  /** BM25 of given passages. */
  readonly score: (terms: readonly WeightedTerm[], passages: readonly number[]) => Float32Array
}

export interface WeightedTerm {
  readonly term: string
  readonly weight: number
}

/** Vectors of the passages. */
export interface Vectors {
  readonly dim: number
  /** Best first by cosine, ties by passage number. `allow[passage]` = 1 admits it; absent admits all. */
  readonly nearest: (vector: Float32Array, top: number, allow?: Uint8Array) => readonly Scored[]
  /** Cosines of given passages. */
  readonly cosine: (vector: Float32Array, passages: readonly number[]) => Float32Array
  /**
   * Cosines of the sentences of a passage, in the order text/sentences.ts cuts its text. The indexer embeds each
   * sentence by itself (Embedder.passage, trimmed, without the title; one of fewer than 4 characters gets 0) and keeps
   * its unit vector in 8 bits (sentences.bin, rows of dim Int8 = round(127 × value), and where each passage's rows start),
   * so the cosines are ±.005. Measured on news questions dev, paraphrased, gold first: .567 without, .61 with the best
   * sentence's cosine in the sum; right sentence chosen .60 by words, .735 with it.
   */
  readonly sentences: (vector: Float32Array, passage: number) => Float32Array
}

/** One complete, immutable index, open for reading. */
export interface Generation {
  readonly info: IndexInfo
  /** ISO 8601. */
  readonly builtAt: string
  readonly files: readonly Omit<SourceFile, 'text'>[]
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
  readonly warnings: readonly Warning[]
  readonly words: Words
  readonly vectors: Vectors
  /** `text.slice(start, end)` of a file, read from disk on demand; whole text without bounds. */
  readonly fileText: (file: number, start?: number, end?: number) => string
  readonly close: () => void
}

/** What whoever asks may add. */
export interface AskOptions {
  readonly signal?: AbortSignal
  /** Called with each extract before the answer is given back. */
  readonly onExtract?: (extract: Extract) => void
}

/** An open index with what answers from it. */
export interface Desk {
  readonly generation: Generation
  readonly ask: (query: Query, options?: AskOptions) => Promise<Answer>
  readonly search: (query: Query, options?: { readonly signal?: AbortSignal }) => Promise<Found>
  /** Words and titles that sound like the letters at the end of what was typed; at most `limit`. */
  readonly suggest: (typed: string, limit: number) => Promise<Suggestions>
}

/** What long work tells about itself; the receiver draws it. */
export interface Progress {
  readonly stage: 'read' | 'words' | 'embed' | 'graph' | 'write'
  readonly done: number
  readonly total: number
}
