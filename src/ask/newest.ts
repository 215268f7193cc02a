import { folded } from '../text/fold.ts'
import { moments, quantities } from '../text/quantities.ts'
import { pairsOf } from '../text/words.ts'
import type { Judged } from './read/read.ts'

/** Sentences that share this much of their pairs of characters, amounts and times left out, tell the same measure. */
const SAME = 0.6

/**
 * The same measure told at different dates (市场主体 of two years): the newest first, as likely to be meant as the best.
 * `judged` is best first; `dateOf` gives YYYY-MM-DD or null for a passage. Both must give an amount, and not the same one.
 */
export const newestFirst = (
  judged: readonly Judged[],
  dateOf: (passage: number) => string | null,
): readonly Judged[] => {
  const [best] = judged
  const date = best && dateOf(best.view.passage)
  if (!best || !date) return judged
  const measure = measureOf(best)
  if (measure.amounts === '') return judged
  const newer = judged.filter((one) => {
    const when = dateOf(one.view.passage)
    return one.possible && when !== null && when > date && isSame(measure, measureOf(one))
  })
  if (newer.length === 0) return judged
  const when = ({ view }: Judged): string => dateOf(view.passage) ?? ''
  newer.sort((a, b) => (when(a) === when(b) ? 0 : when(a) < when(b) ? 1 : -1)) // of one day the best stays first
  return [
    ...newer.map((one) => ({ ...one, score: Math.max(one.score, best.score) })),
    ...judged.filter((one) => !newer.includes(one)),
  ]
}

interface Measure {
  readonly amounts: string
  readonly pairs: ReadonlySet<string>
}

const measureOf = ({ view, choice }: Judged): Measure => {
  const text = folded(view.text.slice(choice.start, choice.end))
  const amounts = quantities(text).filter(({ unit }) => unit !== '')
  const plain = without(text, [...amounts, ...moments(text)])
  const pairs = new Set(pairsOf(plain))
  return { amounts: amounts.map(({ start, end }) => text.slice(start, end)).join(' '), pairs }
}

const without = (text: string, mentions: readonly { start: number; end: number }[]): string =>
  text
    .split('') // UTF-16 code units, as the mentions count
    .filter((_, i) => !mentions.some(({ start, end }) => start <= i && i < end))
    .join('')
    .replace(/[\p{P}\p{S}\s]/gu, '')

const isSame = (a: Measure, b: Measure): boolean => {
  const shared = [...a.pairs].filter((pair) => b.pairs.has(pair)).length
  return b.amounts !== '' && a.amounts !== b.amounts && shared >= SAME * Math.max(a.pairs.size, b.pairs.size)
}
