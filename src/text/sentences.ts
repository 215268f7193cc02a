import { isWhite } from '../core/ranges.ts'

const ENDS = new Set('。！？!?…')
const CLOSERS = new Set('”’」』）)】》〉"\'')
const OPEN: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['「', '」'],
  ['『', '』'],
  ['（', '）'],
  ['《', '》'],
  ['【', '】'],
])
/** A quotation longer than this is cut at its own sentence ends; its mark may also never be closed. Characters. */
const LONGEST_QUOTE = 120
const LATIN_END = /[a-z)]/i

/**
 * Whole sentences of a text as [start, end) pairs that cover it without gaps.
 * A sentence ends at 。！？!?… with the closing marks after it, at a line break, and at a full stop after a Latin word.
 * It does not end inside a short quotation, bracket or title, nor at 3.5. Linear in the length.
 */
export const sentences = (text: string): readonly (readonly [start: number, end: number])[] => {
  const found: [number, number][] = []
  const next = finder(text)
  let start = 0
  let closedAt = 0 // nothing ends before here: inside a short quotation
  for (let at = 0; at < text.length; at++) {
    if (at < closedAt) continue
    const closer = OPEN.get(text.charAt(at))
    if (closer !== undefined) closedAt = closingOf(next, at, closer)
    if (at < closedAt || !endsSentence(text, at)) continue
    const end = skipClosers(text, at + 1)
    found.push([start, end])
    start = end
    at = end - 1
  }
  if (start < text.length) found.push([start, text.length])
  return found
}

/** Finds the next place of a mark at or after an offset; each mark's places are looked up once, in order. */
const finder = (text: string) => {
  const known = new Map<string, number>()
  return (mark: string, from: number): number => {
    const seen = known.get(mark) ?? -1
    if (seen >= from) return seen
    const found = text.indexOf(mark, from)
    const place = found < 0 ? Number.POSITIVE_INFINITY : found
    known.set(mark, place)
    return place
  }
}

/** Offset of the closing mark when it comes soon and before the line ends, else 0. */
const closingOf = (next: ReturnType<typeof finder>, opened: number, closer: string): number => {
  const place = next(closer, opened + 1)
  return place - opened < LONGEST_QUOTE && place < next('\n', opened + 1) ? place : 0
}

const endsSentence = (text: string, at: number): boolean => {
  const character = text.charAt(at)
  if (character === '\n') return true
  if (ENDS.has(character)) return !ENDS.has(text.charAt(at + 1))
  if (isQuotedEnd(text, at)) return true
  if (character !== '.') return false
  const next = text.charCodeAt(at + 1)
  return LATIN_END.test(text.charAt(at - 1)) && (Number.isNaN(next) || isWhite(next))
}

/** ……。” closes both the quotation and the sentence around it: a closing quote straight after an end mark. */
const isQuotedEnd = (text: string, at: number): boolean =>
  at > 0 &&
  '”」』'.includes(text.charAt(at)) &&
  ENDS.has(text.charAt(at - 1)) &&
  !isSpeechGoingOn(text, at + 1)

/** “……。”他说 goes on; “……。”他 would too, but the next sentence then begins with its own subject. */
const isSpeechGoingOn = (text: string, at: number): boolean => {
  const next = text.charAt(at)
  return next === '，' || next === '、' || next === '的' || next === '；'
}

const skipClosers = (text: string, from: number): number => {
  let at = from
  while (at < text.length && (CLOSERS.has(text.charAt(at)) || ENDS.has(text.charAt(at)))) at++
  while (at < text.length && isWhite(text.charCodeAt(at))) at++
  return at
}
