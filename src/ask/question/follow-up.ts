import type { Segmenter } from '../../core/ports.ts'
import { numberOf } from '../../text/numerals.ts'
import { isKnownPlace, placesIn } from '../../text/places.ts'
import { moments } from '../../text/quantities.ts'
import { simplify } from '../../text/simplify.ts'
import { askedHeader } from './asked-header.ts'

/** What an earlier question was answered with. */
export interface Told {
  /** The short answer. */
  readonly short: string | null
  /** The first extract. */
  readonly text: string | null
  /** Of its article. */
  readonly title: string | null
}

interface Token {
  readonly word: string
  readonly tag: string
}

/** A question and the one before it, with what a rule may need. */
interface Turn {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly before: string
  readonly base: readonly Token[]
  readonly told: () => Promise<Told>
}

const ELLIPSIS = /^(?:那么?|还有)?(?<rest>.{1,16}?)(?:呢|怎么样)$/u
const END = /[\s?？。!！]+$/u
const WHO = /谁|哪位|什么人|叫什么|姓名/u
const THIS_ARTICLE =
  /^(?:那么)?(?:[这那该](?:一?[篇条则])?(?:文章|报道|新闻|稿子|稿件|消息|通讯)|[这那]一?篇|本文)?/u
const HE = /(?<![吉利其])[他她]们?/u
const THERE = /那里|那儿|那边|这里|这儿|当地|该地/u
const ORDINAL = /第(?<n>[一二两三四五六七八九十\d]+)[个项条种家位点]/u
/** 该校, 这个项目, 那家公司, 它: points at a thing named before. */
const THAT =
  /(?<![应活])该(?<one>\p{Script=Han})|[这那](?:个|家|项|座|条|所|种|款|位|次|场|部|支|片|些)(?<two>\p{Script=Han}{1,2})?|(?<!其)它们?|^其(?!中|他|它|余|实)/u
/** Words of asking, with what they ask for: 多少户, 什么时候, 有多大. */
const ASKS =
  /什么时(?:候|间)|啥时(?:候|间)|为什么|怎么样?|多少|几|多(?:大|高|长|重|远|宽|快|深|久)|谁|哪|什么|啥|何|吗/u
const NAME = /^(?:nr|ns|nt|eng)/
const NOUN = /^(?:n|vn|an|l|j|i|eng)/
/** Begins without saying what it is about. */
const HEADLESS = /^(?:其中|一共|总共|共|同比|环比|占)/u
/** Words that look like nouns and only ask or count. */
const EMPTY = /^(?:时候|时间|钱|人|个|户|家|名|次|天|年|月|日|事|地方|原因|东西)$/

/**
 * A question that leans on the one before it, made whole by rule: 那沈阳呢 after 大连有多少家企业 → 沈阳有多少家企业.
 * Words come from the questions, and from what `told` gives for 他 and 第二个; null when it stands by itself.
 */
export const complete = async (
  asked: string,
  before: string,
  segmenter: Segmenter,
  told: () => Promise<Told>,
): Promise<string | null> => {
  const text = plain(asked)
  const base = plain(before)
  const turn = { text, tokens: segmenter.tag(text), before: base, base: segmenter.tag(base), told }
  for (const rule of [thisArticle, ordinal, pointing, ellipsis, bare]) {
    const whole = await rule(turn)
    if (whole !== null && whole !== text) return whole
  }
  return null
}

const plain = (question: string): string => simplify(question).trim().replace(END, '')

/** 这篇文章是谁写的, 记者是谁: the article that the first extract is from. */
const thisArticle = async ({ text, before, told }: Turn): Promise<string | null> => {
  const asked = askedHeader(text)
  if (asked === null || asked.titles.length > 0) return null
  if (!asked.isMeant && askedHeader(before) === null) return null
  const { title } = await told()
  return title && `《${title}》${text.replace(THIS_ARTICLE, '')}`
}

