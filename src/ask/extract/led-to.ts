import type { Range } from '../../core/ranges.ts'
import { fold } from '../../text/fold.ts'
import { type Mention, quantities } from '../../text/quantities.ts'
import { pairsOf } from '../../text/words.ts'
import { askedUnits } from '../question/measures.ts'
import type { Question } from '../question/question.ts'
import { withoutCompared } from '../question/times.ts'
import type { Amounts, Lead } from './amount.ts'
import { besideNoun, notTheFormer, ofYearBefore } from './beside.ts'
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
  if (own === undefined || own.unit === '' || all.length > MANY) return span
  const leads = new Map(all.map((mention) => [mention, leadTo(question, plain, mention)]))
  const amounts: Amounts = { question, plain, all, own, leads }
  const first = (rules: readonly Rule[]): Mention | undefined =>
    rules.reduce<Mention | undefined>((found, rule) => found ?? rule(amounts), undefined)
  const inside = first(WITHIN)
  const led = first(ANY) ?? (more.length === 0 || (inside && more.includes(inside)) ? inside : undefined)
  return led === undefined || (led === own && more.length === 0) ? span : at(led)
}

/** Amounts of a sentence; one with more is a table, and comparing all of them takes long. */
const MANY = 40

/** Between a measure and its amount: 复工率已达100%. */
const LEADS_TO = /[已约共也仅就均还又]{0,3}(?:达到|达|为|是|有|到|至|超过|超|近|逾|增长|下降|突破){0,3}$/
/** Characters right before an amount that are the question's as well, for the amount to be the one it asks for. */
const LED = 3

const NOTHING: Lead = { run: '', before: '' }

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

/** Of 森林公园14处，其中国家级10个 the part that is asked about (森林公园里国家级的 too), and no other once that is read. */
const partAskedFor: Rule = ({ question, plain, all, own, leads }) => {
  const partOf = (whole: Mention): Mention | undefined =>
    all.find(({ start, unit }) => {
      const [before, run] = [plain.slice(0, start), leads.get(whole)?.run ?? '']
      if (start <= whole.end || /[；;。]/.test(plain.slice(whole.end, start))) return false
      return isPartOf(question, before, run) || (unit === whole.unit && isGradeOf(question, before, run))
    })
  return all.some((whole) => partOf(whole) === own) ? own : partOf(own)
}

const isPartOf = ({ text }: Question, before: string, whole: string): boolean => {
  const part = partBefore(before)
  return part !== '' && whole.length >= LED && text.includes(part + whole)
}

const partBefore = (before: string): string =>
  (
    before
      .replace(LEADS_TO, '')
      .split(/[，,、；;]/)
      .at(-1) ?? ''
  ).replace(/^其中/, '')

/** 其中省级湿地公园3个, asked of 湿地公园里省级的. */
const isGradeOf = ({ text }: Question, before: string, whole: string): boolean => {
  const part = partBefore(before)
  const [grade] = (whole.length >= LED && /^\p{Script=Han}{1,3}级(?=.)/u.exec(part)) || []
  if (grade === undefined || !part.endsWith(whole)) return false
  return text.includes(`${grade}的`) && text.includes(whole)
}

/** What stands before, of the same clause: 市 of 市级. */
const LAST = /[\p{L}\p{N}]{1,2}$/u

/**
 * The amount that more of the question's words lead up to: of 国家级自然保护区4个，市级自然保护区6个 asked for
 * 国家级自然保护区 the first. In the unit of the one read or the one asked for, in any when nothing leads to the one read
 * and no unit is asked for.
 */
const ledFurther: Rule = ({ question, plain, all, own, leads }) => {
  const runOf = (mention: Mention): string => leads.get(mention)?.run ?? ''
  const { run, before } = leads.get(own) ?? NOTHING
  const [other] = before.replace(/[有是为共]+$/, '').match(LAST) ?? []
  if (other === undefined ? run.length < LED : question.text.includes(other)) return undefined
  const units = [own.unit, ...askedUnits(question)]
  const isAnyUnit = run === '' && askedUnits(question).length === 0
  const better = all.filter(
    (mention) =>
      !isOfElse(question, plain, mention) &&
      (units.includes(mention.unit) || (isAnyUnit && runOf(mention).length > LED)) &&
      runOf(mention).length >= LED &&
      runOf(mention).length > run.length &&
      runOf(mention).endsWith(run.replace(LEADS_TO, '')) &&
      !question.text.includes(plain.slice(mention.start, mention.end)),
  )
  const most = Math.max(...better.map((mention) => runOf(mention).length))
  const near = better.filter((mention) => runOf(mention).length === most)
  const isWhole = (mention: Mention): boolean => UNQUALIFIED.test(leads.get(mention)?.before ?? '')
  const whole = near.filter(isWhole)
  const closest = whole.length === 1 ? whole : near
  const general = all.filter(
    (mention) =>
      !isOfElse(question, plain, mention) &&
      mention.unit === own.unit &&
      run.length >= LED &&
      runOf(mention) === run &&
      isWhole(mention),
  )
  const [best, ...equal] = closest.length > 0 ? closest : general
  if (best === undefined || equal.length > 0) return undefined
  return partAskedFor({ question, plain, all, own: best, leads }) ?? best
}

