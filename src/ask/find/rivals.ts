import type { Segmenter } from '../../core/ports.ts'
import { numberOf } from '../../text/numerals.ts'
import { CITIES, isKnownPlace, PROVINCES, placesIn } from '../../text/places.ts'
import { type Mention, quantities } from '../../text/quantities.ts'

/** 第三届, 13号线, 二期, 10年期, 7.1级: one of a row, told apart by its number alone. */
const NUMBERED =
  /(?<![新上下这那全各])(?:首|第?(\d+(?:\.\d+)?|[一二三四五六七八九十百]+))(届|号线|年?期(?!间|货|待|限|望)|级(?<=\.\d+级)|批|轮(?!胎|船))/g
/** Characters of an organisation's name, at least; shorter ones are too often other words. */
const NAME = 3

/** Telephone companies are named by words that mean other things too, but behind 中国 or a place: 大连电信, not 电信诈骗. */
const OPERATORS: readonly (readonly [name: string, form: RegExp])[] = [
  ['移动', /移动(?!支付|互联|应用|终端|端|办公|电源|电话|通信|的)/g],
  ['联通', /联通/g],
  ['电信', /电信(?!诈骗|网络|业|企业|运营|条例|设备)/g],
  ['铁塔', /铁塔(?=公司)/g],
]
/** What follows one that a text begins with. */
const ALONE =
  /^\p{Script=Han}{2,6}?分公司|^(?:公司|集团)?(?:[今去明]年|20\d\d年|一共|总共|共?[投建][了入资成]?)/u

/** Those that are named and not only compared with (比大连移动多) or on the side (与中国联通). */
const operatorsIn = (text: string): readonly string[] =>
  OPERATORS.filter(([, form]) =>
    [...text.matchAll(form)].some(({ index, 0: called }) => {
      if (index === 0 && ALONE.test(text.slice(called.length))) return true
      const before = text.slice(Math.max(0, index - 4), index)
      const owner = ['中国', before.slice(-3), before.slice(-2)].find(
        (name) => before.endsWith(name) && (name === '中国' || isKnownPlace(name)),
      )
      return owner !== undefined && !/[与和同比较向往朝]$/.test(before.slice(0, -owner.length))
    }),
  ).map(([name]) => name)

/** 大连电信, asked of a sentence on 中国联通 that does not mention the other; and a whole city's, of a sentence on one of them. */
const makeIsOfOtherOperator = (question: string, segmenter: Segmenter): ((sentences: string) => boolean) => {
  const [only, ...more] = operatorsIn(question)
  if (more.length > 0) return () => false
  if (only === undefined) {
    if (!asksOfAll(question, segmenter)) return () => false
    return (sentences) => operatorsIn(sentences).length === 1 && !TELLS_OF_ALL.test(sentences)
  }
  const [, form] = OPERATORS.find(([name]) => name === only) ?? []
  return (sentences) =>
    form !== undefined &&
    sentences.search(form) < 0 &&
    operatorsIn(sentences).some((name) => !question.includes(name))
}

const TELLS_OF_ALL = /(?:全[市省国]|各)[^，。；]{0,16}\d(?!g)/u

const asksOfAll = (question: string, segmenter: Segmenter): boolean =>
  /多少|几/.test(question) &&
  !/移动|联通|电信|运营|公司|企业|哪|谁/.test(question) &&
  segmenter.tag(question).some(({ word }) => isKnownPlace(word))

/** Do sentences speak of another of the same kind than the question (中国联通 for 中国电信, 第二届 for 第三届), or of the whole that it is a part of? */
export const makeSpeakOfRival = (
  question: string,
  segmenter: Segmenter,
): ((sentences: string) => boolean) => {
  const asked = organisationsIn(question, segmenter)
  const numbers = /余震|换乘/.test(question) ? new Map<string, ReadonlySet<number>>() : numberedIn(question)
  const isOfOtherOperator = makeIsOfOtherOperator(question, segmenter)
  const isOfSibling = makeIsOfSibling(question, segmenter)
  const isOfOtherCounty = makeIsOfOtherCounty(question, segmenter)
  return (sentences) =>
    isOfOtherNumber(numbers, sentences) ||
    isOfOtherOperator(sentences) ||
    isOfWhole(question, sentences) ||
    isOfOtherPart(question, sentences) ||
    isOfOtherOffice(question, sentences) ||
    isOfSibling(sentences) ||
    isOfOtherCounty(sentences) ||
    asked.some((name) => !sentences.includes(name) && hasRival(name, question, sentences, segmenter))
}

/** 总面积52平方公里，包含甲片区、乙片区: the amount is of them all, where none follows. */
const WHOLE =
  /\d[\d.,]*[万亿]?(?![\d.,万亿年月日号时点分])[^。；;]*?(?:包含|包括|涵盖|下辖|分为)(?<parts>[^。；;\d]*、[^。；;\d]*)(?:[。；;]|$)/u
/** Characters of a part that the question names, at least. */
const PART = 4

const isOfWhole = (question: string, sentences: string): boolean => {
  if (!/多少|几|多[大长高]|面积/.test(question) || /总|共/.test(question)) return false
  const parts = WHOLE.exec(sentences)?.groups?.['parts'] ?? ''
  return parts.split(/[、和]/).some((part) => part.length >= PART && question.includes(part.slice(0, PART)))
}

/**
 * 市内四区、金普新区、高新区供地计划公布，其中市内四区300公顷, asked for 金普新区: only of others an amount is told. Nor is the
 * amount of something that they all have its own.
 */
