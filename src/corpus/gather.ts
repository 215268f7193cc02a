import { createHash } from 'node:crypto'
import type { Article, Corpus, Passage, SourceFile, Warning } from '../core/types.ts'
import { chunk } from './chunk.ts'
import type { Draft, Label } from './draft.ts'

/** A file that has been decoded. */
export interface Read {
  readonly name: string
  readonly sha256: string
  readonly encoding: string
  readonly text: string
}

/** Collects what was read and gives every file, article and passage its place. */
export interface Gather {
  readonly add: (read: Read, drafts: readonly Draft[]) => void
  readonly warn: (file: string, message: string) => void
  readonly corpus: () => Corpus
}

/** An empty corpus to add to. `longest` is the size limit of a passage in characters. */
export const makeGather = (longest: number | undefined): Gather => {
  const files: SourceFile[] = []
  const articles: Article[] = []
  const passages: Passage[] = []
  const warnings: Warning[] = []
  return {
    add: (read, drafts) => {
      const file: SourceFile = { id: sha256(read.name).slice(0, 16), ...read }
      const place = files.push(file) - 1
      drafts.forEach((given, index) => {
        const article = articleOf(given, `${file.id}-${index + 1}`, place)
        const at = articles.push(article) - 1
        for (const passage of chunk(file.text, article, at, longest)) passages.push(passage)
      })
    },
    warn: (file, message) => {
      warnings.push({ file, message })
    },
    corpus: () => ({ files, articles, passages, warnings }),
  }
}

/** 64 hex digits. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const articleOf = (given: Draft, id: string, file: number): Article => ({
  id,
  file,
  ...named('title', given.title),
  ...named('subtitle', given.subtitle),
  ...named('byline', given.byline),
  date: given.date,
  source: given.source,
  section: given.section,
  url: given.url,
  paragraphs: given.paragraphs,
})

const named = <K extends 'title' | 'subtitle' | 'byline'>(key: K, given: Label | null) =>
  ({ [key]: given?.text ?? null, [`${key}Ranges`]: given?.ranges ?? [] }) as Pick<Article, K | `${K}Ranges`>
