import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Span } from '../spans.ts'

/** Kinds of highlight, drawn over one another in this order (styles/source.css). */
export type Kind = 'other' | 'quote' | 'answer'

export type Spans = Readonly<Partial<Record<Kind, readonly Span[]>>>

const KINDS: readonly Kind[] = ['other', 'quote', 'answer']

/** The CSS Custom Highlight API leaves the text one node, so selecting and copying it stay what they are. */
const supported = (): boolean => typeof Highlight === 'function' && CSS.highlights !== undefined

interface Props {
  readonly text: string
  readonly spans: Spans
}

/** A text with parts of it highlighted; with <mark> where the browser lacks the API. */
export const Highlighted = ({ text, spans }: Props): JSX.Element => {
  const ref = useRef<HTMLSpanElement>(null)
  const start = spans.quote?.[0]?.[0]
  useLayoutEffect(() => {
    const node = ref.current?.firstChild
    if (!supported() || !(node instanceof Text)) return
    const added = KINDS.flatMap((kind) =>
      (spans[kind] ?? []).map((span) => [registry(kind), rangeOf(node, span)] as const),
    )
    for (const [highlight, range] of added) highlight.add(range)
    return () => {
      for (const [highlight, range] of added) highlight.delete(range)
    }
  }, [text, spans])
  return (
    <span ref={ref} data-quote={start}>
      {supported() ? text : marked(text, spans)}
    </span>
  )
}

const registry = (kind: Kind): Highlight => {
  const known = CSS.highlights.get(kind)
  if (known) return known
  const made = new Highlight()
  made.priority = KINDS.indexOf(kind)
  CSS.highlights.set(kind, made)
  return made
}

const rangeOf = (node: Text, [from, to]: Span): Range => {
  const range = document.createRange()
  range.setStart(node, from)
  range.setEnd(node, to)
  return range
}

/** The text cut at every edge of a span, each piece marked with the topmost kind that covers it. */
const marked = (text: string, spans: Spans): readonly (JSX.Element | string)[] => {
  const edges = new Set([0, text.length, ...Object.values(spans).flatMap((list) => list.flat())])
  const cuts = [...edges].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1] ?? text.length
    const kind = KINDS.findLast((each) => spans[each]?.some((span) => span[0] <= from && to <= span[1]))
    const piece = text.slice(from, to)
    return kind === undefined ? (
      piece
    ) : (
      <mark key={from} class={kind}>
        {piece}
      </mark>
    )
  })
}

/** Where the first highlighted quotation below `within` is on the screen; null when there is none. */
export const firstQuote = (within: Element): DOMRect | null => {
  const place = within.querySelector<HTMLElement>('[data-quote]')
  if (place === null) return null
  const mark = place.querySelector('mark.quote')
  if (mark) return mark.getBoundingClientRect()
  const node = place.firstChild
  const from = Number(place.getAttribute('data-quote'))
  if (!(node instanceof Text)) return place.getBoundingClientRect()
  return rangeOf(node, [from, Math.min(from + 1, node.length)]).getBoundingClientRect()
}
