import { setImmediate as breathe } from 'node:timers/promises'
import type { Generation } from '../../core/ports.ts'
import type { Suggestion, Suggestions } from '../../core/types.ts'
import { fold } from '../../text/fold.ts'
import { fitOf, type Typed } from '../../text/pinyin.ts'
import { pairsIn } from '../../text/words.ts'
import { SILENT } from '../question/english.ts'
import { type Entry, openSounds, type Sounds } from '../question/sounds.ts'
import { makeViews, type Views } from '../views.ts'
import { phrasesOf } from './phrases.ts'

/** Letters at the end of what was typed, read as pinyin. */
interface Tail extends Typed {
  /** As it was typed. */
  readonly text: string
  readonly words: readonly string[]
  /** Latin words that stand before it. */
  readonly before: readonly string[]
}

/** A word or title that sounds like a tail, and how well. */
interface Match {
  readonly entry: Entry
  /** As in a Fit: below 1 it is in whole syllables. */
  readonly left: number
  /** The letters stand for all of it. */
  readonly complete: boolean
}

/** Words, by spaces or apostrophes, that are read together at most, and their letters. */
const TOGETHER = 6
const MOST_LETTERS = 40
/** Letters that may be initials: of two, hundreds of words. */
const LEAST_INITIALS = 3
/** Letters that are read as pinyin in the midst of English: name and like are 那么 and 立刻 there, dalian is 大连. */
const LEAST_IN_ENGLISH = 6
/** Titles shown, when there are words too. */
const TITLES = 3
/** Words that titles are searched for. */
const NAMED = 3
/** Words and runs of words that are looked up in the articles. */
const TRIED = 12
/** Passages that are read to find a word or run of words as it is written. */
const READ = 6

/** Proposes words and titles of the articles for letters that read like their pinyin. */
export const makeSuggest = (generation: Generation) => {
  const views = makeViews(generation)
  let opening: Promise<Sounds> | null = null
  const open = (): Promise<Sounds> => {
    opening ??= openSounds(generation).catch((fault: unknown) => {
      opening = null
      throw fault
    })
    return opening
  }
  return async (typed: string, limit: number): Promise<Suggestions> => {
    const tails = tailsOf(typed)
    if (tails.length === 0) return { typed: '', suggestions: [] }
    const sounds = await open()
    for (const tail of tails) {
      const suggestions = suggestionsFor(tail, sounds, { generation, views }, limit)
      if (suggestions.length > 0) return { typed: tail.text, suggestions }
      await breathe()
    }
    return { typed: '', suggestions: [] }
  }
}

