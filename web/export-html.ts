import type { Range } from '../src/core/ranges.ts'
import type { Answer, Extract } from '../src/core/types.ts'
import type { ArticleBody } from '../src/http/schemas.ts'
import type { Original } from './check.ts'
import { type CitationWords, citationLine } from './citation.ts'
import { sha256 } from './digest.ts'
import { el, markupOf, type Piece, textOf } from './html.ts'

/** An answer and when it came, as it is written down. */
export interface Kept {
  readonly answer: Answer
  /** ISO 8601; empty when it is not known. */
  readonly at: string
  /** What was searched, when it was not everything. */
  readonly limits: string
}

/** What the file says, in the language of the page. */
export interface HtmlWords extends CitationWords {
  readonly refused: (answer: Answer) => string
  readonly remarks: (answer: Answer) => readonly string[]
  readonly nearest: string
  readonly promise: string
  readonly filtered: (what: string) => string
  readonly exported: {
    readonly lang: string
    readonly title: string
    readonly how: string
    readonly saved: (at: string) => string
    readonly asked: (at: string) => string
    readonly generation: (id: string) => string
    readonly answer: (id: string) => string
    readonly places: (ranges: string) => string
    readonly context: string
    readonly unchecked: string
    readonly held: string
    readonly failed: string
    readonly equal: string
    readonly unequal: string
    readonly unmarked: string
    readonly altered: string
  }
}

/** What the file is made of beside the answers. */
export interface HtmlParts {
  /** exported/check.js and exported/page.css, as they are. */
  readonly script: string
  readonly style: string
  /** By file id. */
  readonly originals: ReadonlyMap<string, Original>
  /** By article id; those that are not here show no context. */
  readonly articles: ReadonlyMap<string, ArticleBody>
  readonly linkTo: (extract: Extract) => string
  /** ISO 8601. */
  readonly savedAt: string
}

/** One file that opens offline, holds what it quotes from, and checks itself (exported/check.js). */
export const htmlFile = async (
  kept: readonly Kept[],
  words: HtmlWords,
  parts: HtmlParts,
): Promise<string> => {
  const said = words.exported
  const content = [
    el('h1', {}, said.title),
    el('p', { class: 'note' }, words.promise, ' ', said.how),
    el('p', { class: 'note' }, said.saved(localTime(parts.savedAt, said.lang))),
    kept.map((one) => turn(one, words, parts)),
  ]
  const told = Object.fromEntries(TOLD.map((key) => [`data-${key}`, said[key]]))
  const record = await sha256(new TextEncoder().encode(squeeze(textOf(content))))
  const body = [
    el('p', { id: 'outcome', role: 'status', ...told }, said.unchecked),
    el('main', { 'data-sha256': record.hex }, ...content),
    [...parts.originals.values()].map(({ bytes, charset }) =>
      el('script', { type: 'text/plain', 'data-charset': charset }, base64(bytes)),
    ),
  ]
  return page(said.lang, kept[0]?.answer.question ?? said.title, body, parts)
}

/** With its distance from Greenwich: the file may be opened elsewhere. */
const localTime = (iso: string, lang: string): string =>
  new Date(iso).toLocaleString(lang, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
  })

/** What the program in the file says when it has checked; it has no words of its own. */
const TOLD = ['held', 'failed', 'equal', 'unequal', 'unmarked', 'altered'] as const

const squeeze = (text: string): string => text.replace(/[\s\0]/g, '')

/** The policy lets this script and this style in and nothing else, wherever the file is opened. */
const page = async (
  lang: string,
  title: string,
  body: Piece,
  { script, style }: HtmlParts,
): Promise<string> => {
  const [scriptHash, styleHash] = await Promise.all(
    [script, style].map(async (text) => (await sha256(new TextEncoder().encode(text))).base64),
  )
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${markupOf(el('title', {}, title))}
<style>${style}</style>
</head>
<body>
${markupOf(body)}
<script>${script}</script>
</body>
</html>
`
}

const turn = ({ answer, at, limits }: Kept, words: HtmlWords, parts: HtmlParts): Piece => {
  const { exported } = words
  const extracts = answer.answered ? answer.extracts : answer.nearest
  const about = [
    at === '' ? '' : exported.asked(localTime(at, exported.lang)),
    limits === '' ? '' : words.filtered(limits),
    exported.generation(answer.index.generation),
    exported.answer(answer.id),
  ]
  return el(
    'article',
    {},
    el('h2', {}, answer.question),
    el('p', { class: 'note' }, about.filter(Boolean).join(' · ')),
    answer.answer === null ? [] : el('p', { class: 'figure' }, answer.answer.text),
    words.remarks(answer).map((remark) => el('p', {}, remark)),
    answer.answered ? [] : [el('p', {}, el('strong', {}, words.refused(answer))), el('p', {}, words.nearest)],
    extracts.map((extract) => figure(extract, answer, words, parts)),
  )
}

const figure = (extract: Extract, answer: Answer, words: HtmlWords, parts: HtmlParts): Piece => {
  const { citation } = extract
  const link = parts.linkTo(extract)
  return el(
    'figure',
    {},
    el('blockquote', { cite: link, 'data-ranges': rangesText(citation.ranges) }, quoted(extract, answer)),
    context(extract, words, parts),
    el(
      'figcaption',
      {},
      `[${extract.n}] ${citationLine(citation, words)} `,
      el('a', { href: link }, link),
      ` ${words.exported.places(rangesText(citation.ranges))} SHA-256 `,
      el('code', { class: 'sha256' }, citation.fileSha256),
    ),
  )
}

const quoted = ({ n, text }: Extract, { answer }: Answer): Piece =>
  answer?.extract === n
    ? [text.slice(0, answer.start), el('mark', {}, answer.text), text.slice(answer.end)]
    : text

/** The paragraph the extract stands in, checked like the extract itself. */
const context = ({ text, citation }: Extract, words: HtmlWords, parts: HtmlParts): Piece => {
  const paragraph = parts.articles.get(citation.articleId)?.paragraphs[citation.paragraph - 1]
  const at = paragraph?.text.indexOf(text) ?? -1
  if (paragraph === undefined || at < 0 || paragraph.text === text) return []
  return [
    el('p', { class: 'note' }, words.exported.context),
    el(
      'p',
      { class: 'context', 'data-ranges': rangesText(paragraph.ranges) },
      paragraph.text.slice(0, at),
      el('b', {}, text),
      paragraph.text.slice(at + text.length),
    ),
  ]
}

const rangesText = (ranges: readonly Range[]): string =>
  ranges.map(([start, end]) => `${start}–${end}`).join(' ')

/** In pieces, because String.fromCharCode takes its units as arguments and the stack is finite. */
const base64 = (bytes: Uint8Array): string => {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return btoa(pieces.join(''))
}
