import { simplifyCharacter } from './simplify.ts'

/** A text as it is searched, with the way back. */
export interface Folded {
  readonly text: string
  /** `offsets[i]` is the UTF-16 offset in the source that `text[i]` came from; one more entry for the end. */
  readonly offsets: Uint32Array
}

/** Characters for which NFKC, lower case and simplification change nothing: plain Han is not among them. */
const isPlain = (unit: number): boolean => unit < 0x80 && !(unit >= 0x41 && unit <= 0x5a)

/**
 * Width, case and script made equal: NFKC, lower case, traditional → simplified, character by character.
 * Works on a copy; what is shown is never folded. Ａ１％ → a1%, 營 → 营, ℃ → °c.
 */
export const fold = (text: string): Folded => {
  const parts: string[] = []
  const offsets: number[] = []
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    const character = isPlain(unit) ? text.charAt(at) : String.fromCodePoint(text.codePointAt(at) ?? 0)
    const folded = isPlain(unit) ? character : foldCharacter(character)
    for (let i = 0; i < folded.length; i++) offsets.push(at)
    parts.push(folded)
    at += character.length
  }
  offsets.push(text.length)
  return { text: parts.join(''), offsets: Uint32Array.from(offsets) }
}

/** The folded text alone. */
export const folded = (text: string): string => fold(text).text

const seen = new Map<string, string>()

const foldCharacter = (character: string): string => {
  const cached = seen.get(character)
  if (cached !== undefined) return cached
  const normal = character.normalize('NFKC').toLowerCase()
  const result = normal.length === character.length ? simplifyCharacter(normal) : normal
  seen.set(character, result)
  return result
}
