import type { Range } from '../../core/ranges.ts'
import { fold } from '../../text/fold.ts'
import { type Mention, quantities } from '../../text/quantities.ts'
import { UNITS } from '../../text/units.ts'
import { amountsTold } from '../question/kinds.ts'
import { askedUnits, fits } from '../question/measures.ts'
import type { Question } from '../question/question.ts'
import { clausesOf } from './clauses.ts'

/** What leads to an amount. */
export interface Lead {
  /** The characters before it, with or without 已达 and the like, that stand in the question in one piece. */
  readonly run: string
  /** What stands before those. */
  readonly before: string
}

/** A sentence with several amounts, and the one that was read in it. */
export interface Amounts {
  readonly question: Question
  /** The sentence, folded. */
  readonly plain: string
  readonly all: readonly Mention[]
  readonly own: Mention
  /** Of each. */
  readonly leads: ReadonlyMap<Mention, Lead>
}

/** Characters that may stand around an amount and still belong to it: 第九次, 30米每秒, 超过20万辆次. */
const AROUND = 4

/** Of a span that holds more than one amount the clause with the right one; of a clause of more words the amount alone. */
export const amountIn = (question: Question, text: string, span: Range, told: Range | null): Range => {
  const clauses = clausesOf(text, span)
  const isTold = ([start, end]: Range): boolean => told?.[0] === start || told?.[1] === end
  const amounts = clauses.map((clause) => amountsOf(question, text, clause))
  const chosen = [
    (ranges: readonly Range[]) => ranges.some(isTold),
    (ranges: readonly Range[]) => ranges.length > 0,
  ]
    .map((test) => amounts.findIndex(test))
    .find((i) => i >= 0)
  const [clause = span, own = []] = [clauses[chosen ?? 0], amounts[chosen ?? 0]]
  const amount =
    own.length === 1
      ? own[0]
      : (converted(question, text, own) ??
        changeAsked(question, text, own) ??
        followedByAsked(question, text, own))
  if (!amount) return clause
  const before = text.slice(clause[0], amount[0])
  const around = before + text.slice(amount[1], clause[1])
  const isSaidAgain = before.length > 1 && question.text.includes(before)
  const isBare = around.length <= AROUND && !/\d/.test(around) && !isSaidAgain
  return isBare ? withoutVerb(question, text, withoutCut(text, clause)) : amount
}

/** 25分钟立 of 25分钟立等可取 → 25分钟: how long, without one character that begins a word the span does not end. */
export const withoutCut = (text: string, [start, end]: Range): Range => {
  const { text: plain, offsets } = fold(text.slice(start, end))
  const { unit = '', end: last = 0 } = quantities(plain).at(-1) ?? {}
  const at = start + (offsets[last] ?? 0)
  const isCut =
    /(?:分钟|小时|工作日|个月)$/.test(unit) &&
    end - at === 1 &&
    /^(?![内后前多余整半起外里左])\p{Script=Han}{2}/u.test(text.slice(at))
  return [start, isCut ? at : end]
}

