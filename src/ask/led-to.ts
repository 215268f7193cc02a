import type { Range } from '../core/ranges.ts'
import { fold } from '../text/fold.ts'
import { type Mention, quantities } from '../text/quantities.ts'
import type { Amounts } from './amount.ts'
import { askedUnits } from './kinds.ts'
import type { Question } from './question.ts'
import { respectively } from './respectively.ts'

/** The amount a question leads to rather than to the one read; undefined where this rule knows none. */
type Rule = (amounts: Amounts) => Mention | undefined

/**
 * The amount of the sentence `[from, to]` that the question leads to more than to the one read; the span as it is when
 * there is none, and when it holds several.
 */
export const amountLedTo = (question: Question, text: string, span: Range, [from, to]: Range): Range => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  const all = quantities(plain)
  const at = ({ start, end }: Mention): Range => [from + (offsets[start] ?? 0), from + (offsets[end] ?? 0)]
  const [own, ...more] = all.filter((mention) => at(mention)[0] < span[1] && span[0] < at(mention)[1])
  if (own === undefined || own.unit === '') return span
  const amounts: Amounts = { question, plain, all, own }
  const first = (rules: readonly Rule[]): Mention | undefined =>
    rules.reduce<Mention | undefined>((found, rule) => found ?? rule(amounts), undefined)
  const inside = first(WITHIN)
  const led = first(ANY) ?? (more.length === 0 || (inside && more.includes(inside)) ? inside : undefined)
  return led === undefined || (led === own && more.length === 0) ? span : at(led)
}

/** Between a measure and its amount: 复工率已达100%. */
const LEADS_TO = /(?:已|约|共|也|仅|就|均|还|又)*(?:达到|达|为|是|有|到|至|超过|超|近|逾|增长|下降|突破)*$/
/** Characters right before an amount that are the question's as well, for the amount to be the one it asks for. */
const LED = 3

/** What leads to an amount. */
interface Lead {
  /** The characters before it, with or without 已达 and the like, that stand in the question in one piece. */
  readonly run: string
  /** What stands before those. */
  readonly before: string
}

const leadTo = ({ text }: Question, plain: string, { start }: Mention): Lead => {
  const asked = [text, text.replaceAll('的', '')]
  const [whole, bare] = [plain.slice(0, start), plain.slice(0, start).replace(LEADS_TO, '')].map(
    (lead): Lead => {
      let size = 0
      while (size < lead.length && asked.some((one) => one.includes(lead.slice(-size - 1)))) size++
      return { run: lead.slice(lead.length - size), before: lead.slice(0, lead.length - size) }
    },
  ) as [Lead, Lead]
  return whole.run.length > bare.run.length ? whole : bare
}

/** Of 森林公园14处，其中国家级10个 the part that is asked about, and no other once that is read. */
const partAskedFor: Rule = ({ question, plain, all, own }) => {
  const partOf = (whole: Mention): Mention | undefined =>
    all.find(
      ({ start }) =>
        start > whole.end && isPartOf(question, plain.slice(0, start), leadTo(question, plain, whole).run),
    )
  return all.some((whole) => partOf(whole) === own) ? own : partOf(own)
}

const isPartOf = ({ text }: Question, before: string, whole: string): boolean => {
  const clause = before.replace(LEADS_TO, '').split(/[，,、；;]/)
  const part = (clause.at(-1) ?? '').replace(/^其中/, '')
  return part !== '' && whole.length >= LED && text.includes(part + whole)
}

/** What stands before, of the same clause: 市 of 市级. */
const LAST = /[\p{L}\p{N}]{1,2}$/u

/**
 * The amount that more of the question's words lead up to: of 国家级自然保护区4个，市级自然保护区6个 asked for
 * 国家级自然保护区 the first. In the unit of the one read or the one asked for, in any when nothing leads to the one read
 * and no unit is asked for.
 */
