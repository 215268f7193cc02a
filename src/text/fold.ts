import { simplifyCharacter } from './simplify.ts'

/** A text as it is searched, with the way back. */
export interface Folded {
  readonly text: string
  /** `offsets[i]` is the UTF-16 offset in the source that `text[i]` came from; one more entry for the end. */
  readonly offsets: Uint32Array
}

/**
 * Width, case and script made equal: NFKC, lower case, traditional → simplified, character by character.
 * Works on a copy; what is shown is never folded. Ａ１％ → a1%, 營 → 营, ℃ → °c.
 */
export const fold = (text: string): Folded => {
  let plain = ''
  const offsets: number[] = []
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    const known = FOLDED[unit]
    const character = known === undefined ? String.fromCodePoint(text.codePointAt(at) ?? 0) : ''
    const folded = known ?? foldCharacter(character, unit)
    for (let i = 0; i < folded.length; i++) offsets.push(at)
    plain += folded
    at += Math.max(1, character.length)
  }
  offsets.push(text.length)
  return { text: plain, offsets: Uint32Array.from(offsets) }
}

/** The folded text alone. */
export const folded = (text: string): string => fold(text).text

/** By code unit, those met so far that are a character by themselves: this runs for each sentence that is looked at. */
const FOLDED: (string | undefined)[] = new Array(0x10000)

const foldCharacter = (character: string, unit: number): string => {
  const normal = character.normalize('NFKC').toLowerCase()
  const folded = normal.length === character.length ? simplifyCharacter(normal) : normal
  if (character.length === 1) FOLDED[unit] = folded
  return folded
}
