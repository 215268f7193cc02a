import { type Range, render } from '../core/ranges.ts'
import { isoDate } from './dates.ts'
import { type Draft, draft, type Label, label } from './draft.ts'
import { copiesOf } from './repair-copies.ts'
import { divide, type Stretch } from './repair-divide.ts'
import { type Layout, layoutOf } from './repair-groups.ts'
import { type Block, joinUnits } from './repair-joins.ts'
import { type Unit, unitsOf } from './repair-kinds.ts'
import { linesOf } from './repair-lines.ts'
import { leadOf } from './repair-marks.ts'
import { piecesOf } from './repair-pieces.ts'

/** Text of a file that belongs to no article: page heads, rules, left-over copies. */
export interface Furniture {
  readonly kind: 'section' | 'date' | 'copy' | 'rule'
  readonly range: Range
}

/** One thing that was decided, for a person who asks why. */
export interface Decision {
  readonly what: 'piece' | 'join' | 'headline' | 'furniture' | 'article'
  readonly range: Range
  readonly why: string
}

/** What the repair makes of one file. */
export interface RepairedFile {
  readonly articles: readonly Draft[]
  readonly furniture: readonly Furniture[]
  readonly warnings: readonly string[]
  readonly decisions: readonly Decision[]
}

/** Turns the text of a rough file into articles: ranges of it in reading order, each character in one place. */
export const repair = (text: string): RepairedFile => {
  const units = unitsIn(text)
  const { blocks, joins } = joinUnits(flowOf(units))
  const layout = layoutOf(blocks)
  const { stretches, style } = divide(layout)
  return {
    articles: articlesOf(text, units, layout, stretches),
    furniture: furnitureOf(units),
    warnings: [],
    decisions: [
      ...units.map((unit) => ({
        what: 'piece' as const,
        range: [unit.start, unit.end] as const,
        why: `${unit.kind} lines=${unit.lines} head=${unit.head} tail=${unit.tail}`,
      })),
      ...joins.map(({ left, right, score }) => ({
        what: 'join' as const,
        range: [left.end, right.start] as const,
        why: `score ${score.toFixed(1)}`,
      })),
      ...stretches.map((s) => ({
        what: 'article' as const,
        range: rangeOf(layout.places[s.from]?.body),
        why: `${style}; places ${s.from}-${s.to}`,
      })),
    ],
  }
}

export const articlesOf = (
  text: string,
  units: readonly Unit[],
  layout: Layout,
  stretches: readonly Stretch[],
): readonly Draft[] => {
  const date = dateOf(units)
  const articles = stretches.map((stretch) => articleOf(text, layout, stretch, date))
  return [...articles, ...captionsOf(text, units)].filter((a) => a.paragraphs.length > 0 || a.title !== null)
}

/** Lines → pieces → units of known kind. */
export const unitsIn = (text: string): readonly Unit[] =>
  copiesOf(unitsOf(text, piecesOf(text, linesOf(text, [0, text.length]))))

/** Units that articles are made of: captions and furniture stand between them but are no part of them. */
export const flowOf = (units: readonly Unit[]): readonly Unit[] =>
  units.filter((unit) => !ASIDE.has(unit.kind))

const ASIDE: ReadonlySet<string> = new Set(['caption', 'credit', 'copy', 'rule', 'date'])

const rangeOf = (block: Block | undefined): Range => [block?.units[0]?.start ?? 0, block?.units[0]?.end ?? 0]

const rangesOf = (blocks: readonly Block[]): Range[] =>
  blocks.flatMap((block) => block.units.map((unit) => [unit.start, unit.end] as const))

const articleOf = (text: string, layout: Layout, stretch: Stretch, date: string | null): Draft => {
  const { head, tail } = stretch
  const body: Block[] = [...head.rest]
  for (let at = stretch.from; at < stretch.to; at++) {
    const place = layout.places[at]
    if (!place) continue
    if (at > stretch.from) body.push(...place.above)
    body.push(place.body)
  }
  body.push(...tail.rest)
  const title = head.title.length > 0 ? head.title : tail.title
  const lead = leadOf(layout.places[stretch.from]?.body.text ?? '')
  const bylines = [...head.byline, ...tail.byline]
  return draft({
    title: label(text, rangesOf(title)),
    subtitle: label(text, rangesOf(head.title.length > 0 ? head.subtitle : tail.subtitle)),
    byline:
      bylines.length > 0
        ? label(text, rangesOf(bylines))
        : lead?.byline
          ? { text: lead.byline, ranges: [] }
          : null,
    source: lead?.source ?? null,
    date,
    paragraphs: [
      ...body.filter((block) => block.units[0]?.kind !== 'section').map((block) => rangesOf([block])),
      ...(head.title.length > 0 ? [...tail.title, ...tail.subtitle].map((block) => rangesOf([block])) : []),
    ],
  })
}

const dateOf = (units: readonly Unit[]): string | null => {
  const unit = units.find((one) => one.kind === 'date')
  return unit ? isoDate(unit.text.replace(/(\d{4}-\d{2}-\d{2}).*/, '$1')) : null
}

const captionsOf = (text: string, units: readonly Unit[]): readonly Draft[] =>
  units.flatMap((unit, index) => {
    if (unit.kind === 'credit' && units[index - 1]?.kind !== 'caption')
      return [draft({ paragraphs: [[[unit.start, unit.end]]] })]
    if (unit.kind !== 'caption') return []
    const credit = units[index + 1]
    const byline: Label | null =
      credit?.kind === 'credit'
        ? { text: render(text, [[credit.start, credit.end]]).text, ranges: [[credit.start, credit.end]] }
        : null
    return [draft({ byline, paragraphs: [[[unit.start, unit.end]]] })]
  })

const furnitureOf = (units: readonly Unit[]): readonly Furniture[] =>
  units.flatMap(({ kind, start, end }) =>
    kind === 'section' || kind === 'date' || kind === 'copy' || kind === 'rule'
      ? [{ kind, range: [start, end] as const }]
      : [],
  )
