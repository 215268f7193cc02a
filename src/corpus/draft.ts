import type { Range } from '../core/ranges.ts'
import { textOf } from './spans.ts'

/** A line that names something: shown text, and where it stands in the file (nowhere when it is a field). */
export interface Label {
  readonly text: string
  /** In reading order; empty when the text is a field of the format or stands inside a paragraph. */
  readonly ranges: readonly Range[]
}

/** An article as a reader of one format found it, before it gets an id and a place in the corpus. */
export interface Draft {
  readonly title: Label | null
  readonly subtitle: Label | null
  readonly byline: Label | null
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly date: string | null
  readonly source: string | null
  readonly section: string | null
  readonly url: string | null
  /** In reading order. */
  readonly paragraphs: readonly (readonly Range[])[]
}

/** What a reader of one format makes of one file. */
export interface Parsed {
  readonly drafts: readonly Draft[]
  readonly warnings: readonly string[]
}

/** A draft with nothing but what is given. */
export const draft = (given: Partial<Draft>): Draft => ({
  title: null,
  subtitle: null,
  byline: null,
  date: null,
  source: null,
  section: null,
  url: null,
  paragraphs: [],
  ...given,
})

/** A field without a place in the file; null when there is nothing in it. */
export const field = (text: string | null | undefined): Label | null => {
  const shown = (text ?? '').replace(/\s+/g, ' ').trim()
  return shown === '' ? null : { text: shown, ranges: [] }
}

/** Lines of the file as one label, a space between lines; null when they hold nothing. */
export const label = (text: string, ranges: readonly Range[]): Label | null => {
  const lines = ranges.map((range) => textOf(text, [range])).filter((line) => line !== '')
  return lines.length === 0 ? null : { text: lines.join(' '), ranges }
}
