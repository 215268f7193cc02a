import { setImmediate as breathe } from 'node:timers/promises'
import type { Segmenter, Words } from '../../core/ports.ts'
import { fold } from '../../text/fold.ts'
import { openReadings } from '../../text/pinyin.ts'
import { pairsIn } from '../../text/words.ts'

/** Log probability of a text in news. */
export type Likelihood = (text: string) => number

/** Words that are looked at: no dictionary has them, and they ask nothing. */
const ODD = /^(?!.*[哪那这谁啥咋几个])\p{Script=Han}{2,4}$/u
/**
 * Nats that news finds the mended word likelier by, with the characters around it, and how many of them those have to add:
 * any rare name is much less likely than a common word that sounds as it does (廖宁 than 辽宁), wherever it stands. Of 5,374
 * questions 15 are mended, 13 rightly; four in which a place is mistyped at the beginning (沉阳) are not.
 */
const LIKELIER = 8
const LIKELIER_THERE = 2.5
/** Of two words that make one, which are no name. */
const LIKELIER_JOINED = 10
const AROUND = 3
/** Han characters in common use and most others. */
const [FIRST, LAST] = [0x4e00, 0x9fa5]
/** Characters after which other requests have their turn: some 15 ms. */
const STRIDE = 2_000

/**
 * Mends what was typed by its sound: 复盖率 is 覆盖率 where no article holds 复盖率 and some hold the other, which is a word, differs
 * in one character and is much likelier there.
 */
export const makeMend = (
  words: Words,
  segmenter: Segmenter,
  likelihood: Likelihood,
): ((question: string) => Promise<string>) => {
  const held = (text: string): number => Math.min(...pairsIn(text).map((term) => words.frequency(term)))
  const isWord = (text: string): boolean => {
    const [only, ...more] = segmenter.tag(text)
    return more.length === 0 && only?.tag !== 'x'
  }
  return async (question) => {
    const plain = fold(question)
    let mended = ''
    let from = 0
    let taken = 0
    for (const { word, start, end, isJoined } of oddWords(plain.text, segmenter)) {
      if (start < taken || held(word) > 0) continue
      const options = soundingLike(word, await homophones(likelihood))
      const fitting = options.filter((option) => held(option) > 0 && isWord(option))
      const best = likeliest(plain.text, [start, end], fitting, { likelihood, isJoined })
      if (best === null) continue
      mended += question.slice(from, plain.offsets[start]) + best
      from = plain.offsets[end] ?? question.length
      taken = end
    }
    return mended + question.slice(from)
  }
}

/** Words that no dictionary has, and a single character with the word beside it: 覆 and 概率. */
const oddWords = (text: string, segmenter: Segmenter) => {
  let at = 0
  const tokens = segmenter.tag(text).flatMap(({ word, tag }) => {
    const start = text.indexOf(word, at)
    if (start < 0) return []
    at = start + word.length
    return [{ word, start, end: at, isOdd: tag === 'x', isJoined: false }]
  })
  const joined = tokens.flatMap((token, i) => {
    const next = tokens[i + 1]
    if (!next || next.start !== token.end || Math.min(token.word.length, next.word.length) !== 1) return []
    return [
      {
        word: token.word + next.word,
        start: token.start,
        end: next.end,
        isOdd: token.word.length + next.word.length > 2,
        isJoined: true,
      },
    ]
  })
  return [...tokens, ...joined]
    .filter(({ word, isOdd }) => isOdd && ODD.test(word))
    .toSorted((x, y) => x.start - y.start || x.end - y.end)
}

/** Characters that sound as this one does, tones left out; itself among them. */
type Homophones = (character: string) => readonly string[]

/** Gathered with the first odd word, once for all that ask. */
const gathered = new WeakMap<Likelihood, Promise<Homophones>>()

const homophones = (likelihood: Likelihood): Promise<Homophones> => {
  const gathering =
    gathered.get(likelihood) ??
    openHomophones(likelihood).catch((fault: unknown) => {
      gathered.delete(likelihood)
      throw fault
    })
  gathered.set(likelihood, gathering)
  return gathering
}

/** Of the characters that news knows. */
const openHomophones = async (likelihood: Likelihood): Promise<Homophones> => {
  const readings = await openReadings()
  const unseen = likelihood(String.fromCodePoint(LAST))
  const bySound = new Map<string, string[]>()
  for (let code = FIRST; code <= LAST; code++) {
    if (code % STRIDE === 0) await breathe()
    const character = String.fromCodePoint(code)
    if (likelihood(character) <= unseen) continue
    for (const sound of readings(character)) {
      const alike = bySound.get(sound)
      if (alike) alike.push(character)
      else bySound.set(sound, [character])
    }
  }
  return (character) => readings(character).flatMap((sound) => bySound.get(sound) ?? [])
}

const soundingLike = (odd: string, alike: Homophones): readonly string[] => {
  const characters = [...odd]
  return characters.flatMap((character, i) =>
    alike(character).map((other) => characters.with(i, other).join('')),
  )
}

/** The likeliest option in the place of a word; null when none is much likelier than the word there. */
const likeliest = (
  text: string,
  [start, end]: readonly [start: number, end: number],
  options: readonly string[],
  { likelihood, isJoined }: { readonly likelihood: Likelihood; readonly isJoined: boolean },
): string | null => {
  const [before, odd, after] = [
    text.slice(Math.max(0, start - AROUND), start),
    text.slice(start, end),
    text.slice(end, end + AROUND),
  ]
  const there = (word: string): number => likelihood(before + word + after)
  const gains = options
    .map((option) => ({ option, gain: there(option) - there(odd) }))
    .filter(({ option, gain }) => {
      const alone = likelihood(option) - likelihood(odd)
      return isJoined ? gain >= LIKELIER_JOINED : gain >= LIKELIER && gain - alone >= LIKELIER_THERE
    })
  return gains.toSorted((a, b) => b.gain - a.gain)[0]?.option ?? null
}