/** 第二个是什么时候开工的: the second item of the list that was told. */
const ordinal = async ({ text, told }: Turn): Promise<string | null> => {
  const match = ORDINAL.exec(text)
  const n = numberOf(match?.groups?.['n'] ?? '')
  if (!match || n === 0 || text.length > 16) return null
  const { short, text: extract } = await told()
  const item = itemsOf(short ?? '')[n - 1] ?? itemsOf(extract ?? '')[n - 1]
  if (item === undefined) return null
  return text.replace(/^那/, '').replace(match[0], item).replace(/呢$/, '')
}

/** Items of the longest enumeration of a text: 船舶、汽车、芳烃和人工智能等 → 船舶, 汽车, 芳烃, 人工智能. */
const itemsOf = (text: string): readonly string[] => {
  const lists = (text.match(/[^，。；：:！？\s]+(?:、[^，。；：:！？\s]+)+/gu) ?? []).map((list) =>
    list.split('、').flatMap((item, i, all) => (i === all.length - 1 ? item.split(/和|及|与/u) : [item])),
  )
  const longest = lists.reduce((best, list) => (list.length > best.length ? list : best), [] as string[])
  return longest
    .map((item) => item.replace(/等.*$/u, '').replace(/^[“"]|[”"]$/gu, ''))
    .filter((item) => item !== '')
}

/** 他, 那里, 该校, 这个项目: the name or thing of the question before takes the place of the word that points. */
const pointing = async (turn: Turn): Promise<string | null> => {
  const { text, base, before, told } = turn
  const he = HE.exec(text)
  if (he) {
    const named = lastOf(base, ({ tag, word }) => tag.startsWith('nr') && word.length > 1)
    const person = WHO.test(before) ? ((await told()).short ?? named) : (named ?? (await told()).short)
    return text.replace(he[0], person ?? subjectOf(base))
  }
  const there = THERE.exec(text)
  if (there) {
    const place = (await whereTold(turn)) ?? lastOf(base, isPlace) ?? placesIn(before).at(-1)
    return text.replace(there[0], place ?? subjectOf(base))
  }
  const that = THAT.exec(text)
  if (!that) return null
  const kind = that.groups?.['one'] ?? that.groups?.['two'] ?? ''
  const subject = endingIn(base, kind) ?? subjectOf(base)
  return text.replace(that[0], ASKS.test(subject) ? ((await told()).short ?? subject) : subject)
}

const whereTold = async ({ before, told }: Turn): Promise<string | null> =>
  /哪|何处|什么地方/.test(before) ? (await told()).short : null

/** 营口港呢, 去年呢, 进口呢: the part of the same kind is exchanged. */
const ellipsis = async (turn: Turn): Promise<string | null> => {
  const { text, before, base } = turn
  const rest = ELLIPSIS.exec(text)?.groups?.['rest']?.replace(/(?<=..)的$/u, '')
  if (rest === undefined || ASKS.test(rest)) return null
  if (isMoment(rest)) {
    const [first] = moments(before)
    return first ? before.slice(0, first.start) + rest + before.slice(first.end) : rest + before
  }
  const old = isKnownPlace(rest) ? placeLike(rest, turn) : counterpart(rest, base)
  return old === null ? rest + before : before.replace(old, rest)
}

const isMoment = (text: string): boolean =>
  moments(text).some(({ start, end }) => start === 0 && end === text.length)

/** 大连港 for 营口港; 大连 for 沈阳, also inside a longer word. */
const placeLike = (rest: string, { before, base }: Turn): string | null =>
  base.find((token) => isPlace(token) && token.word.at(-1) === rest.at(-1))?.word ??
  placesIn(before)[0] ??
  base.find(isPlace)?.word ??
  null

/** What one of several kinds is told by: 国家级, 小型, 中式. */
const KIND = /.[级型式性类]$/u

/** The word of the question before that `rest` stands in for. */
const counterpart = (rest: string, base: readonly Token[]): string | null => {
  const named = base.filter(({ word, tag }) => (NOUN.test(tag) || KIND.test(word)) && !ASKS.test(word))
  const alike = named.find(({ word }) => word.at(-1) === rest.at(-1) && word !== rest)
  if (alike) return (rest.endsWith(alike.word) && endingIn(base, alike.word)) || alike.word
  if (OPERATORS.has(rest)) return named.find(({ word }) => OPERATORS.has(word))?.word ?? null
  return askedNoun(base) ?? lastNouns(leading(base))
}

