import type { Range } from './ranges.ts'

/** A file of the corpus as it was read; for a .jsonl, one line of it. */
export interface SourceFile {
  /** 16 hex digits of the SHA-256 of `name`: the same file keeps its id when its content changes. */
  readonly id: string
  /** Path below the corpus folder, `/` between folders; `name.jsonl#id` for a line. */
  readonly name: string
  /** SHA-256 of the bytes on disk; for a .jsonl line, of its text in UTF-8. */
  readonly sha256: string
  /** WHATWG name: utf-8, utf-16le, utf-16be, gb18030, big5. */
  readonly encoding: string
  /** Decoded, byte order mark removed. All ranges count in it. */
  readonly text: string
}

/** One piece of writing in a file. Everything that is shown of it is a range of the file, or a field of its .jsonl line. */
export interface Article {
  /** `<file id>-<place in the file, from 1>`. */
  readonly id: string
  /** Place of its file in the list of files. */
  readonly file: number
  readonly title: string | null
  readonly titleRanges: readonly Range[]
  readonly subtitle: string | null
  readonly subtitleRanges: readonly Range[]
  readonly byline: string | null
  readonly bylineRanges: readonly Range[]
  /** YYYY, YYYY-MM or YYYY-MM-DD; null when the text does not say. */
  readonly date: string | null
  /** The paper or agency, when the text or the .jsonl line names one. */
  readonly source: string | null
  readonly section: string | null
  /** Where it was first published, for .jsonl lines that say so. http or https. */
  readonly url: string | null
  /** In reading order; paragraph n (from 1) is `paragraphs[n - 1]`. */
  readonly paragraphs: readonly (readonly Range[])[]
}

/**
 * What is indexed: the text from a place in one paragraph to a place in the same or a later one.
 * Offsets count in the rendered text of the paragraph (core/ranges.ts).
 */
export interface Passage {
  /** Place of its article in the list of articles. */
  readonly article: number
  /** From 1. */
  readonly firstParagraph: number
  readonly from: number
  /** From 1. */
  readonly lastParagraph: number
  readonly to: number
}

/** A thing the reader of an index report should know: a file left out, a repair that failed. */
export interface Warning {
  readonly file: string
  readonly message: string
}

/** The whole corpus, read and divided. */
export interface Corpus {
  readonly files: readonly SourceFile[]
  readonly articles: readonly Article[]
  readonly passages: readonly Passage[]
  readonly warnings: readonly Warning[]
}

/** Where an extract stands. */
export interface Citation {
  readonly articleId: string
  readonly title: string | null
  readonly date: string | null
  readonly byline: string | null
  readonly source: string | null
  readonly file: string
  readonly fileId: string
  readonly fileSha256: string
  /** In reading order, usually one. */
  readonly ranges: readonly Range[]
  /** From 1. */
  readonly paragraph: number
  /** Relative to the server: /articles/<id>#p<paragraph>. */
  readonly url: string
}

/** Sentences of an article, word for word. */
export interface Extract {
  /** From 1. */
  readonly n: number
  readonly text: string
  /** Probability from 0 to 1 that it answers the question. */
  readonly score: number
  readonly citation: Citation
}

/** The short answer: `extracts[extract - 1].text.slice(start, end)`, UTF-16 code units. */
export interface AnswerSpan {
  readonly text: string
  readonly extract: number
  readonly start: number
  readonly end: number
}

export interface IndexInfo {
  readonly generation: string
  readonly articles: number
  readonly passages: number
  readonly model: string
}

/** Milliseconds. */
export interface Timings {
  readonly total: number
  readonly embed: number
  readonly search: number
  readonly read: number
}

/** The reply to a question: 200 of POST /ask. */
export interface Answer {
  readonly id: string
  readonly question: string
  readonly answered: boolean
  readonly reason: null | 'nothing_found' | 'not_sure'
  /** Calibrated: of the answers given at 0.9, nine in ten are right. */
  readonly confidence: number
  readonly answer: AnswerSpan | null
  readonly extracts: readonly Extract[]
  /** What came nearest, when `answered` is false. */
  readonly nearest: readonly Extract[]
  readonly timings: Timings
  readonly index: IndexInfo
  /** Parts that are down; the answer was made without them. */
  readonly degraded?: readonly ('embedder' | 'reader')[]
  /** Names, years or numbers of the question that stand nowhere in the articles. */
  readonly missing?: readonly string[]
  /** The question that was searched, when the one asked leans on those before it, is in English, in traditional characters or mistyped. */
  readonly understoodAs?: string
}

