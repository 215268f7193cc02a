import type { Range } from '../../core/ranges.ts'
import { folded } from '../../text/fold.ts'
import { quantities, sizeOf } from '../../text/quantities.ts'
import { pairsOf } from '../../text/words.ts'
import { onlyMentions } from '../question/identity.ts'
import type { Question } from '../question/question.ts'
import type { Choice } from './extract.ts'

/** Words that never mean the same thing; the answer's clause has those of one side, the question those of the other. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/收入/, /支出/],
  [/(?<!进)出口/, /进口/],
  [/城镇|城市居民/, /农村|乡村/],
  [/死亡|遇难|丧生|罹难|死了/, /受伤|伤者|轻伤|重伤/],
  [/男/, /女/],
  [/流入/, /流出/],
  [/顺差/, /逆差/],
  [/开盘/, /收盘/],
  [/最高/, /最低/],
  [/汽油/, /柴油/],
  [/存款/, /贷款/],
  [/同比/, /环比/],
  [/线上/, /线下/],
  [/高中/, /初中/],
  [/确诊/, /治愈|出院/],
  [/白天/, /夜间|夜里/],
]

/** Do sentences tell what the question does not ask: of their amount its opposite or a sum, of a thing no more than its name? */
export const isContrary = (question: Question, text: string, { start, end, answer }: Choice): boolean => {
  const { type, text: asked } = question
  const told = text.slice(start, end)
  if (onlyMentions(question, told)) return true
  if (isOfOtherSize(asked, told)) return true
  const own: Range = answer === null ? [0, 0] : [answer[0] - start, answer[1] - start]
  if (type === 'who') return isOfOtherRole(asked, told, own)
  if (type !== 'number') return false
  if (isWholeForEach(asked, told)) return true
  if (answer === null) return false
  const clause = clauseAround(told, own)
  return (
    isFarTooMuch(asked, told, own) ||
    isOpposite(asked, clause) ||
    isBothWays(asked, clause) ||
    isNoDifference(asked, clause) ||
    isNoDeath(asked, told) ||
    isOfMany(asked, told, own) ||
    isOfCounted(asked, told, own)
  )
}

const SIZED = /^(?:吨|升|米|公里|千米|毫米|平方.*|公顷|亩|[千兆]?瓦|[km]w|英寸|岁)$/
/** More or less than what is said. */
const ROUGH = /[超近约过逾足]|大于|小于|不到|以上|以下|左右|多$|级/u

/** Sizes that differ by this share may be rounded from the same one. */
const SAME = 0.1

/** A ship of 30.8万吨, asked for the plant of 35万吨. */
const isOfOtherSize = (asked: string, told: string): boolean => {
  const sizes = quantities(asked).filter(({ start, end, unit }) => {
    const around = asked.slice(Math.max(0, start - 2), end + 2)
    return SIZED.test(unit) && /\d/.test(asked.slice(start, end)) && !ROUGH.test(around)
  })
  const [only, ...more] = sizes
  if (!only || more.length > 0) return false
  const plain = folded(told)
  const others = quantities(plain).filter(({ unit }) => unit === only.unit)
  const size = sizeOf(asked.slice(only.start, only.end))
  const isNear = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    Math.abs(sizeOf(plain.slice(start, end)) - size) <= SAME * size
  return others.length > 0 && !others.some(isNear)
}

const clauseAround = (text: string, [start, end]: Range): string => {
  const before =
    text
      .slice(0, start)
      .split(/[，,；;。：:]/u)
      .at(-1) ?? ''
  const [after = ''] = text.slice(end).split(/[，,；;。]/u)
  return before + text.slice(start, end) + after
}

const isOpposite = (asked: string, clause: string): boolean =>
  OPPOSITES.some((pair) =>
    [pair, [...pair].reverse()].some(
      ([one, other]) => one?.test(asked) && !other?.test(asked) && other?.test(clause) && !one?.test(clause),
    ),
  )

/** 进出口1419亿元, asked for 出口. */
const isBothWays = (asked: string, clause: string): boolean => {
  const [way] = /(?<!进)出口(?!处)|进口/.exec(asked) ?? []
  return (
    way !== undefined &&
    !asked.includes('进出口') &&
    /进出口/.test(clause) &&
    !clause.replaceAll('进出口', '').includes(way)
  )
}

/** 比一季度多多少, 比去年高了几个点 */
const ASKS_DIFFERENCE =
  /(?<![同环占对百])比(?![例重率赛值分])[^，。]{1,20}?[多少高低长短快慢重轻大小贵早晚][了出]?(?:多少|几)/u
const DIFFERS = /[比较差增减升降涨跌超翻缩扩倍幅快慢多少高低早晚提延]/u

