import type { Range } from '../../core/ranges.ts'
import type { Draft } from '../draft.ts'
import { articlesOf, furnitureOf } from './articles.ts'
import { copiesOf } from './copies.ts'
import { divide, type Stretch } from './divide.ts'
import { type Layout, layoutOf } from './groups.ts'
import { joinUnits } from './joins.ts'
import { type Furniture, type Unit, unitsOf } from './kinds.ts'
import { linesOf } from './lines.ts'
import { piecesOf } from './pieces.ts'
import { windowsOf } from './windows.ts'

/** One thing that was decided and why, for a person who asks. */
export interface Decision {
  readonly what: 'piece' | 'join' | 'article'
  readonly range: Range
  readonly why: string
}

/** What the repair makes of one file. */
export interface RepairedFile {
  readonly articles: readonly Draft[]
  readonly furniture: readonly Furniture[]
  readonly warnings: readonly string[]
}

/**
 * Turns the text of a rough file into articles: ranges of it in reading order. Every character that is not white
 * space is in one part of one article or in furniture. `note` is told what was decided; `day` (YYYY-MM-DD) is one the
 * file is known to be of.
 */
export const repair = (
  text: string,
  note?: (decision: Decision) => void,
  day: string | null = null,
): RepairedFile => {
  const articles: Draft[] = []
  const furniture: Furniture[] = []
  const warnings: string[] = []
  for (const window of windowsOf(text)) {
    const units = unitsIn(text, window)
    const { blocks, joins } = joinUnits(flowOf(units))
    const layout = layoutOf(blocks)
    const { stretches, style } = divide(layout)
    const found = articlesOf(text, units, layout, stretches, day)
    const last = articles.at(-1)
    const [first] = found
    if (last && first && goesOn(first, stretches[0], layout)) {
      articles[articles.length - 1] = { ...last, paragraphs: [...last.paragraphs, ...first.paragraphs] }
      found.shift()
    }
    articles.push(...found)
    furniture.push(...furnitureOf(units))
    if (stretches.length === 0 && layout.below.length > 0)
      warnings.push(`characters ${window[0]}-${window[1]} hold lines but no sentences; read as they stand`)
    if (note) tell(note, units, joins, stretches, layout, style)
  }
  return { articles, furniture, warnings }
}

/** Lines → pieces → units of known kind. */
export const unitsIn = (text: string, window: Range = [0, text.length]): readonly Unit[] =>
  copiesOf(unitsOf(text, piecesOf(text, linesOf(text, window))))

/** Units that articles are made of: captions and furniture stand between them but are no part of them. */
export const flowOf = (units: readonly Unit[]): readonly Unit[] =>
  units.filter((unit) => !ASIDE.has(unit.kind))

const ASIDE: ReadonlySet<string> = new Set(['caption', 'credit', 'copy', 'rule', 'date'])

/** A window that opens without a headline goes on with the article of the window before. */
const goesOn = (first: Draft, stretch: Stretch | undefined, layout: Layout): boolean =>
  first.title === null &&
  first.byline === null &&
  stretch !== undefined &&
  layout.places[0]?.above.length === 0

const tell = (
  note: (decision: Decision) => void,
  units: readonly Unit[],
  joins: readonly { readonly left: Unit; readonly right: Unit; readonly score: number }[],
  stretches: readonly Stretch[],
  layout: Layout,
  style: string,
): void => {
  for (const { start, end, kind, lines, wrapped, head, tail } of units)
    note({
      what: 'piece',
      range: [start, end],
      why: `${kind}, ${lines} line(s)${wrapped ? ` of a column, first ${head}, last ${tail}` : ''}`,
    })
  for (const { left, right, score } of joins)
    note({ what: 'join', range: [left.end, right.start], why: `log odds ${score.toFixed(1)}` })
  for (const { from, to, head, tail } of stretches) {
    const unit = layout.places[from]?.body.units[0]
    const title = head.title.length > 0 ? 'above' : tail.title.length > 0 ? 'below' : 'none'
    if (unit)
      note({
        what: 'article',
        range: [unit.start, unit.end],
        why: `${to - from} paragraph(s), headline ${title}; on this page headlines stand ${style} their text`,
      })
  }
}
