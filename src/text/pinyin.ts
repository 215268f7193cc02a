/** The ways a character is read: without tones, ü written v (长 → chang, zhang). A Latin letter reads as itself. */
export type Readings = (character: string) => readonly string[]

/** Letters that were typed, lower case, and the places between them that no syllable goes across (xi'an: 2). */
export interface Typed {
  readonly letters: string
  readonly breaks: readonly number[]
}

/** How the letters fit a text from its first character on. */
export interface Fit {
  /** Characters of the text that are said by the letters. */
  readonly said: number
  /** How much of them was left out: 1 for each that is given by its initial alone, .5 for a last one not yet finished. */
  readonly left: number
  /** The letters stand for all of the text. */
  readonly complete: boolean
}

/** Places in the letters that can be reached, each with the least that was left out on the way. */
export type Reached = ReadonlyMap<number, number>

/** pinyin-pro (MIT), with every reading of a character. Takes a tenth of a second and 16 MB: only when it is needed. */
export const openReadings = async (): Promise<Readings> => {
  const { polyphonic } = await import('pinyin-pro')
  const known = new Map<string, readonly string[]>()
  return (character) => {
    const seen = known.get(character)
    if (seen !== undefined) return seen
    const [readings = []] = polyphonic(character, {
      type: 'array',
      toneType: 'none',
      v: true,
      nonZh: 'removed',
    })
    const found = /^[a-z]$/i.test(character) ? [character.toLowerCase()] : readings.filter(isSpelt)
    known.set(character, found)
    return found
  }
}

/** ê and ḿ are on no keyboard. */
const isSpelt = (reading: string): boolean => /^[a-z]+$/.test(reading)

/** Whether the letters, all of them, sound like the beginning of the text; null when they do not. */
export const fitOf = (text: string, typed: Typed, readings: Readings): Fit | null => {
  let reached: Reached = new Map([[0, 0]])
  let at = 0
  let said = 0
  for (const character of text) {
    at += character.length
    if (UNSAID.test(character)) continue
    said++
    reached = readOn(reached, character, typed, readings)
    const left = reached.get(typed.letters.length)
    if (left !== undefined) return { said, left, complete: at === text.length }
    if (reached.size === 0) return null
  }
  return null
}

/** Signs that are written and not said. */
const UNSAID = /^[\p{P}\p{S}\p{Z}]$/u

const INITIAL = 1
/** What is left out of a last syllable that is not yet finished. */
export const UNFINISHED = 0.5

/** One character further. The last one may be unfinished. */
export const readOn = (from: Reached, character: string, typed: Typed, readings: Readings): Reached => {
  const to = new Map<number, number>()
  for (const [at, before] of from) {
    const rest = typed.letters.length - at
    if (rest === 0) continue
    const reach = (part: string, left: number): void => {
      if (!isAt(part, typed, at)) return
      const known = to.get(at + part.length) ?? Number.POSITIVE_INFINITY
      to.set(at + part.length, Math.min(known, before + left))
    }
    for (const reading of readings(character)) {
      if (reading.charAt(0) !== typed.letters.charAt(at)) continue
      if (rest < reading.length) reach(reading.slice(0, rest), UNFINISHED)
      else reach(reading, 0)
      for (const initial of initialsOf(reading)) reach(initial, INITIAL)
    }
  }
  return to
}

/** zh, ch and sh may be typed as z, c and s. */
const initialsOf = (reading: string): readonly string[] =>
  reading.charAt(1) === 'h' ? [reading.charAt(0), reading.slice(0, 2)] : [reading.charAt(0)]

const isAt = (part: string, { letters, breaks }: Typed, at: number): boolean =>
  letters.startsWith(part, at) && !breaks.some((place) => at < place && place < at + part.length)