/** 以67.6%占据榜首, asked how much more it is than before; 增长15.4%, asked how much more than in all the country. */
const isNoDifference = (asked: string, clause: string): boolean => {
  if (!ASKS_DIFFERENCE.test(asked)) return false
  const [, all = ''] = /比(全[国省市球])/.exec(asked) ?? []
  return !DIFFERS.test(clause) || !(clause.includes(all) || clause.includes('平均'))
}

const ASKS_DEATHS = /(?:死了?|死亡|遇难|丧生|罹难|身亡|丧命)(?:了|的)?(?:多少|几|人数)/u
const DEATH = /死(?!角|亡?风险)|亡(?!风险)|难|丧|罹|殒|牺牲|去世|遇害|夺|生命|致命|毙/u

/** 疏散3100多人, asked how many died. */
const isNoDeath = (asked: string, text: string): boolean => ASKS_DEATHS.test(asked) && !DEATH.test(text)

const EACH = '[台人户亩吨斤克套辆张次件只头位家个]'
const ASKS_EACH = new RegExp(`每${EACH}.*(?:多少钱|多少元|多少块|几[十百千万]*[元块])`, 'u')
const TELLS_EACH = new RegExp(`[每均/／]|不等|单[价台张件]|[一1]${EACH}`, 'u')

/** 每台补多少钱 is told with 每, 均 or 单价. */
const isWholeForEach = (asked: string, text: string): boolean =>
  ASKS_EACH.test(asked) && !TELLS_EACH.test(text)

/** 2.18亿元, asked what is paid each month. */
const isFarTooMuch = (asked: string, text: string, [start, end]: Range): boolean =>
  /每个?[月天日].*(?:多少钱|多少元|几[十百千]*[元块])/u.test(asked) &&
  /[万亿]/.test(text.slice(start, end)) &&
  !/[每均/／]|[月日]薪/u.test(text)

/** 来自傣族、佤族、藏族等5个民族的共44名, asked how many are 佤族. */
const MANY =
  /(?<from>来自|[由从在向给])?(?<list>(?:[\p{L}\p{N}“”]{2,10}、)+[\p{L}\p{N}“”]{2,10}?(?:(?:[和与及]|以及)[\p{L}\p{N}“”]{2,10}?)?)等?[^，。；、]{0,10}?，?[^，。；、]{0,8}?(?:[共总]|合计|累计)[^，。；、]{0,6}$/u

/** Characters before an amount in which those it is the sum of are listed. */
const REACH = 120

const isOfMany = (asked: string, text: string, [start]: Range): boolean => {
  if (/[共总]|合计|累计|一起|各/.test(asked)) return false
  const { from, list = '' } = MANY.exec(text.slice(Math.max(0, start - REACH), start))?.groups ?? {}
  const items = list.split(/[、和与及]/u)
  const [only, ...more] = [...items.keys()].filter((i) =>
    pairsOf(items[i] ?? '').some(
      (pair) => asked.includes(pair) && items.every((item, k) => k === i || !item.includes(pair)),
    ),
  )
  return more.length === 0 && only !== undefined && (only > 0 || from !== undefined)
}

/** 总投资500亿元的28个沉淀项目, asked what one tunnel costs. */
const COUNTED = /^的(?<count>\d+)(?:[余多])?[个项家座条所](?<thing>\p{Script=Han}{2,8})/u
/** Of these there are many sorts: 沉淀项目 is no 炼化项目. */
const ANY_SORT = /项目|工程|企业|公司|单位/

const isOfCounted = (asked: string, text: string, [, end]: Range): boolean => {
  const { count, thing = '' } = COUNTED.exec(text.slice(end))?.groups ?? {}
  if (count === undefined || asked.includes(count)) return false
  const isAnySort = thing.search(ANY_SORT) === 0
  return !pairsOf(thing).some((pair) => asked.includes(pair) && (isAnySort || !ANY_SORT.test(pair)))
}

const ROLE =
  /(?<![副原前])(书记|[市省县区局院校会部处厅行]长|主任|主席|总统|总理|总经理|董事长)(?:是谁|叫什么|是哪位)/u

/** What is said right before a name: 人事部负责人聂莹. */
const OTHER_ROLE = /(?:负责人|书记|\p{Script=Han}长|主任|主席|总统|总理|经理|总监|职工|员工|工人|记者)$/u

/** 县委副书记段晓赛, asked who is 书记, and 人事部负责人聂莹, asked who is 董事长. */
const isOfOtherRole = (asked: string, text: string, [start]: Range): boolean => {
  const [, role] = ROLE.exec(asked) ?? []
  if (role === undefined || new RegExp(`(?<![副原前])${role}`).test(text)) return false
  return text.includes(role) || OTHER_ROLE.test(text.slice(0, start))
}
