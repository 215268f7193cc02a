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

/** Hex digits of a hash that tell files apart in print. */
const HASH_SHOWN = 16

/**
 * GB/T 7714-2015, numeric style: a newspaper piece when the source is known, else an item of an archive. It is cited
 * as online only when others can open the link; else the file and its hash say which copy was read.
 */
export const gbtReference = (citation: Citation, link: string, untitled: string): string => {
  const author = authorOf(citation.byline)
  const kind = citation.source === null ? 'Z' : 'N'
  const where = [citation.source, citation.date].filter((part) => part !== null).join(', ')
  const online = isPublic(new URL(link).hostname)
  const title = `${citation.title ?? untitled}[${online ? `${kind}/OL` : kind}]`
  const copy = `${citation.file}, SHA-256 ${citation.fileSha256.slice(0, HASH_SHOWN)}`
  const parts = online ? [where === '' ? citation.file : where, link] : [where, copy]
  return [author, title, ...parts].filter((part) => part !== '').join('. ')
}

/** Names of one machine or one network, and addresses of private networks (RFC 1918, 4193, 6761, 6762, 8375). */
const LOCAL_NAME = /^[^.:]+$|\.(?:localhost|local|lan|home|internal|intranet|home\.arpa)$/
const LOCAL_ADDRESS =
  /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\..*\d$|^\[(?:::1?\]|f[cd]|fe[89ab])/

const isPublic = (host: string): boolean => host !== '' && !LOCAL_NAME.test(host) && !LOCAL_ADDRESS.test(host)

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
