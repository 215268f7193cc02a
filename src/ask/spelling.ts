import type { Segmenter, Words } from '../core/ports.ts'
import { folded } from '../text/fold.ts'
import { openReadings } from '../text/pinyin.ts'
import { pairsIn } from '../text/words.ts'

/** Words that are looked at: no dictionary has them, and they ask nothing. */
const ODD = /^(?!.*[哪那这谁啥咋几个])\p{Script=Han}{2,4}$/u
/**
 * Nats that news finds the mended words likelier by, three characters on either side with them. Of 5,375 questions 14 are
 * mended, twelve of them rightly (沉阳, 登计, 利雅德).
 */
const LIKELIER = 8
const AROUND = 3
/** Log probability of a text in news. */
export type Likelihood = (text: string) => number

/** Han characters in common use and most others. */
const [FIRST, LAST] = [0x4e00, 0x9fa5]

/**
 * Mends what was typed by its sound: 复盖率 is 覆盖率 where no article holds 复盖率 and some hold the other, which is a word, differs
 * in one character and is much likelier there.
 */
export const makeMend = (
  words: Words,
  segmenter: Segmenter,
  likelihood: Likelihood,
): ((question: string) => Promise<string>) => {
  let opening: Promise<Homophones> | null = null
  const open = (): Promise<Homophones> => {
    opening ??= openHomophones().catch((fault: unknown) => {
      opening = null
      throw fault
    })
    return opening
  }
  const held = (text: string): number => Math.min(...pairsIn(text).map((term) => words.frequency(term)))
  const isWord = (text: string): boolean => {
    const [only, ...more] = segmenter.tag(text)
    return more.length === 0 && only?.tag !== 'x'
  }
  return async (question) => {
    let mended = question
    for (const odd of oddWords(question, segmenter).filter((word) => held(word) === 0)) {
      const options = soundingLike(odd, await open()).filter((option) => held(option) > 0 && isWord(option))
      const at = mended.indexOf(odd)
      const best = at < 0 ? null : likeliest(mended, [at, at + odd.length], options, likelihood)
      mended = best ?? mended
    }
    return mended
  }
}

const oddWords = (question: string, segmenter: Segmenter): readonly string[] =>
  segmenter
    .tag(folded(question))
    .filter(({ word, tag }) => tag === 'x' && ODD.test(word))
    .map(({ word }) => word)

/** Characters that sound as this one does, tones left out; itself among them. */
type Homophones = (character: string) => readonly string[]

const openHomophones = async (): Promise<Homophones> => {
  const readings = await openReadings()
  const bySound = new Map<string, string[]>()
  for (let code = FIRST; code <= LAST; code++) {
    const character = String.fromCodePoint(code)
    for (const sound of readings(character)) {
      const alike = bySound.get(sound)
      if (alike) alike.push(character)
      else bySound.set(sound, [character])
    }
  }
  return (character) => readings(character).flatMap((sound) => bySound.get(sound) ?? [])
}

const soundingLike = (odd: string, homophones: Homophones): readonly string[] =>
  [...odd].flatMap((character, i) =>
    homophones(character).map((other) => odd.slice(0, i) + other + odd.slice(i + 1)),
  )

/** The question with the option that is likeliest in its place; null when none is much likelier than what stands there. */
const likeliest = (
  question: string,
  [start, end]: readonly [start: number, end: number],
  options: readonly string[],
  likelihood: Likelihood,
): string | null => {
  const [before, after] = [
    question.slice(Math.max(0, start - AROUND), start),
    question.slice(end, end + AROUND),
  ]
  const said = (word: string): number => likelihood(before + word + after)
  let [best, most]: [string | null, number] = [null, said(question.slice(start, end)) + LIKELIER]
  for (const option of options) {
    const likely = said(option)
    if (likely < most) continue
    best = question.slice(0, start) + option + question.slice(end)
    most = likely
  }
  return best
}
