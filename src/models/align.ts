import { simplifyCharacter } from '../text/simplify.ts'

/** A vocabulary of word pieces: `##` before those that go on a word. */
export interface Vocabulary {
  readonly id: (piece: string) => number | undefined
  /** The id of [UNK]. */
  readonly unknown: number
  /** Characters of the longest piece: no longer match is tried. */
  readonly longest: number
}

/** Word pieces of a text with the stretch of the text each stands for, in UTF-16 code units. Arrays of equal length. */
export interface Pieces {
  readonly ids: Int32Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** One word as the tokenizer sees it, and for each of its code points the stretch of the text it came from. */
interface Word {
  readonly points: readonly string[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const SPACE = /^\s$/u
const CONTROL = /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]$/u
const PUNCTUATION = /^[\p{P}!-/:-@[-`{-~]$/u
/** The blocks BERT calls Chinese: each of their characters is a word of its own. */
const CHINESE =
  /^[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]$/u
const MARK = /^\p{M}$/u
const WIDE = /^[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]$/u
const FOLDABLE = /^[\p{L}\p{N}\p{S}]/u
/** Longer words are [UNK] as a whole, as in BERT. */
const MAX_WORD = 100

/**
 * Text → word pieces as BERT makes them, with their places. Works on a copy in which width, case, accents and
 * script are made equal where the vocabulary does not know the character itself; the text is never changed.
 * A special token written in the text ([SEP]) is three words like any other.
 */
export const toPieces = (text: string, vocabulary: Vocabulary): Pieces => {
  const ids: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const word of wordsOf(text, makeNormal(vocabulary))) {
    for (const { id, from, to } of piecesOf(word, vocabulary)) {
      ids.push(id)
      starts.push(Math.min(...word.starts.slice(from, to)))
      ends.push(Math.max(...word.ends.slice(from, to)))
    }
  }
  return { ids: Int32Array.from(ids), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) }
}

/** Greedy longest match from the left; one [UNK] for the whole word when a part of it is unknown. */
const piecesOf = (
  word: Word,
  vocabulary: Vocabulary,
): readonly { id: number; from: number; to: number }[] => {
  const size = word.points.length
  const unknown = [{ id: vocabulary.unknown, from: 0, to: size }]
  if (size > MAX_WORD) return unknown
  const found: { id: number; from: number; to: number }[] = []
  for (let from = 0; from < size; ) {
    let to = Math.min(size, from + vocabulary.longest)
    let id: number | undefined
    for (; to > from; to--) {
      const piece = word.points.slice(from, to).join('')
      id = vocabulary.id(from > 0 ? `##${piece}` : piece)
      if (id !== undefined) break
    }
    if (id === undefined) return unknown
    found.push({ id, from, to })
    from = to
  }
  return found
}

/** Splits at white space; punctuation and Chinese characters are words of one character. */
function* wordsOf(text: string, normal: (cluster: string) => string): Generator<Word> {
  let word = emptyWord()
  for (const { point, start, end } of pointsOf(text, normal)) {
    const kind = kindOf(point)
    if ((kind === 'alone' || kind === 'space') && word.points.length > 0) {
      yield word
      word = emptyWord()
    }
    if (kind === 'alone') yield { points: [point], starts: [start], ends: [end] }
    if (kind === 'part') {
      word.points.push(point)
      word.starts.push(start)
      word.ends.push(end)
    }
  }
  if (word.points.length > 0) yield word
}

/** Code points of the normal form, each with the stretch of the text it came from. */
function* pointsOf(
  text: string,
  normal: (cluster: string) => string,
): Generator<{ readonly point: string; readonly start: number; readonly end: number }> {
  for (let start = 0; start < text.length; ) {
    const end = clusterEnd(text, start)
    for (const point of normal(text.slice(start, end))) yield { point, start, end }
    start = end
  }
}

const emptyWord = (): { points: string[]; starts: number[]; ends: number[] } => ({
  points: [],
  starts: [],
  ends: [],
})

const kindOf = (point: string): 'alone' | 'part' | 'space' | 'none' => {
  if (CHINESE.test(point) || PUNCTUATION.test(point)) return 'alone'
  if (SPACE.test(point)) return 'space'
  return CONTROL.test(point) ? 'none' : 'part'
}

/** A character with the combining marks after it (at most 8, so that a hostile run of marks stays linear). */
const clusterEnd = (text: string, at: number): number => {
  let end = at + String.fromCodePoint(text.codePointAt(at) ?? 0).length
  for (let marks = 0; marks < 8 && end < text.length && text.charCodeAt(end) >= 0x300; marks++) {
    const mark = String.fromCodePoint(text.codePointAt(end) ?? 0)
    if (!MARK.test(mark)) break
    end += mark.length
  }
  return end
}

/**
 * Full-width letters and digits are always narrowed; other letters, numbers and signs are folded by NFKC only
 * when the vocabulary lacks them (models were trained on ℃ and ，as they stand). A vocabulary without capitals is
 * lower-case, whatever its configuration says: bge-small-zh's tokenizer.json claims otherwise and makes GDP [UNK].
 */
const makeNormal = (vocabulary: Vocabulary): ((cluster: string) => string) => {
  const lower = vocabulary.id('A') === undefined
  const known = cacheOf(vocabulary)
  return (cluster) => {
    const seen = known.get(cluster)
    if (seen !== undefined) return seen
    const result = normalOf(cluster, vocabulary, lower)
    if (known.size < MAX_CACHE) known.set(cluster, result)
    return result
  }
}

const MAX_CACHE = 50_000
const caches = new WeakMap<Vocabulary, Map<string, string>>()

const cacheOf = (vocabulary: Vocabulary): Map<string, string> => {
  const cache = caches.get(vocabulary) ?? new Map<string, string>()
  caches.set(vocabulary, cache)
  return cache
}

const normalOf = (cluster: string, vocabulary: Vocabulary, lower: boolean): string => {
  if (WIDE.test(cluster)) return normalOf(cluster.normalize('NFKC'), vocabulary, lower)
  if (CHINESE.test(cluster)) {
    const simple = simplifyCharacter(cluster)
    return vocabulary.id(simple) === undefined ? cluster : simple
  }
  const cased = lower ? stripAccents(cluster.toLowerCase()) : cluster
  if (vocabulary.id(cased) !== undefined || !FOLDABLE.test(cluster)) return cased
  const folded = cluster.normalize('NFKC')
  return lower ? stripAccents(folded.toLowerCase()) : folded
}

const stripAccents = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