/** One hit of POST /search: a whole passage. */
export interface Hit {
  readonly n: number
  readonly text: string
  readonly score: number
  readonly citation: Citation
  readonly why: { readonly words: readonly string[]; readonly meaning: number }
}

/** The reply to a search: 200 of POST /search. */
export interface Found {
  readonly hits: readonly Hit[]
  /** Models that were down: without the embedder the hits were found by words alone, without the reader it had no say in their order. */
  readonly degraded?: readonly ('embedder' | 'reader')[]
}

/** What the articles hold that sounds like letters that were typed: the reply of GET /suggest. */
export interface Suggestions {
  /** The end of what was typed, which a suggestion stands for; empty when there is none. */
  readonly typed: string
  /** Best first. */
  readonly suggestions: readonly Suggestion[]
}

export interface Suggestion {
  /** As the articles write it. */
  readonly text: string
  /** A word or a run of words, or the title of an article. */
  readonly kind: 'word' | 'title'
}

/** What may be asked; already validated at the edge. */
export interface Query {
  /** 1 to 500 code points, well-formed, without control characters. */
  readonly question: string
  readonly history: readonly { readonly question: string }[]
  readonly top: number
  /** YYYY-MM-DD, inclusive; articles without a date pass neither. */
  readonly from?: string
  readonly to?: string
  /** Substring of the citation's source, byline or file name. */
  readonly source?: string
}

/** What speaks for or against an extract; see ask/extract/evidence.ts. */
export interface Features {
  /** The reader's log-odds that the passage holds the answer; 0 without a reader. */
  readonly relevance: number
  /** The reader's logits of the span less those of no answer; 0 without a reader. */
  readonly span: number
  /** span where the reader says no, else 0: how sure a no is weighs more than how sure a yes. */
  readonly doubt: number
  /** BM25 of the passage as a share of what the question's terms could reach. */
  readonly words: number
  /** Cosine of question and passage. */
  readonly meaning: number
  /** Share of the question's terms, by idf, that stand in the chosen sentence. */
  readonly sentenceWords: number
  /** Cosine of question and chosen sentence. */
  readonly sentenceMeaning: number
  /** 1: near the question's words the sentence holds a thing of the kind and unit asked for; .25: of the kind; 0: no kind asked for; -1: it holds none. */
  readonly kind: number
  /** sentenceWords where kind is -1, else 0: the sentence speaks of what is asked and does not tell it. */
  readonly untold: number
  /** How far the passage is from speaking of the places and years the question names, 0 to 1 (ask/find/missing.ts). */
  readonly elsewhere: number
  /** 1: an amount is asked for, and the sentences do not name what it counts or measures (ask/question/head.ts); else 0. */
  readonly unsaid: number
  /** Share of the question's terms, by idf, that no passage holds. */
  readonly unknown: number
  /** Fused score less that of the best other passage. */
  readonly lead: number
  /** How well the date of its article fits the time that the question names, -1 to 2.5 (ask/find/dated.ts). */
  readonly dated: number
}

/** One for each way of answering: what speaks for an extract weighs differently when a part is down. */
export interface Calibrations {
  /** With embedder and reader. */
  readonly read: Calibration
  /** With the embedder, without a reader: sentences are chosen by rule. */
  readonly rules: Calibration
  /** With neither: words alone. */
  readonly words: Calibration
  /** Fitted with these very models; else confidence is that of others. */
  readonly fitted: boolean
}

/** Log-odds that an extract answers the question = bias + Σ weight × feature. Fitted by bench/calibrate.ts. */
export interface Calibration {
  readonly bias: number
  readonly weights: Features
  /** At or above it the reply is an answer, below it a refusal. A probability. */
  readonly threshold: number
}
