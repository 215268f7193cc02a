import type { Generation } from '../../core/ports.ts'
import type { Article, Query } from '../../core/types.ts'
import { folded } from '../../text/fold.ts'

/** 1 for each passage that the query's dates and source admit; undefined when it sets none. */
export const admitted = (generation: Generation, query: Query): Uint8Array | undefined => {
  if (query.from === undefined && query.to === undefined && query.source === undefined) return undefined
  const articles = generation.articles.map((article) => admits(article, fileName(generation, article), query))
  return Uint8Array.from(generation.passages, ({ article }) => (articles[article] ? 1 : 0))
}

const fileName = (generation: Generation, article: Article): string =>
  generation.files[article.file]?.name ?? ''

const admits = (article: Article, file: string, { from, to, source }: Query): boolean => {
  if (source !== undefined) {
    const names = folded([article.source, article.byline, file].filter((name) => name !== null).join('\n'))
    if (!names.includes(folded(source))) return false
  }
  if (from === undefined && to === undefined) return true
  if (article.date === null) return false
  // A date may be a year or a month: it passes when any of its days does.
  const first = article.date + '-01-01'.slice(article.date.length - 4)
  const last = article.date + '-12-31'.slice(article.date.length - 4)
  return (to === undefined || first <= to) && (from === undefined || last >= from)
}
