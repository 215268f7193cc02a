import { isoDate } from './dates.ts'
import {
  isByline,
  isCaption,
  isClosed,
  isCredit,
  isHeadlineShaped,
  isRule,
  isSection,
  isSourceNote,
  isStandfirst,
  leadOf,
  mayClose,
} from './repair-marks.ts'
import type { Piece } from './repair-pieces.ts'

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
const isPartOfHeadline = (units: readonly Unit[], index: number): boolean => {
  const isLine = (unit: Unit | undefined): unit is Unit =>
    unit !== undefined &&
    unit.lines === 1 &&
    unit.text.length <= 34 &&
    !/[，、]$/.test(unit.text) &&
    !isClosed(unit.text) &&
    !isReport(unit.text) &&
    (unit.kind === 'short' || unit.kind === 'body')
  for (const count of [2, 3]) {
    for (let from = Math.max(0, index - count + 1); from <= index; from++) {
      const lines = units.slice(from, from + count)
      if (lines.length < count || !lines.every(isLine)) continue
      if (isHeadlineShaped(lines.map((line) => line.text).join(''))) return true
    }
  }
  return false
}

const kindOf = (spaced: string, piece: Piece): Kind => {
  const { text } = piece
  if (text.length > 120 || piece.lines > 4) return 'body'
  if (isRule(text)) return 'rule'
  if (isoDate(spaced) !== null) return 'date'
  if (isCredit(text)) return 'credit'
  if (isByline(text)) return 'byline'
  if (isCaption(spaced)) return 'caption'
  if (isStandfirst(text)) return 'standfirst'
  if (isSourceNote(text)) return 'note'
  if (isSection(spaced)) return 'section'
  if (SPEAKER.test(text)) return 'body'
  if (piece.lines > 1 || (isClosed(text) && !/[！？…!?]$/.test(text)) || mayClose(text)) return 'body'
  return isHeadlineShaped(text) && !isReport(text) && (text.match(/，/g) ?? []).length < 2 ? 'short' : 'body'
}

/** Someone is quoted or asked: a turn of an interview. */
const SPEAKER = /^(?:记者|问|答|主持人)[：:]/

/** 本报讯 and the like; a column's name in 【】 opens headlines too. */
const isReport = (text: string): boolean => leadOf(text) !== null && !/^[【[]/.test(text)