/** 2.5亿澳元 of 2.5亿澳元（约合12亿元人民币）, and the latter asked 合多少人民币. */
const converted = (
  question: Question,
  text: string,
  [first, second, ...more]: readonly Range[],
): Range | undefined => {
  if (!first || !second || more.length > 0) return undefined
  if (!/^[（(](?:大?约合?|折合|合)$/.test(text.slice(first[1], second[0]))) return undefined
  return /[约折]合|合(?:人民币|多少|[美欧日港]元)/.test(question.text) ? second : first
}

/** 5.2% of 1000亿元同比增长5.2%, asked 增长多少. */
const changeAsked = (
  { text: asked }: Question,
  text: string,
  amounts: readonly Range[],
): Range | undefined => {
  const [only, ...more] = amounts.filter((range) => /[%％点]$/u.test(text.slice(...range)))
  return ASKS_CHANGE.test(asked) && more.length === 0 ? only : undefined
}

/** Not 增长到多少, nor 增长多少亿元. */
const ASKS_CHANGE =
  /(?:增|涨|升|降|跌|减)[长加幅高低少]?了?(?:多少|几)(?:[?？]|$|%|个?百分)|[增涨升降跌减]幅/u

/** Two characters, not of 提高到, 下降为 or 同比增长. */
const FOLLOWING = /^(?![提增上下降涨升缩调同环比较])\p{Script=Han}{2}/u

/** 971人受伤 of 164人遇难、971人受伤, asked 受伤人数. */
const followedByAsked = (question: Question, text: string, amounts: readonly Range[]): Range | undefined => {
  const [only, ...more] = amounts.filter(([, end]) => {
    const [next] = FOLLOWING.exec(text.slice(end)) ?? []
    return next !== undefined && question.text.includes(next)
  })
  return more.length === 0 ? only : undefined
}

/** 花费5000元, GDP5000亿元 → 5000亿元 */
const VERB =
  /^(?:[A-Z]{3,}|价值|花费|花|耗资|达到|高达|多达|达|共计|总计|合计|共|总投资|投资|已有|有|为|是|(?:增长|下降|上涨|下跌)(?:了|到|至))了?(?=(?:[约近超逾]|不到|至少|大约)?\d)/
/** 600元钱, 600元的价格 → 600元, 7厘米高 → 7厘米 */
const MEASURED =
  /(?<=\d[\d.]*[万亿千]?元)钱$|的(?:价格|成绩|速度|规模|时间|高度)$|(?<=米)[高长宽深厚]$|(?<=[克斤吨])重$/

/** A fall stays said, unless it is asked for. */
const withoutVerb = (question: Question, text: string, [start, end]: Range): Range => {
  const told = text.slice(start, end)
  if (/^下[降跌]/.test(told) && !ASKS_FALL.test(question.text)) return [start, end]
  return [start + (VERB.exec(told)?.[0].length ?? 0), end - (MEASURED.exec(told)?.[0].length ?? 0)]
}

const ASKS_FALL = /[降跌减]/
const ASKS_RISE = /[增涨升变]/
const FALLS = /(?:(?:同比|环比)?(?:大幅|小幅|略有?|微))?(?:下降|下跌|减少|回落|负增长)了?$/u

/** 下降12.3% and not 12.3%, asked 增长多少. */
const withFall = ({ text: asked }: Question, text: string, [start, end]: Range, run: Range): Range => {
  if (!ASKS_RISE.test(asked) || ASKS_FALL.test(asked)) return [start, end]
  return [start - (FALLS.exec(text.slice(run[0], start))?.[0].length ?? 0), end]
}

/** Amounts that may answer, those in the unit asked for if there is one. */
const amountsOf = (question: Question, text: string, [from, to]: Range): readonly Range[] => {
  const { text: plain, offsets } = fold(text.slice(from, to))
  const fitting = amountsTold(question, plain).filter(
    (mention) => mention.unit !== '' && fits(question, mention),
  )
  const units = askedUnits(question)
  const asked = fitting.filter(({ unit }) => units.includes(unit))
  return (asked.length > 0 ? asked : fitting).map(({ start, end }) => [
    from + (offsets[start] ?? 0),
    from + (offsets[end] ?? 0),
  ])
}

const END = `\\d[\\d,]*(?:\\.\\d+)?[余多]?[万亿千百]{0,2}(${UNITS.join('|')})?`
/** 1600至1750万吨, 10万元至20万元, 18-25岁. Folded. */
const RANGE = new RegExp(`(?<![\\d.])${END}(?:[-~–至到]|—(?!—))${END}`, 'gu')

/** A span of a part of a range takes all of it; both ends are of one unit, or the first of none. */
const wholeRange = (text: string, [start, end]: Range, run: Range): Range => {
  const { text: plain, offsets } = fold(text.slice(...run))
  const at = (i: number): number => run[0] + (offsets[i] ?? 0)
  const [whole] = [...plain.matchAll(RANGE)]
    .filter(([, first, second]) => first === undefined || first === second)
    .map((match): Range => [at(match.index), at(match.index + match[0].length)])
    .filter(([low, high]) => low < end && start < high)
  return whole ? [Math.min(start, whole[0]), Math.max(end, whole[1])] : [start, end]
}

/** What limits an amount: 不低于640元. */
const LIMIT =
  /(?:至少|最[多少高低]|不(?:到|得?(?:低于|少于|超过|高于))|低于|高于|超过|逾|不足|接近|将近|大约|零下|零上)$/

/** With the other end of what it is the end of, a fall, and what limits it, where the question does not: 不能低于多少. */
export const wholeAmount = (question: Question, text: string, span: Range, run: Range): Range => {
  const [begin, end] = withFall(question, text, wholeRange(text, span, run), run)
  const [limit = ''] = LIMIT.exec(text.slice(run[0], begin)) ?? []
  const isSaid = question.text.includes(limit.startsWith('最') ? '最' : limit.slice(-2))
  return [isSaid ? begin : begin - limit.length, end]
}

/** Asks for a place in an order, which 首位 tells as well as an amount. Not 排放多少. */
export const ASKS_RANK = /第几(?![届次条轮期批章回])|名次|位次|排(?:名|行|在)?(?:第|老)?[几哪多]|排名/u
/** 上升了多少位 is no place. */
const MOVES = /[升降进退高]了?(?:多少|几)/
const RANK =
  /第[一二两三四五六七八九十\d]+(?:位|名)?$|首位|榜首|之首|前列|前[一二三四五六七八九十\d]+(?:位|名)?$/u

const ORDINAL = /(?<=[排列居位名行]|^)第[一二两三四五六七八九十\d]+(?:位|名)?$/u

/** 排第几 is told by a whole clause: 继续位居15个副省级城市首位. null when no clause tells it, or several. */
export const rankIn = (question: Question, text: string, span: Range, run: Range): Range | null => {
  if (!ASKS_RANK.test(question.text) || MOVES.test(question.text)) return null
  if (/^第\S+[^位名]$/u.test(text.slice(...span))) return null
  const [only, ...more] = clausesOf(text, run).filter(([start, end]) => RANK.test(text.slice(start, end)))
  if (!only || more.length > 0) return null
  if ((text.slice(...only).match(EACH_RANK) ?? []).length > 1) return wholeRank(text, span)
  const [ordinal] = ORDINAL.exec(text.slice(...only)) ?? []
  return ordinal === undefined ? only : [only[1] - ordinal.length, only[1]]
}

const EACH_RANK = /第[一二两三四五六七八九十\d]+/g

/** 73位 → 第73位 */
const wholeRank = (text: string, [start, end]: Range): Range => [
  text.charAt(start - 1) === '第' ? start - 1 : start,
  end,
]

/** A span that cuts an amount takes the whole of it: 5399 → 5399个, 30 of 30余份 → 30余份, 000人 of 3000人 → 3000人. */
export const withUnit = (text: string, [start, end]: Range): Range => {
  const from = Math.max(0, start - 12)
  const near = fold(text.slice(from, end + 12))
  const at = ({ start: low, end: high }: Mention): Range => [
    from + (near.offsets[low] ?? 0),
    from + (near.offsets[high] ?? 0),
  ]
  const [low, high] =
    quantities(near.text)
      .map(at)
      .find((amount) => amount[0] <= start && start < amount[1]) ?? []
  if (low === undefined || high === undefined) return [start, end]
  const isInside = /^(?:[\d.,]+|[一二三四五六七八九十百千]+)$/u.test(text.slice(low, start))
  return [isInside ? low : start, Math.max(end, high)]
}
