import { partsOf } from '../core/passage.ts'
import { type Range, render } from '../core/ranges.ts'
import type { Article, Corpus, Passage } from '../core/types.ts'

/** The part of `text` a passage was cut from, with the paragraph that was rendered last kept: neighbours share it. */
export const makePassageText = (corpus: Corpus): ((passage: Passage) => string) => {
  let last: { readonly article: number; readonly paragraph: number; readonly text: string } | null = null
  const paragraphText = (article: Article, number: number, paragraph: number): string => {
    if (last?.article === number && last.paragraph === paragraph) return last.text
    const text = renderParagraph(
      corpus.files[article.file]?.text ?? '',
      article.paragraphs[paragraph - 1] ?? [],
    )
    last = { article: number, paragraph, text }
    return text
  }
  return (passage) => {
    const article = corpus.articles[passage.article]
    if (article === undefined)
      throw new RangeError(`a passage of article ${passage.article} of ${corpus.articles.length}`)
    return partsOf(passage)
      .map(({ paragraph, from, to }) => paragraphText(article, passage.article, paragraph).slice(from, to))
      .join('\n')
  }
}

const renderParagraph = (text: string, ranges: readonly Range[]): string => render(text, ranges).text

/** What the embedder sees: the title lends a passage its subject. Shown is the passage alone. */
export const embeddedText = (title: string | null, text: string): string =>
  title === null ? text : `${title}\n${text}`
