import type { Words } from '../../core/ports.ts'
import { type Reached, readOn, type Typed, UNFINISHED } from '../../text/pinyin.ts'
import { pairsIn } from '../../text/words.ts'
import type { Entry, Sounds } from '../question/sounds.ts'

/** Words of a phrase. */
const WORDS = 5
/** Beginnings of so many words that are gone on with, and words that are looked at for all of them: some 5 ms. */
const TRIED = 24
const LOOKED_AT = 2_000

/** Words one after the other, and the places in the letters that their syllables reach. */
interface Beginning {
  readonly text: string
  readonly words: number
  readonly reached: Reached
  /** Passages that hold its rarest word or pair of characters, at most. */
  readonly passages: number
}

/**
 * Runs of words that sound like all the letters, in whole syllables: 大连 and 市场 for dalianshichang. Where two words meet,
 * their characters stand side by side somewhere; whether the whole run does is not known yet. The likeliest first.
 */
export const phrasesOf = (typed: Typed, sounds: Sounds, words: Words): readonly string[] => {
  const end = typed.letters.length
  const whole: Beginning[] = []
  let open: readonly Beginning[] = [{ text: '', words: 0, reached: new Map([[0, 0]]), passages: Infinity }]
  while (open.length > 0) {
    const longer = extended(open, typed, sounds, words)
    whole.push(...longer.filter(({ words, reached }) => words > 1 && reached.has(end)))
    open = longer
      .filter(({ words, reached }) => words < WORDS && !reached.has(end))
      .sort((a, b) => b.passages - a.passages)
      .slice(0, TRIED)
  }
  const likely = whole.sort((a, b) => a.words - b.words || b.passages - a.passages)
  return [...new Set(likely.map(({ text }) => text))]
}

/** Each with each word that goes on with it, as far as there is time. */
const extended = (
  beginnings: readonly Beginning[],
  typed: Typed,
  sounds: Sounds,
  words: Words,
): readonly Beginning[] => {
  const longer: Beginning[] = []
  let looks = 0
  for (const { beginning, at, entry } of continuations(beginnings, typed, sounds)) {
    if (++looks > LOOKED_AT) break
    const reached = wholeSyllables(entry.text, typed, at, sounds)
    const passages = reached.size === 0 ? 0 : together(beginning, entry, words)
    if (passages === 0) continue
    longer.push({ text: beginning.text + entry.text, words: beginning.words + 1, reached, passages })
  }
  return longer
}

/** What may go on with what from where in the letters. */
function* continuations(beginnings: readonly Beginning[], typed: Typed, sounds: Sounds) {
  for (const beginning of beginnings)
    for (const at of beginning.reached.keys())
      for (const entry of sounds.speltFrom(typed.letters, at)) yield { beginning, at, entry }
}

/** Passages that may hold them side by side, at most. */
const together = (beginning: Beginning, entry: Entry, words: Words): number => {
  const [pair] = pairsIn(beginning.text.slice(-1) + entry.text.charAt(0))
  const met = pair === undefined ? Infinity : words.frequency(pair)
  return Math.min(beginning.passages, entry.passages, met)
}

/** A single character is spelt out: of dalianw, 大连 and any 外, 为 or 万 would be made. */
const wholeSyllables = (text: string, typed: Typed, at: number, { readings }: Sounds): Reached => {
  const most = text.length === 1 ? 0 : UNFINISHED
  let reached: Reached = new Map([[at, 0]])
  for (const character of text) {
    const next = [...readOn(reached, character, typed, readings)].filter(([, left]) => left <= most)
    reached = new Map(next)
  }
  return reached
}