/** Is the amount of the year before, or of all the country where that is not asked for? */
const isOfElse = ({ text }: Question, plain: string, { start }: Mention): boolean => {
  const clause =
    plain
      .slice(0, start)
      .split(/[，,。；;]/)
      .at(-1) ?? ''
  const [whole] = /全[国省球]/.exec(clause) ?? []
  return /(?:去年|上年)同期/.test(clause) || (whole !== undefined && !text.includes(whole))
}

/** 有自然保护区11个, not 市级自然保护区6个: what a question without 市级 asks for. */
const UNQUALIFIED = /(?:^|[有是为共，,、；;：:])$/

/** Years as they are told, with 年 behind. */
const TOLD_YEAR = /(?<!\d)(?:19|20)\d\d(?=年)|[去今前明]年/g

/** 从2014年的4600元提高到2025年的24600元, asked for 2025年: the amount behind the year asked about. */
const ofAskedYear: Rule = ({ question, plain, all, own }) => {
  const [year, ...years] = question.text.match(TOLD_YEAR) ?? []
  const dated = withoutCompared(plain)
  const yearOf = ({ start }: Mention): string | undefined => dated.slice(0, start).match(TOLD_YEAR)?.at(-1)
  const told = yearOf(own)
  if (year === undefined || years.length > 0 || told === undefined || told === year) return undefined
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && yearOf(mention) === year)
  return more.length === 0 ? only : undefined
}

/** What is asked of a thing's size, and what stands before such an amount: 高1080米，最宽处达1100米. */
const SIDES: readonly (readonly [asked: RegExp, told: RegExp])[] = [
  [/多高|高度/, /(?<![偏增抬升提加调]|比[^，,]{0,8})高处?度?(?:达到?|约|为|有)?$/],
  [/多长|长度/, /(?<![增延加拉时]|比[^，,]{0,8})长度?(?:达到?|约|为|有)?$/],
  [/多宽|宽度/, /(?<![增加拓]|比[^，,]{0,8})宽处?度?(?:达到?|约|为|有)?$/],
  [/多深|深度/, /(?<![增加]|比[^，,]{0,8})深处?度?(?:达到?|约|为|有)?$/],
]

const onAskedSide: Rule = ({ question, plain, all, own }) => {
  const [, told] = SIDES.find(([asked]) => asked.test(question.text)) ?? []
  const isTold = ({ start }: Mention): boolean => told?.test(plain.slice(0, start)) ?? false
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && isTold(mention))
  if (!/[米里尺]$/.test(own.unit)) return undefined
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

/** 大幅领先比亚迪（16.1%）, asked for 比亚迪. */
const inBrackets: Rule = ({ question, plain, all, own }) => {
  const isNamed = ({ start }: Mention): boolean => {
    const [, name = ''] = /([\p{L}\p{N}]{2,})[（(]$/u.exec(plain.slice(0, start)) ?? []
    return name !== '' && question.text.includes(name.slice(-NAME))
  }
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && isNamed(mention))
  return isNamed(own) || more.length > 0 ? undefined : only
}

/** Last characters of a name that stand in the question. */
const NAME = 3

/** 3亿元用于总部大楼，2亿元用于补充资金, asked what is spent on the former. */
const forPurpose: Rule = ({ question, plain, all, own }) => {
  const sharedBy = ({ end }: Mention): number => {
    const [, purpose] =
      /^(?:将|都|全部)?(?:用于|用来|用在|投向|拨给)([^，,。；;]+)/.exec(plain.slice(end)) ?? []
    if (purpose === undefined) return -1
    return pairsOf(purpose).filter((pair) => question.text.includes(pair)).length
  }
  if (sharedBy(own) !== 0) return undefined
  const [only, ...more] = all.filter((mention) => mention.unit === own.unit && sharedBy(mention) > 0)
  return more.length === 0 ? only : undefined
}

const CHANGE = /(?:增加|减少|上升|下降|增长|提高|降低|多|少)了?$/
const ASKS_MOVE = /[增减升降涨跌变][加少长幅]?|提高|[多少高低]了|比/u

/** 污染日为14天，…减少9天, asked for 污染天数: not how far it moved but the one whose clause is more of the question. */
const notTheChange: Rule = ({ question, plain, all, own }) => {
  const isChange = ({ start }: Mention): boolean => CHANGE.test(plain.slice(0, start))
  if (!isChange(own) || ASKS_MOVE.test(question.text.replace(/多少/g, ''))) return undefined
  const shared = (mention: Mention): number => {
    const clause =
      plain
        .slice(0, mention.start)
        .split(/[，,。；;、]/)
        .at(-1) ?? ''
    return pairsOf(clause).filter((pair) => question.text.includes(pair)).length
  }
  const others = all.filter(
    (mention) => mention.unit === own.unit && !isChange(mention) && shared(mention) > 0,
  )
  const most = Math.max(...others.map(shared))
  const [best, ...equal] = others.filter((mention) => shared(mention) === most)
  return equal.length === 0 ? best : undefined
}

/** What leads out of a span with several amounts too, and what only chooses among those. */
const ANY: readonly Rule[] = [respectively, partAskedFor]
const WITHIN: readonly Rule[] = [
  ofYearBefore,
  notTheFormer,
  ofAskedYear,
  onAskedSide,
  ofShare,
  inBrackets,
  forPurpose,
  notTheChange,
  ledFurther,
  besideNoun,
]
