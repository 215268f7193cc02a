import type { Unit } from './repair-kinds.ts'
import { likeness, makeProfiles, type Profile } from './repair-likeness.ts'

/** Characters around a seam that are compared. */
const AROUND = 400
/** Characters of a start in which words of the other side are looked for, and length of what counts as one. */
const ECHO = 24
const ECHO_WORDS = 4

/** Compares what stands before one unit with what stands after another. */
export const makeSurroundings = (units: readonly Unit[]) => {
  const profileOf = makeProfiles(units.map((unit) => unit.text))
  const behind: { text: string; profile: Profile }[] = []
  const ahead: Profile[] = []
  const described = (text: string): { text: string; profile: Profile } => ({ text, profile: profileOf(text) })
  const behindOf = (i: number) => {
    behind[i] ??= described(around(units, i, -1, -1))
    return behind[i]
  }
  const aheadOf = (j: number): Profile => {
    ahead[j] ??= profileOf(around(units, j, 1, -1))
    return ahead[j]
  }
  return (i: number, j: number): { likeness: number; echo: number } => {
    const isNear = j < i && j + OVERLAP >= i
    const middle = (i + j + 1) >> 1
    const before = isNear ? described(around(units, i, -1, middle - 1)) : behindOf(i)
    const after = isNear ? profileOf(around(units, j, 1, middle)) : aheadOf(j)
    const start = units[j]?.text ?? ''
    return { likeness: likeness(before.profile, after), echo: j === i + 1 ? 0 : echoOf(before.text, start) }
  }
}

/** Units within which what stands before one and after another may be the same text. */
const OVERLAP = 12

/** 1 when words a piece begins with stand in the text before the seam. */
const echoOf = (before: string, start: string): number => {
  for (let at = 0; at + ECHO_WORDS <= Math.min(ECHO, start.length); at++) {
    const words = start.slice(at, at + ECHO_WORDS)
    if (before.includes(words) && /^[\u4e00-\u9fff]+$/.test(words)) return 1
  }
  return 0
}

/** Text of a unit and of the paragraphs before or after it, with the headline above, up to `stop`. */
const around = (units: readonly Unit[], index: number, step: -1 | 1, stop: number): string => {
  let text = ''
  let lines = 0 // a headline above belongs to what it stands above
  for (let at = index; text.length < AROUND && at !== stop && Math.abs(at - index) <= OVERLAP; at += step) {
    const unit = units[at]
    if (!unit || (at !== index && !isAround(unit, step, lines))) break
    if (at !== index && unit.kind === 'short') lines++
    text = step < 0 ? unit.text.slice(-AROUND) + text : text + unit.text.slice(0, AROUND)
  }
  return text
}

/** Paragraphs, and upwards two lines of a headline but nothing above them. */
const isAround = (unit: Unit, step: -1 | 1, lines: number): boolean =>
  unit.kind === 'body' ? lines === 0 : unit.kind === 'short' && step < 0 && lines < 2
