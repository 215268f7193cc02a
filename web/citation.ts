import type { Citation, Extract } from '../src/core/types.ts'
import { el, markupOf } from './html.ts'

/** Words around a citation, in the language of the page. */
export interface CitationWords {
  readonly untitled: string
  readonly paragraph: (n: number) => string
}

/** 《title》，byline，source，date，file，paragraph: what is known of it, in that order. */
export const citationLine = (citation: Citation, words: CitationWords): string =>
  [
    citation.title === null ? words.untitled : `《${citation.title}》`,
    citation.byline,
    citation.source,
    citation.date,
    citation.file,
    words.paragraph(citation.paragraph),
  ]
    .filter((part) => part !== null && part !== '')
    .join('，')

/** A quotation as plain text: the extract untouched on its own line, the citation and the link below. */
export const plainQuotation = (extract: Extract, link: string, words: CitationWords): string =>
  `${extract.text}\n——${citationLine(extract.citation, words)}\n${link}`

/** The same for a word processor. */
export const htmlQuotation = (extract: Extract, link: string, words: CitationWords): string =>
  markupOf([
    el('blockquote', { cite: link }, el('p', {}, extract.text)),
    el(
      'p',
      {},
      '——',
      el('cite', {}, citationLine(extract.citation, words)),
      ' ',
      el('a', { href: link }, link),
    ),
  ])

/** GB/T 7714-2015, numeric style: a newspaper piece when the source is known, else an item of an archive. */
export const gbtReference = (citation: Citation, link: string, untitled: string): string => {
  const author = authorOf(citation.byline)
  const title = `${citation.title ?? untitled}[${citation.source === null ? 'Z/OL' : 'N/OL'}]`
  const where = [citation.source, citation.date].filter((part) => part !== null).join(', ')
  return [author, title, where === '' ? citation.file : where, link].filter((part) => part !== '').join('. ')
}

/** The names in a byline, without the office before them; a name of two characters may be set with a gap. */
const authorOf = (byline: string | null): string =>
  (byline ?? '')
    .replace(
      /(?:本报|本刊|本网|新华社)?(?:驻\S{1,6})?(?:见习|特约|实习)?(?:记者|通讯员|作者|评论员)[：:]?\s*/g,
      ' ',
    )
    .trim()
    .replace(/(?<!\S)(\p{Script=Han})\s+(\p{Script=Han})(?!\S)/gu, '$1$2')
    .replace(/[\s、，,/]+/g, ', ')
