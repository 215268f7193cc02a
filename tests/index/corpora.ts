import { createHash } from 'node:crypto'
import type { Embedder, Segmenter } from '../../src/core/ports.ts'
import { type Range, render } from '../../src/core/ranges.ts'
import type { Article, Corpus, Passage } from '../../src/core/types.ts'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

interface Piece {
  readonly title: string | null
  readonly text: string
}

/** One file an article, its paragraphs the lines of the text, one passage a paragraph. */
export const corpusOf = (pieces: readonly Piece[]): Corpus => {
  const files = pieces.map(({ text }, i) => ({
    id: sha(`${i}`).slice(0, 16),
    name: `${i}.txt`,
    sha256: sha(text),
    encoding: 'utf-8',
    text,
  }))
  const articles = pieces.map(({ title, text }, i) => articleOf(files[i]?.id ?? '', i, { title, text }))
  const passages = articles.flatMap((article, i) => passagesOf(article, i, pieces[i]?.text ?? ''))
  return { files, articles, passages, warnings: [{ file: '0.txt', message: '编码不明' }] }
}

const articleOf = (fileId: string, file: number, { title, text }: Piece): Article => {
  const paragraphs: Range[][] = []
  let at = 0
  for (const line of text.split('\n')) {
    if (render(line, [[0, line.length]]).text !== '') paragraphs.push([[at, at + line.length]])
    at += line.length + 1
  }
  return {
    id: `${fileId}-1`,
    file,
    title,
    titleRanges: [],
    subtitle: null,
    subtitleRanges: [],
    byline: null,
    bylineRanges: [],
    date: '2020-05',
    source: null,
    section: null,
    url: null,
    paragraphs,
  }
}

const passagesOf = (article: Article, number: number, text: string): readonly Passage[] =>
  article.paragraphs.map((ranges, i) => ({
    article: number,
    firstParagraph: i + 1,
    from: 0,
    lastParagraph: i + 1,
    to: render(text, ranges).text.length,
  }))

/** Cuts into single characters: enough where the words themselves are not the question. */
export const plainSegmenter: Segmenter = {
  search: (text) => [...text],
  tag: (text) => [...text].map((word) => ({ word, tag: 'x' })),
}

/** Unit vectors out of the hash of the text; counts what it is asked. */
export const hashEmbedder = (id = 'hash@1', dim = 8): Embedder & { readonly asked: string[] } => {
  const asked: string[] = []
  const vector = (text: string): Float32Array => {
    const bytes = createHash('sha512').update(text).digest()
    const raw = Float32Array.from({ length: dim }, (_, i) => (bytes[i % 64] ?? 0) - 127.5)
    const length = Math.hypot(...raw)
    return raw.map((value) => value / length)
  }
  return {
    id,
    dim,
    asked,
    question: async (text) => vector(text),
    passage: async (text) => {
      asked.push(text)
      return vector(text)
    },
  }
}

/** A corpus of some size without chance. */
export const steadyCorpus = (articles: number, seed = ''): Corpus =>
  corpusOf(
    Array.from({ length: articles }, (_, i) => ({
      title: `第${i}号公告${seed}`,
      text: `大连市第${i}批企业登记${seed}。\n其中新增${i * 37}家，同比增长${i % 13}.5%。`,
    })),
  )