/** Letters that do not go on a number or another word: 5G is no beginning. */
const LETTERS = /(?<![a-z\d])[a-z]+(?:[ '’]+[a-z]+)*$/i

/** The ways to take the letters at the end, the longest first: `how is da lian`, `is da lian`, `da lian`, `lian`. */
const tailsOf = (typed: string): readonly Tail[] => {
  const [run = ''] = LETTERS.exec(typed) ?? []
  const starts = [...run.matchAll(/[a-z]+/gi)].map(({ index }) => index).slice(-TOGETHER)
  return starts
    .map((start) => tailFrom(run.slice(start), typed.slice(0, typed.length - run.length + start)))
    .filter(({ letters }) => letters.length > 1 && letters.length <= MOST_LETTERS)
}

const tailFrom = (text: string, before: string): Tail => {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  const breaks = words.slice(1).map((_, i) => words.slice(0, i + 1).join('').length)
  return { text, words, letters: words.join(''), breaks, before: before.match(/(?<![a-z\d])[a-z]+/gi) ?? [] }
}

interface Corpus {
  readonly generation: Generation
  readonly views: Views
}

/** Words first, then titles that sound like the letters or hold the first of the words. */
const suggestionsFor = (
  tail: Tail,
  sounds: Sounds,
  { generation, views }: Corpus,
  limit: number,
): readonly Suggestion[] => {
  const admits = makeAdmits(tail, sounds, generation)
  const matches = matchesOf(tail, sounds, admits)
  const named = matches.some(({ complete, left }) => complete && left === 0)
  const phrases = admits(0) && !named ? phrasesOf(tail, sounds, generation.words) : []
  const words = firstOf(wordsOf(matches, phrases), limit, (text) => asWritten(text, generation, views))
  const titles = [...new Set([...titlesOf(matches), ...titlesWith(words.slice(0, NAMED), sounds)])]
  const shown = titles.slice(0, Math.max(Math.min(TITLES, limit - 1), limit - words.length))
  return [
    ...words.slice(0, limit - shown.length).map((text): Suggestion => ({ text, kind: 'word' })),
    ...shown.map((text): Suggestion => ({ text, kind: 'title' })),
  ]
}

/** Whether the tail is read as pinyin when so much is left out. */
const makeAdmits = (tail: Tail, sounds: Sounds, { words }: Generation): ((left: number) => boolean) => {
  const least = tail.before.some((word) => isEnglish(word, sounds)) ? LEAST_IN_ENGLISH : 0
  const spelt = tail.letters.length >= least
  const initials =
    least === 0 &&
    tail.letters.length >= LEAST_INITIALS &&
    !tail.words.some((word) => SILENT.has(word) || words.frequency(word) > 0)
  return (left) => (left < 1 ? spelt : initials)
}

/** GDP is at home in a Chinese question; base is not, and no row of syllables. */
const isEnglish = (word: string, sounds: Sounds): boolean => {
  if (word === word.toUpperCase()) return false
  const letters = word.toLowerCase()
  return SILENT.has(letters) || !isSpelt(letters, sounds)
}

/** Is it a row of whole syllables? */
const isSpelt = (letters: string, { isSyllable }: Sounds): boolean => {
  const ends = new Set([0])
  for (const at of ends)
    for (let end = at + 1; end <= letters.length; end++) if (isSyllable(letters.slice(at, end))) ends.add(end)
  return ends.has(letters.length)
}

const matchesOf = (tail: Tail, sounds: Sounds, admits: (left: number) => boolean): readonly Match[] =>
  sounds
    .near(tail.letters, 0)
    .flatMap((entry): readonly Match[] => {
      const fit = fitOf(entry.text, tail, sounds.readings)
      return fit !== null && fit.said > 1 && admits(fit.left) ? [{ entry, ...fit }] : []
    })
    .sort((a, b) => a.left - b.left || b.entry.passages - a.entry.passages)

/** What the letters spell from end to end comes before what they only begin, whole syllables before initials. */
const wordsOf = (matches: readonly Match[], phrases: readonly string[]): readonly string[] => {
  const words = matches.filter(({ entry }) => entry.kind === 'word')
  const taken = (whole: boolean, complete: boolean): readonly string[] =>
    words
      .filter((match) => match.left < 1 === whole && match.complete === complete)
      .map(({ entry }) => entry.text)
  return [
    ...new Set([
      ...taken(true, true),
      ...phrases,
      ...taken(true, false),
      ...taken(false, true),
      ...taken(false, false),
    ]),
  ]
}

const titlesOf = (matches: readonly Match[]): readonly string[] =>
  matches.filter(({ entry }) => entry.kind === 'title').map(({ entry }) => entry.text)

const titlesWith = (words: readonly string[], { titles }: Sounds): readonly string[] =>
  words.flatMap((word) => titles.filter((title) => title.includes(word)))

/** As the articles write it, in their own script and width; null when no passage or title holds it as one run. */
const asWritten = (
  text: string,
  { words, passages, articles }: Generation,
  { view }: Views,
): string | null => {
  const terms = pairsIn(text).map((term) => ({ term, weight: 1 }))
  for (const { passage } of words.search(terms, READ)) {
    const title = articles[passages[passage]?.article ?? -1]?.title ?? ''
    const written = writtenIn(view(passage).text, text) ?? writtenIn(title, text)
    if (written !== null) return written
  }
  return null
}

const writtenIn = (source: string, text: string): string | null => {
  const plain = fold(source)
  const at = plain.text.indexOf(text)
  return at < 0 ? null : source.slice(plain.offsets[at], plain.offsets[at + text.length])
}

/** The first `limit` that are found. */
const firstOf = (
  texts: readonly string[],
  limit: number,
  find: (text: string) => string | null,
): readonly string[] => {
  const found = new Set<string>()
  for (const text of texts.slice(0, TRIED)) {
    if (found.size === limit) break
    const written = find(text)
    if (written !== null) found.add(written)
  }
  return [...found]
}
