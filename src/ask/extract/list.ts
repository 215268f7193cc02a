import type { Range } from '../../core/ranges.ts'
import { numberOf } from '../../text/numerals.ts'
import type { Question } from '../question/question.ts'

/** The list that a span of a list is part of, inside `run`. */
export const listIn = (question: Question, text: string, span: Range, run: Range): Range =>
  glossOf(question, text, run) ??
  listedBehind(question, text, span, run) ??
  endingAlike(question, text, span, run) ??
  countedList(question, text, run) ??
  beforeEtc(text, allListed(text, withPair(text, span, run), run))

/** The kind of thing whose list is asked for: 片区 of 由哪几个片区组成. */
const ASKS_KIND =
  /(?:哪几|哪些|哪[两三四五六七八九十])[个家所座条项款种支部]?(?<kind>\p{Script=Han}{2})(?:组成|构成|$|[?？])/u

/** 包含甲片区、乙片区和丙片区, asked 由哪几个片区组成, when what was read is no list; null when there is none, or several. */
const endingAlike = (
  question: Question,
  text: string,
  [start, end]: Range,
  [from, to]: Range,
): Range | null => {
  const kind = ASKS_KIND.exec(question.text)?.groups?.['kind']
  const read = text.slice(Math.max(from, start - 1), Math.min(to, end + 1))
  if (kind === undefined || read.includes('、') || read.includes(kind)) return null
  const item = `[^，。；、,;:：和及与]{1,14}?${kind}`
  const [only, ...more] = [
    ...text
      .slice(from, to)
      .matchAll(
        new RegExp(
          `(?:(?<=包含|包括|涵盖|下辖|分为)|(?<=由)(?=[^，。；]+[组构]成))${item}(?:、${item})+(?:[和及与]${item})?`,
          'gu',
        ),
      ),
  ]
  return only && more.length === 0 ? [from + only.index, from + only.index + only[0].length] : null
}

/** “甲” of “甲”和“乙”, and of “甲”“乙”“丙” → all. */
const withPair = (text: string, span: Range, run: Range): Range => {
  const [start, end] = inMarks(text, span)
  const [before = ''] =
    /(?:[“《][^“”《》]{2,30}[”》](?:和|与|及|以及|、)?)+$/u.exec(text.slice(run[0], start)) ?? []
  const [after = ''] =
    /^(?:(?:和|与|及|以及|、)?[“《][^“”《》]{2,30}[”》])+/u.exec(text.slice(end, run[1])) ?? []
  return /^[“《].*[”》]$/u.test(text.slice(start, end)) ? [start - before.length, end + after.length] : span
}

const inMarks = (text: string, [start, end]: Range): Range =>
  /^(?:“”|《》)$/u.test(text.charAt(start - 1) + text.charAt(end)) ? [start - 1, end + 1] : [start, end]

const ASKS_MEANING =
  /(?:[是指](?:的是)?哪[几两俩三四五六七八九](?:个|样|条|件|项|种)?.{0,3}|(?:什么|啥)(?:意思|含义|概念)|指(?:的是)?(?:什么|啥)|是(?:什么|啥)|怎么理解|如何理解)$/

/** What “两先区”（甲和乙） means and what “四个一” are, asked of the name itself; null for another question. */
export const glossOf = (question: Question, text: string, run: Range): Range | null => {
  if (!ASKS_MEANING.test(question.text.replace(/[?？]$/, ''))) return null
  const plain = unmarked(question)
  const asks = (name: string): boolean =>
    plain.includes(name) && !/的(?!意思|含义|是)/u.test(plain.slice(plain.lastIndexOf(name) + name.length))
  return bracketedBehind(GLOSSED, asks, text, run) ?? countedList(question, text, run)
}

const GLOSSED = /[“「]([^“”「」]{2,12})[”」][（(]([^（()）]{4,})[)）]/gu

/** What a bracket holds behind the only name of a form (name first, then what is in the bracket) that the question `asks` for. */
const bracketedBehind = (
  form: RegExp,
  asks: (name: string) => boolean,
  text: string,
  [from, to]: Range,
): Range | null => {
  const [only, ...more] = [...text.slice(from, to).matchAll(form)].filter(([, name = '']) => asks(name))
  if (!only || more.length > 0) return null
  const end = from + only.index + only[0].length - 1
  return [end - (only[2] ?? '').length, end]
}