const ledFurther: Rule = ({ question, plain, all, own }) => {
  const leads = new Map(all.map((mention) => [mention, leadTo(question, plain, mention)]))
  const runOf = (mention: Mention): string => leads.get(mention)?.run ?? ''
  const { run, before } = leadTo(question, plain, own)
  const [other] = before.replace(/[有是为共]+$/, '').match(LAST) ?? []
  if (other === undefined ? run.length < LED : question.text.includes(other)) return undefined
  const units = [own.unit, ...askedUnits(question)]
  const isAnyUnit = run === '' && askedUnits(question).length === 0
  const better = all.filter(
    (mention) =>
      (units.includes(mention.unit) || (isAnyUnit && runOf(mention).length > LED)) &&
      runOf(mention).length >= LED &&
      runOf(mention).length > run.length &&
      runOf(mention).endsWith(run) &&
      !question.text.includes(plain.slice(mention.start, mention.end)),
  )
  const most = Math.max(...better.map((mention) => runOf(mention).length))
  const near = better.filter((mention) => runOf(mention).length === most)
  const isWhole = (mention: Mention): boolean => UNQUALIFIED.test(leads.get(mention)?.before ?? '')
  const whole = near.filter(isWhole)
  const closest = whole.length === 1 ? whole : near
  const general = all.filter(
    (mention) => mention.unit === own.unit && run.length >= LED && runOf(mention) === run && isWhole(mention),
  )
  const [best, ...equal] = closest.length > 0 ? closest : general
  if (best === undefined || equal.length > 0) return undefined
  return partAskedFor({ question, plain, all, own: best }) ?? best
}

/** 有自然保护区11个, not 市级自然保护区6个: what a question without 市级 asks for. */
const UNQUALIFIED = /(?:^|[有是为共，,、；;：:])$/

const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)(?=年|\D*$)|[去今前明]年/g

/** 从2014年的4600元提高到2025年的24600元, asked for 2025年: the amount behind the year asked about. */
const ofAskedYear: Rule = ({ question, plain, all, own }) => {
  const [year, ...years] = question.text.match(YEAR) ?? []
  const yearOf = ({ start }: Mention): string | undefined => plain.slice(0, start).match(YEAR)?.at(-1)
  const told = yearOf(own)
  if (year === undefined || years.length > 0 || told === undefined || told === year) return undefined
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && yearOf(mention) === year)
  return more.length === 0 ? only : undefined
}

/** What is asked of a thing's size, and what stands before such an amount: 高1080米，最宽处达1100米. */
const SIDES: readonly (readonly [asked: RegExp, told: RegExp])[] = [
  [/多高|高度/, /高度?(?:达到?|约|为|有)?$/],
  [/多长|长度/, /长度?(?:达到?|约|为|有)?$/],
  [/多宽|宽度/, /宽处?度?(?:达到?|约|为|有)?$/],
  [/多深|深度/, /深处?度?(?:达到?|约|为|有)?$/],
]

const onAskedSide: Rule = ({ question, plain, all, own }) => {
  const [, told] = SIDES.find(([asked]) => asked.test(question.text)) ?? []
  const isTold = ({ start }: Mention): boolean => told?.test(plain.slice(0, start)) ?? false
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && isTold(mention))
  return isTold(own) || more.length > 0 ? undefined : only
}

const ASKS_SHARE = /比例|占比|比重|份额/
const GROWTH = /[增升降涨跌长][长加幅高]?[了约达近超]{0,2}$/

/** A growth is no share. */
const ofShare: Rule = ({ question, plain, all, own }) => {
  if (!ASKS_SHARE.test(question.text) || /[增升降涨跌]/.test(question.text)) return undefined
  const isGrowth = ({ start }: Mention): boolean => GROWTH.test(plain.slice(0, start))
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && !isGrowth(mention))
  return isGrowth(own) && more.length === 0 ? only : undefined
}

/** What leads out of a span with several amounts too, and what only chooses among those. */
const ANY: readonly Rule[] = [respectively, partAskedFor]
const WITHIN: readonly Rule[] = [ofAskedYear, onAskedSide, ofShare, ledFurther]
