import type { Range } from '../../core/ranges.ts'
import { fold } from '../../text/fold.ts'
import { isKnownPlace } from '../../text/places.ts'
import { type Mention, quantities } from '../../text/quantities.ts'
import { isWord } from '../../text/words.ts'
import type { Question } from '../question/question.ts'
import type { Amounts } from './amount.ts'

/** Folded, so that a comma may stand in a number. */
const EDGES = /(?<!\d),|,(?!\d{3}(?!\d))|[，、；;。：:（）()！？!?\n]/u

/** Nouns that say what is measured, not what of: 天数, 占比. */
const MEASURE = /[数量额率值比度幅价]$/

/**
 * 87家 of 全国首店6家，餐饮类87家、零售类34家, asked how many are 餐饮: the amount of the only part that holds the nouns of the question which stand
 * beside amounts at all, behind the one that was read, since what comes later may speak of what was named before. Not where words of
 * the question stand beside the one that was read alone, unless the noun is a place: 日经指数跌破17000点，韩国股指失守1600点, asked for 韩国.
 */
export const besideNoun = ({ question, plain, all, own }: Omit<Amounts, 'leads'>): Mention | undefined => {
  const parts = partsOf(plain)
  const partOf = (mention: Mention): Part | undefined =>
    parts.find(({ start, end }) => start <= mention.start && mention.end <= end)
  const same = all.filter(({ unit }) => unit === own.unit)
  const nouns = question.nouns.filter((noun) => !MEASURE.test(noun))
  const beside = nouns.flatMap((noun) => {
    const [only, ...more] = parts.filter(({ text }) => text.includes(noun))
    const amounts = only && more.length === 0 ? same.filter((mention) => partOf(mention) === only) : []
    return amounts.length > 0 ? [{ noun, amounts }] : []
  })
  const found = beside[0]?.amounts[0]
  if (!found || found.start <= own.start) return undefined
  if (plain.slice(found.start, found.end) === plain.slice(own.start, own.end)) return undefined
  if (beside.some(({ amounts }) => amounts.length > 1 || amounts[0] !== found)) return undefined
  const here = partOf(own)?.text ?? ''
  const isPlace = beside.some(({ noun }) => isKnownPlace(noun))
  const isOnlyHere = (word: string): boolean =>
    here.includes(word) && parts.filter(({ text }) => text.includes(word)).length === 1
  return isPlace || !wordsOf(question).some(isOnlyHere) ? found : undefined
}

/** The same of all the sentences of a text; the span as it is where no amount is. */
export const amountBeside = (question: Question, text: string, span: Range): Range => {
  const { text: plain, offsets } = fold(text)
  const at = ({ start, end }: Mention): Range => [offsets[start] ?? 0, offsets[end] ?? 0]
  const all = quantities(plain)
  const own = all.find((mention) => at(mention)[0] < span[1] && span[0] < at(mention)[1])
  const found = own && own.unit !== '' ? besideNoun({ question, plain, all, own }) : undefined
  return found ? at(found) : span
}

const wordsOf = ({ terms }: Question): readonly string[] =>
  terms.flatMap(({ term }) => (isWord(term) && term.length > 1 ? [term] : []))

interface Part {
  readonly text: string
  readonly start: number
  readonly end: number
}

const partsOf = (plain: string): readonly Part[] => {
  let at = 0
  return plain.split(EDGES).map((text) => {
    const start = at
    at += text.length + 1
    return { text, start, end: start + text.length }
  })
}

const ASKS_ACTUAL = /实际|其实|最[后终]|到底|现在|如今/
const FORMER = /(?:原[本来先定]|本来|本该|法定|此前|以前)[^，。；,;]*$/u

/** 4000元 of 原本要交80万元，但花了不到4000元, asked what was paid in the end. */
export const notTheFormer = ({ question, plain, all, own }: Omit<Amounts, 'leads'>): Mention | undefined => {
  const isFormer = ({ start }: Mention): boolean => FORMER.test(plain.slice(0, start))
  if (!ASKS_ACTUAL.test(question.text) || !isFormer(own)) return undefined
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && !isFormer(mention))
  return more.length === 0 ? only : undefined
}

const BEFORE = /(?:去年|上年|前一年)同期[^，。；,;、]{0,12}$/u

/** 162,530辆 of 销量262161辆，上年同期销量162,530辆, asked for 去年. */
export const ofYearBefore = ({ question, plain, all, own }: Omit<Amounts, 'leads'>): Mention | undefined => {
  if (!/去年|上年|前一年/.test(question.text) || /[比增升降涨跌]|今年/.test(question.text)) return undefined
  const isBefore = ({ start }: Mention): boolean => BEFORE.test(plain.slice(0, start))
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && isBefore(mention))
  return isBefore(own) || more.length > 0 ? undefined : only
}
