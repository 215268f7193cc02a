import { continuation } from './continuation.ts'
import type { Block } from './kinds.ts'
import { isNumbered } from './marks.ts'

/** Lines above or below an article, told apart. */
export interface Heading {
  readonly title: readonly Block[]
  readonly subtitle: readonly Block[]
  readonly byline: readonly Block[]
  /** Lines that are none of these: they open or close the body. */
  readonly rest: readonly Block[]
  /** How well the title lines go together; compares readings of the same lines. */
  readonly score: number
}

const MAX_TITLE_LINES = 3
/** Characters. Headlines on one or several lines; longer ones are decks. */
const LONGEST_TITLE = 38
/** A first line shorter than this says too little to stand by itself: it goes on in the next. */
const KICKER = 8

/** Reads the lines of a headline: which are the title, which the deck below it, which the byline. */
export const readHeading = (lines: readonly Block[], first: string, later: string): Heading => {
  const kindOf = (block: Block) => block.units[0]?.kind
  const byline = lines.filter((line) => kindOf(line) === 'byline')
  const end = lines.findIndex(
    (line) => kindOf(line) === 'standfirst' || kindOf(line) === 'note' || isNumbered(line.text),
  )
  const short = lines.filter((line, index) => kindOf(line) === 'short' && (end < 0 || index < end))
  const rest = lines.filter((line) => !byline.includes(line) && !short.includes(line))
  const most = Math.min(MAX_TITLE_LINES, short.length)
  let best: Heading = { title: [], subtitle: [], byline, rest, score: short.length === 0 ? 0 : -Infinity }
  for (let count = 1; count <= most; count++) {
    const title = short.slice(0, count)
    const subtitle = short.slice(count)
    const score = titleScore(title, first, later) + subtitleScore(title, subtitle, later)
    if (score > best.score) best = { title, subtitle, byline, rest, score }
  }
  return best
}

/** How much each sign counts for a line being part of the title, or of the deck. Found by search; docs/repair.md. */
export const PARSE = {
  tooLong: -0.25,
  kicker: -1.3,
  seam: 0.78,
  seamShift: 3.9,
  afterLong: -1.95,
  titleLater: -2.73,
  titleFirst: 1.47,
  deckMark: 4,
  deckLater: 2,
  deckMarks: 0.24,
  deckShort: -2,
  deckAfterLong: 1.4,
  deckAfterKicker: -1.5,
  deckLine: -2.6,
  deckLonger: 0.35,
}

const titleScore = (lines: readonly Block[], first: string, later: string): number => {
  const whole = lines.map((line) => line.text).join('')
  let score = 0
  if (whole.length > LONGEST_TITLE) score += (whole.length - LONGEST_TITLE) * PARSE.tooLong
  if (whole.length < KICKER) score += PARSE.kicker
  if (whole.length > 5 && first.includes(whole)) score += PARSE.titleFirst
  lines.forEach((line, index) => {
    if (isDeck(line.text)) score -= 10
    const above = lines[index - 1]
    if (!above) return
    const seam = seamOf(above.text, line.text)
    score += Math.max(-1, Math.min(4, seam + PARSE.seamShift)) * PARSE.seam
    if (above.text.length >= 14 && seam < 0) score += PARSE.afterLong
    if (later.includes(line.text) && !first.includes(line.text)) score += PARSE.titleLater
  })
  return score
}

const subtitleScore = (title: readonly Block[], lines: readonly Block[], later: string): number => {
  const above = title.at(-1)?.text ?? ''
  const whole = title.reduce((sum, line) => sum + line.text.length, 0)
  const afterKicker = title.length === 1 && above.length < KICKER
  const place = (above.length >= 12 ? PARSE.deckAfterLong : 0) + (afterKicker ? PARSE.deckAfterKicker : 0)
  return lines.reduce(
    (sum, { text }) => sum + deckScore(text, later) + place + (text.length > whole ? PARSE.deckLonger : 0),
    Math.max(0, lines.length - 1) * PARSE.deckLine,
  )
}

const deckScore = (text: string, later: string): number => {
  let score = isDeck(text) ? PARSE.deckMark : 0
  if (text.length >= 8 && later.includes(text)) score += PARSE.deckLater
  if (/[，0-9]/.test(text)) score += PARSE.deckMarks
  return text.length < 6 ? score + PARSE.deckShort : score
}

/** A deck that shows itself as one: ——大连集聚新动能. */
const isDeck = (text: string): boolean => /^[—–―-]{1,2}/.test(text)

const seamOf = (left: string, right: string): number =>
  continuation().bond(continuation().tail(left), continuation().head(right))
