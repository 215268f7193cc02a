import type { Range } from '../../core/ranges.ts'
import {
  isByline,
  isCaption,
  isClosed,
  isCredit,
  isDateLine,
  isHeadlineShaped,
  isRule,
  isSection,
  isSourceNote,
  isStandfirst,
  leadOf,
  mayClose,
} from './marks.ts'
import type { Piece } from './pieces.ts'

/** What a piece is, as far as it can be told by itself. */
export type Kind =
  | 'body'
  | 'short' // shaped like a headline: one, a heading, or a short fragment of a sentence
  | 'byline'
  | 'caption'
  | 'credit'
  | 'section'
  | 'standfirst'
  | 'note'
  | 'date'
  | 'rule'
  | 'copy'

/** A piece and its kind. */
export interface Unit extends Piece {
  readonly kind: Kind
}

/** Longest text of a caption whose credit stands on the next line. Characters. */
const CAPTION = 60

/** Tells the kind of every piece; a sentence straight above a credit is its caption. */
export const unitsOf = (text: string, pieces: readonly Piece[]): readonly Unit[] => {
  const units = pieces.map((piece) => ({ ...piece, kind: kindOf(text.slice(piece.start, piece.end), piece) }))
  return units.map((unit, index) => {
    if (isCaptionOf(unit, units[index + 1])) return { ...unit, kind: 'caption' }
    return unit.kind === 'body' && isPartOfHeadline(units, index) ? { ...unit, kind: 'short' } : unit
  })
}

const isCaptionOf = (unit: Unit, below: Unit | undefined): boolean =>
  below?.kind === 'credit' &&
  unit.text.length <= CAPTION &&
  unit.lines <= 3 &&
  leadOf(unit.text) === null &&
  (unit.kind === 'short' || (unit.kind === 'body' && isClosed(unit.text)))

/** A headline on two or three lines may be cut inside a quotation or after a colon: only its whole has the shape. */
const isPartOfHeadline = (units: readonly Unit[], index: number): boolean =>
  isLine(units[index]) &&
  [2, 3].some((count) => {
    for (let from = Math.max(0, index - count + 1); from <= index; from++) {
      const lines = units.slice(from, from + count)
      const whole = lines.map((line) => line.text).join('')
      if (lines.length === count && lines.every(isLine) && isHeadlineShaped(whole)) return true
    }
    return false
  })

/** A line that may be one of several of a headline. */
const isLine = (unit: Unit | undefined): boolean =>
  unit !== undefined &&
  (unit.kind === 'short' || unit.kind === 'body') &&
  unit.lines === 1 &&
  unit.text.length <= 34 &&
  !/[，、]$/.test(unit.text) &&
  !isClosed(unit.text) &&
  !isReport(unit.text)

const kindOf = (spaced: string, piece: Piece): Kind => {
  const { text } = piece
  if (text.length > LONGEST_LINE || piece.lines > 4) return 'body'
  const known = FORMS.find(([, has]) => has(text, spaced))
  return known?.[0] ?? (isHeadline(piece) ? 'short' : 'body')
}

/** Characters. What is longer is a paragraph, whatever form its beginning or end has. */
const LONGEST_LINE = 120

/** Kinds that show themselves by their form, in the order they are tried. White space: removed, and as printed. */
const FORMS: readonly (readonly [Kind, (text: string, spaced: string) => boolean])[] = [
  ['rule', isRule],
  ['date', isDateLine],
  ['credit', isCredit],
  ['byline', isByline],
  ['caption', (_, spaced) => isCaption(spaced)],
  ['standfirst', isStandfirst],
  ['note', isSourceNote],
  ['section', (_, spaced) => isSection(spaced)],
]

const isHeadline = ({ text, lines }: Piece): boolean => {
  if (lines > 1 || SPEAKER.test(text) || isReport(text) || mayClose(text)) return false
  if (isClosed(text) && !/[！？…!?]$/.test(text)) return false
  return isHeadlineShaped(text) && (text.match(/，/g) ?? []).length < 2
}

/** Someone is quoted or asked: a turn of an interview. */
const SPEAKER = /^(?:记者|问|答|主持人)[：:]/

/** 本报讯 and the like; a column's name in 【】 opens headlines too. */
const isReport = (text: string): boolean => leadOf(text) !== null && !/^[【[]/.test(text)

/** Units in reading order that make one paragraph, or one that stands by itself. */
export interface Block {
  readonly units: readonly Unit[]
  /** The paragraph without white space. */
  readonly text: string
}

/** Text of a file that belongs to no article: heads of columns, date lines, left-over copies, rules. */
export interface Furniture {
  readonly kind: 'section' | 'date' | 'copy' | 'rule'
  readonly range: Range
}
