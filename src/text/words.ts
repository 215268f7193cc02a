import type { Segmenter, WeightedTerm } from '../core/ports.ts'
import { folded } from './fold.ts'

/** Set before a bigram so that it never equals a word of two characters, which is a term of its own. */
const BIGRAM = '\u0001'
/** Bigrams count half: CMRC dev, passages, R@1 .968 words, .958 bigrams, .972 both. */
const BIGRAM_WEIGHT = 0.5

const HAN_RUN = /[\p{Script=Han}〇]+/gu
const HAS_CONTENT = /[\p{L}\p{N}%]/u
/** A number with the sign before it, as one term: jieba cuts 8.9% to 8.9 and %. */
const NUMBER = /\d[\d,]*(?:\.\d+)?%?/g
/** The character after a number is mostly its unit: 110个 and 110家 are different facts. */
const NUMBER_AND_UNIT = /\d[\d,]*(?:\.\d+)?(?:万|亿|千|百)?余?多?[\p{Script=Han}℃]/gu

/**
 * The terms of a text, each as often as it occurs: words with the parts of long ones, numbers whole and with
 * their unit (weight 1), bigrams of Han characters (weight .5). The same for passages and questions.
 */
export const terms = (text: string, segmenter: Segmenter): readonly WeightedTerm[] => {
  const plain = folded(text)
  const found: WeightedTerm[] = []
  for (const word of segmenter.search(plain)) {
    if (HAS_CONTENT.test(word)) found.push({ term: word, weight: 1 })
  }
  for (const [number] of plain.matchAll(NUMBER_AND_UNIT))
    found.push({ term: number.replaceAll(',', ''), weight: 1 })
  for (const [number] of plain.matchAll(NUMBER)) {
    if (number.includes('%') || number.includes(','))
      found.push({ term: number.replaceAll(',', ''), weight: 1 })
  }
  for (const [run] of plain.matchAll(HAN_RUN))
    for (const term of pairsIn(run)) found.push({ term, weight: BIGRAM_WEIGHT })
  return found
}

/** The terms of the pairs of neighbouring characters of a run of Han characters. */
export const pairsIn = (run: string): readonly string[] => pairsOf(run).map((pair) => BIGRAM + pair)

/** The pairs of neighbouring characters of a text. */
export const pairsOf = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2))

/** True for a term that is a word or number a person would recognise, false for a bigram. */
export const isWord = (term: string): boolean => !term.startsWith(BIGRAM)
