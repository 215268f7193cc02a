import type { Range } from '../../core/ranges.ts'
import type { Kind, Unit } from './kinds.ts'
import { makeProfiles, type Profile, startsOf } from './likeness.ts'

/** Characters around a seam that are compared. */
const AROUND = 400
/** Characters of a start in which words of the other side are looked for, and length of what counts as one. */
const ECHO = 24
const ECHO_WORDS = 4

/** Compares what stands before one unit with what stands after another. */
export const makeSurroundings = (units: readonly Unit[]) => {
  const texts = units.map((unit) => unit.text)
  const page = texts.join('')
  const profiles = makeProfiles(texts)
  const around = makeAround(units, startsOf(texts))
  const behind: Profile[] = []
  const ahead: Profile[] = []
  const behindOf = (i: number): Profile => {
    behind[i] ??= profiles.of(...around(i, -1, -1))
    return behind[i]
  }
  const aheadOf = (j: number): Profile => {
    ahead[j] ??= profiles.of(...around(j, 1, -1))
    return ahead[j]
  }
  return (i: number, j: number): { likeness: number; echo: number } => {
    const isNear = j < i && j + OVERLAP >= i
    const middle = (i + j + 1) >> 1
    const before = isNear ? profiles.of(...around(i, -1, middle - 1)) : behindOf(i)
    const after = isNear ? profiles.of(...around(j, 1, middle)) : aheadOf(j)
    return {
      likeness: profiles.likeness(before, after),
      echo: j === i + 1 ? 0 : echoOf(page.slice(before.from, before.to), texts[j] ?? ''),
    }
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

/** A unit and the paragraphs before or after it, with the headline above, up to `stop`: where they stand on the page. */
const makeAround =
  (units: readonly Unit[], starts: readonly number[]) =>
  (index: number, step: -1 | 1, stop: number): Range => {
    let size = Math.min(AROUND, units[index]?.text.length ?? 0)
    let lines = 0 // a headline above belongs to what it stands above
    for (let at = index + step; size < AROUND && at !== stop && Math.abs(at - index) <= OVERLAP; at += step) {
      const { kind, text } = units[at] ?? NOTHING
      if (!isAround(kind, step, lines)) break
      if (kind === 'short') lines++
      size += Math.min(AROUND, text.length)
    }
    const [start, end] = [starts[index] ?? 0, starts[index + 1] ?? 0]
    return step < 0 ? [end - size, end] : [start, start + size]
  }

/** Paragraphs, and upwards two lines of a headline but nothing above them. */
const isAround = (kind: Kind, step: -1 | 1, lines: number): boolean =>
  kind === 'body' ? lines === 0 : kind === 'short' && step < 0 && lines < 2

/** What stands beyond the first and the last unit. */
const NOTHING: Pick<Unit, 'kind' | 'text'> = { kind: 'rule', text: '' }
