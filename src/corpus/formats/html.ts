import { type Token, Tokenizer, TokenizerMode } from 'parse5'
import { type Range, render } from '../../core/ranges.ts'
import { isoDate } from '../../text/dates.ts'
import { type Draft, draft, field, type Label, type Parsed } from '../draft.ts'
import { merged, tidied } from '../spans.ts'

/** Elements whose text is not part of the writing. Not form: pages of ASP.NET stand in one whole. */
const SKIPPED = new Set(
  'script style nav aside footer template noscript iframe object svg math select button textarea head'.split(
    ' ',
  ),
)
/** Elements that do not part paragraphs; every other tag does, <br> too: line breaks part paragraphs on most pages. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr img td th'.split(
    ' ',
  ),
)
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const RAW: ReadonlyMap<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = new Map([
  ['script', TokenizerMode.SCRIPT_DATA],
  ['style', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
])
/** Entities that stand for white space: left out of the ranges, as white space may be. */
const WHITE_ENTITIES =
  /(?:&(?:nbsp|ensp|emsp|thinsp|#0{0,5}(?:160|12288|819[4-9]|820[0-2])|#x0{0,5}(?:a0|3000|200[0-9a]));?)+/gi
const SPACED = /[!-~À-ɏͰ-ԯ]/

/** What the tags seen so far say about the place we are at. */
interface State {
  readonly text: string
  /** Names of the open elements, and how often each is open: closing one stays cheap at any depth. */
  readonly open: string[]
  readonly depth: Map<string, number>
  readonly paragraphs: Range[][]
  readonly meta: Map<string, string>
  current: Range[]
  heading: Range[] | null
  titleTag: Range[] | null
}

/**
 * Reads an HTML page as one article. Works on the token stream, not on a tree: every character is met once, in file
 * order, so depth costs nothing and no text can be claimed twice.
 */
export const parseHtml = (text: string): Parsed => {
  const state: State = {
    text,
    open: [],
    depth: new Map(),
    paragraphs: [],
    meta: new Map(),
    current: [],
    heading: null,
    titleTag: null,
  }
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag: (tag) => {
        startTag(state, tag)
        const raw = RAW.get(tag.tagName)
        if (raw !== undefined) tokenizer.state = raw
      },
      onEndTag: (tag) => endTag(state, tag.tagName),
      onCharacter: (token) => characters(state, token),
      onWhitespaceCharacter: (token) => characters(state, token),
      onNullCharacter: (token) => characters(state, token),
      onEof: () => flush(state),
      onComment: () => undefined,
      onDoctype: () => undefined,
      onParseError: null,
    },
  )
  tokenizer.write(text, true)
  return { drafts: [draftOf(state)], warnings: [] }
}

const startTag = (state: State, tag: Token.TagToken): void => {
  const name = tag.tagName
  if (name === 'body') state.depth.set('head', 0) // </head> may be left out
  if (name === 'meta') rememberMeta(state, tag.attrs)
  if (name === 'time' && !state.meta.has('time')) state.meta.set('time', attribute(tag.attrs, 'datetime'))
  if (!INLINE.has(name)) flush(state)
  if (name === 'td' || name === 'th') keepApart(state)
  if (VOID.has(name) || tag.selfClosing) return
  state.open.push(name)
  state.depth.set(name, (state.depth.get(name) ?? 0) + 1)
}

const endTag = (state: State, name: string): void => {
  if (!INLINE.has(name)) flush(state)
  if ((state.depth.get(name) ?? 0) === 0) return
  for (let top = state.open.pop(); top !== undefined; top = state.open.pop()) {
    state.depth.set(top, (state.depth.get(top) ?? 1) - 1)
    if (top === name) return
  }
}

/** Two table cells whose figures would run together (12, 34 → 1234) become two paragraphs. */
const keepApart = (state: State): void => {
  const end = state.current.at(-1)?.[1]
  if (end !== undefined && SPACED.test(state.text.charAt(end - 1))) flush(state)
}

const characters = (state: State, token: Token.CharacterToken): void => {
  const location = token.location
  if (location === null || location === undefined) return
  state.current.push([location.startOffset, location.endOffset])
}

/** Ends the paragraph under way and puts it where the open elements say it belongs. */
const flush = (state: State): void => {
  const ranges = written(state.text, state.current)
  state.current = []
  if (ranges.length === 0) return
  const isOpen = (name: string): boolean => (state.depth.get(name) ?? 0) > 0
  if (isOpen('title') && !isOpen('svg')) state.titleTag ??= ranges
  else if ([...SKIPPED].some(isOpen)) return
  else if (isOpen('h1') && state.heading === null) state.heading = ranges
  else state.paragraphs.push(ranges)
}

/**
 * The ranges without white space at their ends. An entity for white space goes, unless it alone keeps two figures or
 * Latin words apart (12&nbsp;34): the text must never read 1234.
 */
const written = (text: string, ranges: readonly Range[]): Range[] => {
  const parts = merged(ranges).flatMap(([start, end]) => {
    const kept: Range[] = []
    let from = start
    for (const match of text.slice(start, end).matchAll(WHITE_ENTITIES)) {
      const at = start + match.index
      const after = at + match[0].length
      if (SPACED.test(text.charAt(at - 1)) && SPACED.test(text.charAt(after)) && at > start) continue
      kept.push([from, at])
      from = after
    }
    return [...kept, [from, end] as const]
  })
  return tidied(text, parts)
}

const rememberMeta = (state: State, attrs: readonly Token.Attribute[]): void => {
  const key = attribute(attrs, 'property') || attribute(attrs, 'name') || attribute(attrs, 'itemprop')
  const content = attribute(attrs, 'content')
  if (key !== '' && content !== '' && !state.meta.has(key.toLowerCase()))
    state.meta.set(key.toLowerCase(), content)
}

const attribute = (attrs: readonly Token.Attribute[], name: string): string =>
  attrs.find((attr) => attr.name === name)?.value ?? ''

const draftOf = (state: State): Draft => {
  const of = (...keys: string[]): string | null =>
    keys.map((key) => state.meta.get(key) ?? '').find((value) => value.trim() !== '') ?? null
  const lines = (ranges: Range[] | null): Label | null =>
    ranges === null ? null : { text: render(state.text, ranges).text, ranges }
  return draft({
    title: lines(state.heading) ?? field(of('og:title')) ?? lines(state.titleTag),
    byline: field(of('author', 'article:author')),
    date: [...DATES].map((key) => isoDate(of(key))).find((date) => date !== null) ?? null,
    source: field(of('source', 'mediaid', 'og:site_name'))?.text ?? null,
    section: field(of('article:section'))?.text ?? null,
    paragraphs: state.paragraphs,
  })
}

const DATES = [
  'article:published_time',
  'pubdate',
  'publishdate',
  'datepublished',
  'date',
  'dc.date',
  'time',
] as const