const isOfOtherPart = (question: string, sentences: string): boolean => {
  const [before = '', after, ...more] = sentences.split('其中')
  if (after === undefined || more.length > 0 || !/多少|几/.test(question)) return false
  const tells = ({ start, end, unit }: Mention): boolean =>
    /\d/.test(before.slice(start, end)) && !DATED.test(unit)
  if (quantities(before).some(tells)) return false
  const asked = [...before.matchAll(LISTED)].map(([item]) => item).filter((item) => question.includes(item))
  return asked.length > 0 && asked.every((item) => !after.includes(item)) && quantities(after).length > 0
}

/** The first characters of an item of a list but the first. */
const LISTED = /(?<=、)\p{Script=Han}{3}/gu
const DATED = /^[年月日号时点]?$/

/** 市委书记 is not the 省委书记 that is asked for. */
const OFFICE = /[省市县区州镇乡村](?<office>委(?:常务)?副?书记|长)/u

const isOfOtherOffice = (question: string, sentences: string): boolean => {
  const [asked, office] = OFFICE.exec(question) ?? []
  if (asked === undefined || !/谁|哪位|叫什么|姓名|名字/.test(question)) return false
  return !sentences.includes(asked) && new RegExp(`[省市县区州镇乡村]${office}`, 'u').test(sentences)
}

/** Before the place that a sentence begins with, and behind it where the sentence is of it as a whole. */
const BEGINS = /^(?:其中|另外|此外|而)?[，,]?在?/
const OF_ALL = /^[省市]?(?:[，,]|[今去前当]年|全[省市]|[已共则也]|新[增建])/
/** Who helps or plays whom, and where: the place told may be the answer's. */
const TOGETHER = /哪|援|对口|赛|奥|世博|队|铁路|海关/

/** Characters of the longest place's name. */
const LONGEST_PLACE = 6

/** 在浙江，…建成2.9万个 is not of 江苏. */
const makeIsOfSibling = (question: string, segmenter: Segmenter): ((sentences: string) => boolean) => {
  if (TOGETHER.test(question)) return () => false
  const words = segmenter.tag(question).map(({ word }) => word.replace(/(?<=..)[省市]$/, ''))
  const asked = [PROVINCES, CITIES].flatMap((kind) => {
    const [only, ...more] = words.filter((name) => kind.has(name))
    return only !== undefined && more.length === 0 ? [{ only, kind }] : []
  })
  return (sentences) => {
    const told = sentences.replace(BEGINS, '')
    const [first = ''] = placesIn(told.slice(0, LONGEST_PLACE))
    if (first === '' || !told.startsWith(first) || !OF_ALL.test(told.slice(first.length))) return false
    return asked.some(({ only, kind }) => kind.has(first) && !sentences.includes(only))
  }
}

/** 长兴县 and 移风店镇; not 新农村, 各县. */
const COUNTY =
  /^(?!.*(?:[农乡新山渔]村|[城村]镇|[家下故水梦]乡|[全各本该贫两]县|[国红锦校党军]旗)$)\p{Script=Han}{2,5}(?<kind>[县旗镇乡村])$/u

/** 蒙城县今年…190多万亩 is not of 长兴县. */
const makeIsOfOtherCounty = (question: string, segmenter: Segmenter): ((sentences: string) => boolean) => {
  if (TOGETHER.test(question)) return () => false
  const asked = segmenter.tag(question).filter(({ word }) => COUNTY.test(word))
  const [only, ...more] = asked.map(({ word }) => word)
  if (only === undefined || more.length > 0) return () => false
  return (sentences) => {
    if (sentences.includes(only.slice(0, -1))) return false
    const words = segmenter.tag(sentences.replace(BEGINS, '').slice(0, BEGINNING)).map(({ word }) => word)
    const first = words.find((word) => !isKnownPlace(word))
    return first !== undefined && COUNTY.exec(first)?.groups?.['kind'] === only.at(-1)
  }
}

/** Characters at the beginning of sentences where the place stands that they are of. */
const BEGINNING = 16

const organisationsIn = (text: string, segmenter: Segmenter): readonly string[] =>
  segmenter
    .tag(text)
    .filter(({ word, tag }) => tag === 'nt' && word.length >= NAME)
    .map(({ word }) => word)

/** Another name of the same length that begins or ends as this one does. */
const hasRival = (name: string, question: string, sentences: string, segmenter: Segmenter): boolean =>
  organisationsIn(sentences, segmenter).some(
    (other) =>
      other.length === name.length &&
      !question.includes(other) &&
      (other.slice(0, 2) === name.slice(0, 2) || other.slice(-2) === name.slice(-2)),
  )

const numberedIn = (text: string): ReadonlyMap<string, ReadonlySet<number>> => {
  const found = new Map<string, Set<number>>()
  for (const [whole, number, counter = ''] of text.matchAll(NUMBERED)) {
    if (number === '一' && counter !== '期' && !whole.startsWith('第')) continue // 一批 counts nothing
    found.set(counter, (found.get(counter) ?? new Set()).add(number === undefined ? 1 : numberOf(number)))
  }
  return found
}

const isOfOtherNumber = (asked: ReadonlyMap<string, ReadonlySet<number>>, sentences: string): boolean => {
  const told = asked.size === 0 ? new Map<string, ReadonlySet<number>>() : numberedIn(sentences)
  return [...asked].some(([counter, numbers]) => {
    const others = told.get(counter)
    return others !== undefined && [...numbers].every((number) => !others.has(number))
  })
}
