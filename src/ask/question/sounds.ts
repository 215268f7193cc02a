import { setImmediate as breathe } from 'node:timers/promises'
import type { Generation } from '../../core/ports.ts'
import { openReadings, type Readings } from '../../text/pinyin.ts'

/** Something of the articles that can be proposed. */
export interface Entry {
  readonly text: string
  readonly kind: 'word' | 'title'
  /** Passages that hold the word; 1 for a title. */
  readonly passages: number
}

/** The words and titles of the articles, by how they sound. */
export interface Sounds {
  readonly readings: Readings
  readonly titles: readonly string[]
  /** Those that may sound like the letters from `at` on: their first two characters begin with the right ones. */
  readonly near: (letters: string, at: number) => readonly Entry[]
  /** Words that may be spelt by the letters from `at` on: their first syllable is, and their second one begins so. */
  readonly speltFrom: (letters: string, at: number) => readonly Entry[]
  /** Is it a syllable of any character of the articles? */
  readonly isSyllable: (letters: string) => boolean
}

/** Words that are kept, the commonest: of 10,000 articles 14 MB, gathered in a second. */
const MOST = 120_000
/** Characters of a word; longer ones are headings that jieba took for one. */
const LONGEST = 12
/** Titles that are kept. */
const MOST_TITLES = 20_000
/** Entries after which other requests have their turn: some 5 ms. */
const STRIDE = 2_000
/** Letters of the longest syllable: zhuang. */
const SYLLABLE = 6

/** Gathers what can be proposed from a generation, bit by bit so that nobody has to wait for it. */
export const openSounds = async (generation: Generation): Promise<Sounds> => {
  const readings = await openReadings()
  const titles = titlesOf(generation)
  const entries = [
    ...(await wordsOf(generation)),
    ...titles.map((text): Entry => ({ text, kind: 'title', passages: 1 })),
  ]
  const shelves = new Map<string, Entry[]>()
  const syllables = new Set<string>()
  for (const [i, entry] of entries.entries()) {
    for (const key of keysOf(entry, readings)) {
      const shelf = shelves.get(key)
      if (shelf) shelf.push(entry)
      else shelves.set(key, [entry])
    }
    if (entry.kind === 'word')
      for (const character of entry.text) for (const each of readings(character)) syllables.add(each)
    if (i % STRIDE === 0) await breathe()
  }
  const on = (key: string): readonly Entry[] => shelves.get(key) ?? []
  return {
    readings,
    titles,
    isSyllable: (letters) => syllables.has(letters),
    near: (letters, at) => nearKeys(letters, at).flatMap(on),
    speltFrom: (letters, at) => speltKeys(letters, at).flatMap(on),
  }
}

/** Words of Han characters; of too many the commonest. */
const wordsOf = async ({ words }: Generation): Promise<readonly Entry[]> => {
  let found: Entry[] = []
  let least = 1
  let seen = 0
  for (const { term, passages } of words.between('\u3400', '\ua000')) {
    if (++seen % STRIDE === 0) await breathe()
    if (passages < least || term.length > LONGEST || !HAN.test(term)) continue
    found.push({ text: term, kind: 'word', passages })
    while (found.length > MOST) {
      least++
      found = found.filter((entry) => entry.passages >= least)
    }
  }
  return found
}

const HAN = /^\p{Script=Han}+$/u

const titlesOf = ({ articles }: Generation): readonly string[] =>
  [...new Set(articles.flatMap(({ title }) => title ?? []))].slice(0, MOST_TITLES)

/** Stands for the beginning of a second character where there is none. */
const ALONE = '.'

/**
 * Where an entry is looked for: under the beginnings of its first two characters, in all their readings; a word under its
 * first syllable and the beginning of its second one too.
 */
const keysOf = ({ text, kind }: Entry, readings: Readings): ReadonlySet<string> => {
  const [first = '', second = ''] = [...text.replace(/^[\p{P}\p{S}\p{Z}]+/u, '')]
  const seconds = second === '' ? [ALONE] : readings(second).map((reading) => reading.charAt(0))
  return new Set(
    readings(first).flatMap((syllable) =>
      seconds.flatMap((next) => [
        ...(second === '' ? [] : [`${syllable.charAt(0)} ${next}`]),
        ...(kind === 'word' ? [syllable + next] : []),
      ]),
    ),
  )
}

/** The second character begins within a syllable's length of the first. */
const nearKeys = (letters: string, at: number): readonly string[] =>
  [...new Set(letters.slice(at + 1, at + 1 + SYLLABLE))].map((next) => `${letters.charAt(at)} ${next}`)

const speltKeys = (letters: string, at: number): readonly string[] =>
  Array.from({ length: Math.min(SYLLABLE, letters.length - at) }, (_, i) => at + i + 1).flatMap((end) => [
    letters.slice(at, end) + ALONE,
    ...(end < letters.length ? [letters.slice(at, end + 1)] : []),
  ])
