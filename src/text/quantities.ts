import { numberOf } from './numerals.ts'
import { UNITS } from './units.ts'

/** A stretch of text that names an amount or a time. UTF-16 offsets. */
export interface Mention {
  readonly start: number
  readonly end: number
  /** The measure word without 万 or 亿, or '' when there is none: 个, 家, 元, %; % also for 三分之一. */
  readonly unit: string
  /** A figure by itself, which may be a part of a name or of a time: 24, 601933. */
  readonly bare?: true
}

const ABOUT = '(?:超过|超|逾|近|约|不少于|不低于|至少|突破)?(?:[数几上](?=[十百千万]))?'
const DIGITS = '[-−]?\\d[\\d,]*(?:\\.\\d+)?'
/** Not the 百分 of 百分点. */
const HAN_DIGITS =
  '(?:[二两三四五六七八九十百千万]+分之)?(?!百分)(?:十几|万(?=[余多])|[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?)'
const SCALE = '(?:[余多来]?[万亿千百]{1,2})?(?:[余多]|来(?=[个名人位岁天年户家]))?'
const UNIT = `(${UNITS.join('|')})`
const AFTER = '(?:以上|以下|以内|左右|上下)?'
const AMOUNT = new RegExp(`${ABOUT}(?:${DIGITS}|${HAN_DIGITS})${SCALE}(?:${UNIT})?${AFTER}`, 'g')

/** 一个, 一批, 一种 count nothing; 百分之一 and 一百 do. */
const NOTHING = /^一(?!百|千|万|亿)/

/**
 * Amounts with their unit and what hedges them: 超过6000人, 0.18%, 2.8万余个, 三批; 2019 alone is a year and the 180 of d180
 * a part of a name. Give folded text.
 */
export const quantities = (text: string): readonly Mention[] =>
  [...text.matchAll(AMOUNT)]
    .filter((match) => match[1] !== undefined || !/^(?:19|20)\d\d,?$/.test(match[0]))
    .filter((match) => match[1] !== undefined || !/[a-z]-?$/.test(text.slice(0, match.index)))
    .filter((match) => /\d|分之/.test(match[0]) || (match[1] !== undefined && !NOTHING.test(match[0])))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      unit: match[1] ?? unitBefore(text.slice(Math.max(0, match.index - 3), match.index), match[0]),
      ...(match[1] === undefined && /^[-−\d,.]+$/.test(match[0]) ? { bare: true as const } : {}),
    }))

/** Of an amount without a measure word: a share by its form, persons and households by the word before it. */
const unitBefore = (before: string, amount: string): string => {
  if (amount.includes('分之')) return '%'
  return /([人户])[数口]?(?:总数|达|为|约|已)*$/u.exec(before)?.[1] ?? ''
}

/** How large the first number of a folded text is; 0 where there is none. */
export const sizeOf = (text: string): number =>
  numberOf(/[\d.,零〇一二两三四五六七八九十百千万亿]+/u.exec(text)?.[0] ?? '')

const WHEN =
  /(?:(?:\d{4}|[一二三四五六七八九〇零]{4})年(?:底|初|末|上半年|下半年|第?[一二三四1-4]季度|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|[上中下]旬|[底初末]|份)?)?|\d{4}-\d{1,2}-\d{1,2}|(?:今年|去年|明年|前年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|[上中下]旬|[底初末]|份)?|\d{1,2}日|[去今明前]年(?:底|初|末|年底|年初|上半年|下半年)?|[上下]半年|[一二三四]季度|年[底初末]|\d{1,2}[时点](?:\d{1,2}分|半)?)/g

/** Dates and times of day: 2020年5月11日, 3月14日, 7月底, 今年上半年. Give folded text. */
export const moments = (text: string): readonly Mention[] =>
  [...text.matchAll(WHEN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    unit: '',
  }))

const SURNAMES =
  '习王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤聂欧康温牛葛章柴倪骆庞施裴辛管祝左涂符谷宁纪舒阮柯鲍安解耿卜齐滕毕冷鲁关岳单路迟曲宫隋'
/** One of the 143 surnames that most people in the news bear. */
export const isSurname = (character: string): boolean => character !== '' && SURNAMES.includes(character)

const ROLE =
  '记者|通讯员|主任|书记|市长|省长|县长|区长|局长|处长|部长|厅长|院长|校长|行长|董事长|总经理|经理|总裁|主席|会长|代表|委员|教授|专家|医生|老师|先生|女士|同志|负责人|创始人|工程师|队长|站长|村民|居民|市民|学生|作者|导演|教练|发言人|常委|秘书长'
const SAYS = '[，,、。；：:说称表介报对在率参摄（(认指告]|$'
/** After a role, or before what people do: jieba's tags miss most names, so the form decides. */
const PERSON = new RegExp(
  `(?:(?<=${ROLE})[${SURNAMES}][\\p{Script=Han}]{1,2}(?=${SAYS}|${ROLE}))|(?<![\\p{Script=Han}])[${SURNAMES}][\\p{Script=Han}]{1,2}(?=说|表示|介绍|认为|告诉|指出|透露|称)`,
  'gu',
)

/** Names of persons, by the forms they are told in: 记者杨少明报道, 负责人聂莹对…, 张伟介绍. Give folded text. */
export const persons = (text: string): readonly Mention[] =>
  [...text.matchAll(PERSON)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    unit: '',
  }))