/** Called by words that mean other things too, and never asked about beside one another. */
const OPERATORS: ReadonlySet<string> = new Set(['移动', '联通', '电信', '铁塔'])

/** The last noun with those right before it: 中国对虾 of 中国对虾放流; 订单 of 一季度订单. */
const lastNouns = (tokens: readonly Token[]): string | null => {
  const last = tokens.findLastIndex(({ tag }) => NOUN.test(tag))
  if (last < 0) return null
  const before = tokens.slice(0, last).findLastIndex(({ tag }) => !/^(?:n|ns|nz|vn)$/.test(tag))
  return tokens
    .slice(before + 1, last + 1)
    .map(({ word }) => word)
    .join('')
}

/** 座位 of 有多少座位, 家企业 of 多少家企业; none in 有多少册, 多少尾 and 多少钱. */
const askedNoun = (base: readonly Token[]): string | null => {
  const at = base.findIndex(({ word }) => /多少|几/.test(word))
  if (at < 0) return null
  const after = base.slice(at + 1)
  if (after.length > 2 || !/^(?:n|x)/.test(after.at(-1)?.tag ?? '')) return null
  const noun = after.map(({ word }) => word).join('')
  return noun.length > 1 && !/钱$/.test(noun) ? noun : null
}

/** 多少户, 谁写的, 什么时候通车: asks without naming what about; the subject of the question before goes in front. */
const bare = async (turn: Turn): Promise<string | null> => {
  const { before, base } = turn
  const text = turn.text.replace(/呢$/u, '')
  if (!ASKS.test(text) || text.length > LONGEST_BARE || isWhole(turn)) return null
  if (/^(?:为什么|为何|为啥|怎么回事)$/u.test(text)) return text + withoutAsking(before)
  const at = before.search(COUNTED)
  return (text.search(COUNTED) === 0 && at > 0 ? before.slice(0, at) : subjectOf(base)) + text
}

const COUNTED = /多少|几/u
/** Characters; a longer question says what it is about. */
const LONGEST_BARE = 14

/** Names something, or has a subject of its own. */
const isWhole = ({ text, tokens, before }: Turn): boolean => {
  const own = tokens.filter(({ word, tag }) => NOUN.test(tag) && !EMPTY.test(word) && !ASKS.test(word))
  if (own.some(({ word, tag }) => NAME.test(tag) || before.includes(word))) return true
  if (placesIn(text).length > 0) return true
  return own.length > 1 && !HEADLESS.test(text) && !/^[了过]/u.test(tokens[1]?.word ?? '')
}

const withoutAsking = (question: string): string =>
  question.replace(new RegExp(ASKS.source, 'gu'), '').replace(/是$/u, '')

/** What a question is about: everything before its verb or its word of asking. */
const subjectOf = (base: readonly Token[]): string =>
  leading(base)
    .map(({ word }) => word)
    .join('')
    .replace(/[的在是有于]$/u, '')

const leading = (base: readonly Token[]): readonly Token[] => {
  const end = base.findIndex(({ word, tag }, i) => i > 0 && (tag === 'v' || ASKS.test(word)))
  return end < 0 ? base : base.slice(0, end)
}

/** The run of nouns that ends in this kind of thing: 恒力炼化项目 for 项目, 大连理工大学 for 校 gives null. */
const endingIn = (base: readonly Token[], kind: string): string | null => {
  if (kind === '') return null
  const last = base.findIndex(({ word }) => word.endsWith(kind))
  if (last < 0) return null
  let first = last
  while (first > 0 && /^(?:n|vn|x|j|eng)/.test(base[first - 1]?.tag ?? '')) first--
  return base
    .slice(first, last + 1)
    .map(({ word }) => word)
    .join('')
}

const isPlace = ({ word, tag }: Token): boolean => tag.startsWith('ns') || isKnownPlace(word)

const lastOf = (tokens: readonly Token[], fits: (token: Token) => boolean): string | null =>
  tokens.findLast(fits)?.word ?? null
