import { isWhite } from '../core/ranges.ts'
import type { Article, Passage } from '../core/types.ts'
import { askings } from '../text/asking.ts'
import { sentences } from '../text/sentences.ts'
import { textOf } from './spans.ts'

/** Characters. Below this a paragraph is a heading or a one-liner and is read together with the next. */
const SHORT = 60
/** Characters. Longer ones are split: the embedder reads 512 tokens, and a vector of more than one thought fits none. */
const LONG = 320

/** Where a passage may begin or end: a sentence, or a whole paragraph that is not too long. */
interface Atom {
  /** From 1. */
  readonly paragraph: number
  readonly from: number
  readonly to: number
  /** It ends in a question that the next one answers. */
  readonly asks: boolean
  /** It ends as a sentence does, not as a heading. */
  readonly tells: boolean
}

/**
 * Divides an article into passages. One paragraph each; short ones go with the next of the same article, a question with
 * its answer; long ones are split at sentence ends into parts of about equal length. Every character of the body is in exactly one passage.
 */
export const chunk = (file: string, article: Article, place: number, longest = LONG): readonly Passage[] => {
  const groups: Atom[][] = []
  let group: Atom[] = []
  const close = (): void => {
    if (group.length > 0) groups.push(group)
    group = []
  }
  article.paragraphs.forEach((ranges, index) => {
    const text = textOf(file, ranges)
    const asked = askings(text)
    if (asked[0]?.[0] === 0) {
      const told = group.findLastIndex(({ tells }) => tells) + 1
      if (told > 0) groups.push(group.slice(0, told))
      group = group.slice(told) // a heading stays with the question
    }
    for (const [from, to] of split(text, longest)) {
      const atom = {
        paragraph: index + 1,
        from,
        to,
        asks: asked.some(([, end]) => end === to),
        tells: TELLS.test(text.slice(from, to)),
      }
      if (group.length > 0 && sizeOf([...group, atom]) > longest + SHORT) close()
      group.push(atom)
      if (!atom.asks && sizeOf(group) >= Math.min(SHORT, longest)) close()
    }
  })
  const rest = group
  const last = groups.at(-1)
  if (rest.length > 0 && !rest[0]?.asks && last && sizeOf(last) + sizeOf(rest) <= longest) last.push(...rest)
  else close()
  return groups.flatMap((atoms) => {
    const first = atoms[0]
    const end = atoms.at(-1)
    if (!first || !end) return []
    return [
      {
        article: place,
        firstParagraph: first.paragraph,
        from: first.from,
        lastParagraph: end.paragraph,
        to: end.to,
      },
    ]
  })
}

const sizeOf = (atoms: readonly Atom[]): number => atoms.reduce((sum, atom) => sum + atom.to - atom.from, 0)

const TELLS = /[。！!；;…][”’」』）)\s]*$/

/** A paragraph as parts of at most `longest` characters, as even as its sentences allow. Covers the text. */
const split = (text: string, longest: number): readonly (readonly [number, number])[] => {
  if (text.length === 0) return []
  if (text.length <= longest) return [[0, text.length]]
  const target = text.length / Math.ceil(text.length / longest)
  const parts: (readonly [number, number])[] = []
  let from = 0
  let to = 0
  for (const [start, end] of sentences(text).flatMap((piece) => clauses(text, piece, longest))) {
    const isFull = to - from >= target || end - from > longest
    if (to > from && isFull && start === to) {
      parts.push([from, to])
      from = to
    }
    to = end
  }
  parts.push([from, text.length])
  return parts
}

const BREAKS = /[，；：、,;:]/

/** A sentence longer than a passage may be, cut after a comma, else anywhere but inside a character. */
const clauses = (
  text: string,
  [start, end]: readonly [number, number],
  longest: number,
): readonly (readonly [number, number])[] => {
  const parts: (readonly [number, number])[] = []
  let from = start
  while (end - from > longest) {
    let to = from + longest
    while (to > from + longest / 2 && !BREAKS.test(text.charAt(to - 1))) to--
    if (to <= from + longest / 2) to = from + longest
    if (isLowSurrogate(text.charCodeAt(to))) to += to - 1 > from ? -1 : 1
    while (to < end && isWhite(text.charCodeAt(to))) to++
    parts.push([from, to])
    from = to
  }
  if (from < end) parts.push([from, end])
  return parts
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
