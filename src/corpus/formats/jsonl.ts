import { z } from 'zod'
import { isoDate } from '../../text/dates.ts'
import { type Draft, draft, field } from '../draft.ts'
import { lineRanges } from '../spans.ts'

const TEXT = 'has to be text'
const NAME = 'has to be text or a number'
const Text = z.string(TEXT).nullish()
const Name = z.union([z.string(), z.number()], NAME).nullish()

/** One line of a .jsonl. Fields we do not know are passed over. */
const Fields = {
  id: Name,
  _id: Name,
  title: Text,
  date: z.union([z.string(), z.number()], NAME).nullish(),
  source: Text,
  byline: Text,
  url: Text,
  text: z.string({ error: ({ input }) => (input === undefined ? 'is missing' : TEXT) }),
}
const Line = z.object(Fields, 'not a JSON object')

/** A line as a file of its own, or what is wrong with it. */
export type ParsedLine =
  | {
      readonly kind: 'line'
      readonly id: string | null
      readonly text: string
      readonly draft: Draft
      /** What was passed over. */
      readonly warning: string | null
    }
  | { readonly kind: 'bad'; readonly reason: string }

/** Reads one line. Ranges count in its `text`, whose line breaks part paragraphs. */
export const parseLine = (json: string): ParsedLine => {
  const parsed = Line.safeParse(jsonOf(json))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    return { kind: 'bad', reason: [where, issue?.message ?? 'not valid'].filter(Boolean).join(': ') }
  }
  const line = parsed.data
  const text = wellFormed(line.text)
  const id = line.id ?? line._id
  const given = line.date === null || line.date === undefined ? '' : String(line.date).trim()
  const date = isoDate(given)
  return {
    kind: 'line',
    warning:
      given === '' || date !== null
        ? null
        : `has a date that is none (${JSON.stringify(given.slice(0, 40))})`,
    id: id === null || id === undefined || id === '' ? null : wellFormed(String(id)),
    text,
    draft: draft({
      title: field(wellFormed(line.title ?? '')),
      byline: field(wellFormed(line.byline ?? '')),
      source: field(wellFormed(line.source ?? ''))?.text ?? null,
      date,
      url: webAddress(line.url),
      paragraphs: lineRanges(text).map((range) => [range]),
    }),
  }
}

/** `undefined` is no object, so that a line that is no JSON fails the schema like any other bad line. */
const jsonOf = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** JSON may hold halves of surrogate pairs (\ud800); a file cannot. */
const wellFormed = (text: string): string =>
  /\p{Surrogate}/u.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text

const webAddress = (url: string | null | undefined): string | null => {
  const given = (url ?? '').trim()
  return /^https?:\/\//i.test(given) && URL.canParse(given) ? given : null
}
