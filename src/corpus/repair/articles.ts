import { type Range, render, squeeze } from '../../core/ranges.ts'
import { datedBy, isoDate } from '../../text/dates.ts'
import { type Draft, draft, type Label, label } from '../draft.ts'
import type { Stretch } from './divide.ts'
import type { Layout } from './groups.ts'
import type { Block, Furniture, Unit } from './kinds.ts'
import { leadOf, signedBy } from './marks.ts'
import { turnsOf } from './turns.ts'

/**
 * Writes down what was decided: articles in reading order, then captions. Lines without any text are one article.
 * `day` is one the file is known to be of (YYYY-MM-DD); it only tells the year of datelines.
 */
export const articlesOf = (
  text: string,
  units: readonly Unit[],
  layout: Layout,
  stretches: readonly Stretch[],
  day: string | null = null,
): Draft[] => {
  const dates = dateLinesOf(text, units)
  const dateAt = datesOf(dates)
  const known = knownDay(dates) ?? day
  const sectionAt = sectionsOf(text, layout)
  const articles = stretches.map((stretch) => {
    const first = layout.places[stretch.from]?.body.units[0]
    const date = dateAt(first?.start ?? 0)
    const own = ownDate(layout.places[stretch.from]?.body.text ?? '', date ?? known)
    return articleOf(text, layout, stretch, own ?? date, sectionAt(stretch))
  })
  const left = stretches.length > 0 ? [] : layout.below.filter((block) => block.units[0]?.kind !== 'section')
  const lines = draft({ paragraphs: left.map((block) => rangesOf([block])) })
  return [...articles, lines, ...captionsOf(text, units)].filter(
    (article) => article.paragraphs.length > 0 || article.title !== null,
  )
}

const rangesOf = (blocks: readonly Block[]): Range[] => {
  const ranges: Range[] = []
  for (const { units } of blocks) for (const { start, end } of units) ranges.push([start, end])
  return ranges
}

const articleOf = (
  text: string,
  layout: Layout,
  stretch: Stretch,
  date: string | null,
  section: string | null,
): Draft => {
  const { head, tail } = stretch
  const named = head.title.length > 0 ? head : tail
  const other = head.title.length > 0 ? tail : head
  const { body } = layout.places[stretch.from] ?? {}
  const lead = leadOf(body?.text ?? '')
  const [first] = body?.units ?? []
  const signed = first ? signedBy(text.slice(first.start, first.end)) : null
  const isSame = signed !== null && squeeze(signed) === lead?.byline // but for the space between two names
  const name = isSame ? signed : (lead?.byline ?? signed)
  const inText: Label | null = name === null ? null : { text: name, ranges: [] }
  return draft({
    title: label(text, rangesOf(named.title)),
    subtitle: label(text, rangesOf(named.subtitle)),
    byline: label(text, rangesOf([...head.byline, ...tail.byline])) ?? inText,
    source: lead?.source ?? null,
    date,
    section,
    paragraphs: [
      ...bodyOf(layout, stretch).flatMap((block) => paragraphsOf(text, block)),
      ...[...other.title, ...other.subtitle].map((block) => rangesOf([block])),
    ],
  })
}

/** The blocks of an article between its headline and what stands below it. */
const bodyOf = (layout: Layout, { from, to, head, tail }: Stretch): readonly Block[] => {
  const places = layout.places.slice(from, to)
  const inner = places.flatMap(({ above, body }, index) => [...(index === 0 ? [] : above), body])
  return [...head.rest, ...inner, ...tail.rest].filter((block) => block.units[0]?.kind !== 'section')
}

/** One paragraph, or the turns of an interview that was set as one. */
const paragraphsOf = (text: string, block: Block): readonly (readonly Range[])[] => {
  const ranges = rangesOf([block])
  const [only] = ranges
  const turns = only && ranges.length === 1 ? turnsOf(text, only) : null
  return turns === null ? [ranges] : turns.map((turn) => [turn])
}

/** A line that gives a day, and where it begins. */
interface DateLine {
  readonly start: number
  readonly date: string | null
}

const dateLinesOf = (text: string, units: readonly Unit[]): readonly DateLine[] =>
  units
    .filter((unit) => unit.kind === 'date')
    .map(({ start, end }) => ({ start, date: isoDate(text.slice(start, end)) }))

/**
 * The date of the article at an offset. A date line above all text dates the whole page; one further down dates what
 * follows it.
 */
const datesOf = (dates: readonly DateLine[]): ((offset: number) => string | null) => {
  return (offset) => dates.findLast(({ start }) => start <= offset)?.date ?? null
}

/** A day that says the year of the whole window: its date lines agree on the year. */
const knownDay = (dates: readonly DateLine[]): string | null => {
  const years = new Set(dates.map(({ date }) => date?.slice(0, 4)))
  return years.size === 1 ? (dates[0]?.date ?? null) : null
}

/** The day a dateline gives, its year told by a day that is known. */
const ownDate = (body: string, known: string | null): string | null => {
  const lead = leadOf(body)
  return lead?.month && lead.day ? datedBy(lead.month, lead.day, known) : null
}

/** Characters. An article under the head of a column of briefs is not longer than this. */
const BRIEF = 800

/** The head of the column a stretch stands under: it holds for the briefs that follow it. */
const sectionsOf = (text: string, layout: Layout): ((stretch: Stretch) => string | null) => {
  let section: string | null = null
  return (stretch) => {
    const line = layout.places[stretch.from]?.above.find((block) => block.units[0]?.kind === 'section')
    const [unit] = line?.units ?? []
    const size = layout.places
      .slice(stretch.from, stretch.to)
      .reduce((sum, place) => sum + place.body.text.length, 0)
    if (unit) section = text.slice(unit.start, unit.end).replace(/\s*[A-Z]+$/, '')
    else if (size > BRIEF || stretch.head.subtitle.length > 0 || stretch.tail.subtitle.length > 0)
      section = null
    return section
  }
}

/** A caption with its credit is an article of its own: it belongs to a picture, not to the text around it. */
const captionsOf = (text: string, units: readonly Unit[]): readonly Draft[] =>
  units.flatMap((unit, index) => {
    const range: Range = [unit.start, unit.end]
    if (unit.kind === 'credit')
      return units[index - 1]?.kind === 'caption' ? [] : [draft({ paragraphs: [[range]] })]
    if (unit.kind !== 'caption') return []
    const credit = units[index + 1]
    const place: Range | null = credit?.kind === 'credit' ? [credit.start, credit.end] : null
    const byline = place === null ? null : { text: render(text, [place]).text, ranges: [place] }
    return [draft({ byline, paragraphs: [[range]] })]
  })

/** What stands in the file and belongs to no article. */
export const furnitureOf = (units: readonly Unit[]): readonly Furniture[] =>
  units.flatMap(({ kind, start, end }) =>
    kind === 'section' || kind === 'date' || kind === 'copy' || kind === 'rule'
      ? [{ kind, range: [start, end] as const }]
      : [],
  )