const unmarked = ({ text }: Question): string => text.replace(/[“”"《》]/g, '')

/** “四个一” is four things; where as many are listed right before the name, those are they. */
const COUNTED =
  /(?<=[，。；：,;:]|以|即|通过|用|了)((?:[^，。；：、,;:“”]{2,16}、)+[^，。；：、,;:“”]{2,16}?)(?:的|等)?“([两二三四五六七八九十])[个\p{Script=Han}][^”]{0,8}”/gu

const countedList = (question: Question, text: string, [from, to]: Range): Range | null => {
  const found = [...text.slice(from, to).matchAll(COUNTED)].find(
    ([whole, list = '', number = '']) =>
      question.text.includes(whole.slice(whole.lastIndexOf('“') + 1, -1)) &&
      list.split(/[、和]/).length === numberOf(number),
  )
  if (!found) return null
  const [, list = ''] = found
  const lead = leadOf(list.split(/[、和]/))
  return [from + found.index + lead, from + found.index + list.length]
}

/** Characters before the first thing of a list whose things all begin alike: 严格落实 of 严格落实一个项目、一名领导. */
const leadOf = ([first = '', ...others]: readonly string[]): number => {
  const head = others[0]?.charAt(0) ?? ''
  return others.every((thing) => thing.startsWith(head)) ? Math.max(0, first.indexOf(head)) : 0
}

/** What is in brackets behind the thing asked about: 市内四区（中山区、西岗区、沙河口区、甘井子区）. */
const BRACKETED = /(?<![\p{L}\p{N}])([\p{L}\p{N}]+)[”》」]?[（(]([^（()）]*、[^（()）]*)[)）]/gu
/** Characters before the bracket that the question has as well, at least. */
const NAMED = 4

const listedBehind = (question: Question, text: string, span: Range, run: Range): Range | null => {
  const plain = unmarked(question)
  const asks = (name: string): boolean => name.length >= NAMED && plain.includes(name.slice(-NAMED))
  const found = bracketedBehind(BRACKETED, asks, text, run)
  const isOther = found !== null && (span[1] <= found[0] || found[1] <= span[0])
  return isOther && text.slice(...span).includes('、') ? null : found
}

/** What stands before a list and is none of it: 放流品种包括, 品种有; not the first of 有色金属 or 华为, nor 国有. */
const LEAD =
  /^.*?(?:包括|包含|涵盖|分别[为是]|邀请了?|禁止|严禁)(?=..)|^.{2,}?(?:(?<!华)为|是|(?<![国特所公私原稀专民])有(?![色限关])|了(?!解))(?=..)|^即(?=..)/u

/** What a list of things is followed by: 瓦房店市、庄河市派代表参加了会议. */
const DOES = /(?<=..)(?:派|参加|受到|获得|开展|举行|[将都均已也了]).*$/u

/** 庄河市 of 瓦房店市、庄河市 → both: a span that begins or ends at 、 takes what is listed with it. */
const allListed = (text: string, [start, end]: Range, run: Range): Range => {
  const isListed = text.slice(Math.max(run[0], start - 1), Math.min(run[1], end + 1)).includes('、')
  if (!isListed) return [start, end]
  const before =
    /(?:(?<![\p{L}\p{N}“”《》&·-])[\p{L}\p{N}“”《》&·-]{2,12}(?:[（(][^（()）]{1,6}[)）])?、)+(?:[\p{L}\p{N}&·-]{0,8}(?=$))?$/u.exec(
      text.slice(run[0], start),
    )?.[0] ?? ''
  const after = /^(?:、[\p{L}\p{N}“”《》]{2,12}(?=[、，。；等和]))+/u.exec(text.slice(end, run[1]))?.[0] ?? ''
  const last = after.slice(after.lastIndexOf('、') + 1)
  const does = DOES.exec(last)?.[0] ?? ''
  const lead = LEAD.exec(before.split('、')[0] ?? '')?.[0] ?? ''
  return [start - before.length + lead.length, end + after.length - does.length]
}

/** 甲、乙等十个产业 → 甲、乙; not of 一等奖、二等奖 or 低温等离子. */
const ETC = /^.+?、.+?(?=(?<![高平中初同优均特几劣]|(?<![周期])[一二三四五六])等(?![级于待候离额奖座舱]))/u

const beforeEtc = (text: string, [start, end]: Range): Range => {
  const listed = ETC.exec(text.slice(start, end))
  return [start, listed ? start + listed[0].length : end]
}
