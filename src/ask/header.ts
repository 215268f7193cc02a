import type { Generation } from '../core/ports.ts'
import { hullOf, type Range, render } from '../core/ranges.ts'
import type { Answer, Article, Citation, Extract, Query } from '../core/types.ts'
import { isoDate } from '../text/dates.ts'
import { sentences } from '../text/sentences.ts'
import { pairsOf } from '../text/words.ts'
import { admitted } from './find/filter.ts'
import {
  type AskedHeader,
  askedHeader,
  asksPhotographer,
  calledBy,
  SHORTEST_TITLE,
} from './question/asked-header.ts'
import { cited, type Views } from './views.ts'

/** The line of an article's head that answers, word for word, with its title; below a picture with its caption. */
export interface Line {
  readonly text: string
  /** The name or day in `text`, UTF-16 code units. */
  readonly answer: readonly [start: number, end: number]
  readonly citation: Citation
}

export interface Header extends Line {
  /** The question can mean nothing but the article itself: 这篇报道的记者是谁. Else its text has the first word. */
  readonly isMeant: boolean
}

/** Finds the one article that a question calls by its whole title, and the line of its head that is asked for. */
export const makeHeader = (generation: Generation, views: Views) => {
  const passages = grouped(generation.passages.map(({ article }) => article))
  const titled = grouped(generation.articles.map(({ title }) => (title === null ? null : calledBy(title))))
  const articleFor = (asked: AskedHeader, query: Query): number | null => {
    const called = asked.titles
      .filter((title) => title.length >= (asked.isMarked ? 2 : SHORTEST_TITLE))
      .map((title) => titled.get(title) ?? [])
      .find((found) => found.length > 0)
    const [only, ...more] = called ?? []
    const allow = admitted(generation, query)
    if (only === undefined || more.length > 0) return null
    return allow === undefined || allow[passages.get(only)?.[0] ?? -1] === 1 ? only : null
  }
  return (query: Query): Header | null => {
    const asked = askedHeader(query.question)
    const number = asked && articleFor(asked, query)
    const article = generation.articles[number ?? -1]
    if (asked === null || number === null || article === undefined) return null
    const line =
      asked.wanted === 'date'
        ? dateLine(generation, article)
        : (byline(generation, article) ?? inText(views, article, passages.get(number) ?? []))
    return line && { ...line, isMeant: asked.isMeant }
  }
}

/** Characters in pairs of a caption that the question has as well, as a share of the question's before it asks for the picture. */
const OF_CAPTION = 0.5
const PICTURE =
  /^(?:是?谁|哪[个位]记者)[^，。]{0,3}?[拍摄]了?|的?[那这]?一?[张幅]?(?:新闻)?(?:[照图相]片|[图照](?=[的是])).*$/gu

/**
 * Who took the picture that a question speaks of in the words of its caption, one of those that were found: 工人赶订单的照片是谁拍的. null where
 * none is.
 */
export const makeCredit =
  (generation: Generation) =>
  ({ question }: Query, { extracts, nearest }: Pick<Answer, 'extracts' | 'nearest'>): Line | null => {
    if (!asksPhotographer(question)) return null
    const spoken = pairsOf(calledBy(question.replace(PICTURE, '')))
    const isCaption = ({ text }: Extract): boolean => {
      const caption = calledBy(text)
      return spoken.filter((pair) => caption.includes(pair)).length > OF_CAPTION * spoken.length
    }
    const lines = [...extracts, ...nearest].filter(isCaption).map((found) => credit(generation, found))
    return lines.find((line) => line !== null) ?? null
  }

const CREDIT = /^.*?(?=\s*(?:摄影?|\/?图|供图)$)/u

/** A caption with the name below it. */
const credit = (generation: Generation, { citation }: Extract): Line | null => {
  const article = generation.articles.find(({ id }) => id === citation.articleId)
  if (!article || article.paragraphs.length > 1 || article.bylineRanges.length === 0) return null
  const told = joined(generation, article, citation.ranges, article.bylineRanges)
  const role = ROLE.exec(told.own)?.[0].length ?? 0
  const [name = ''] = CREDIT.exec(told.own.slice(role)) ?? []
  const start = told.from + role
  return name === '' ? null : { ...told.line, answer: [start, start + name.length] }
}

/** Where each of the keys stands; null is none. */
const grouped = <T>(keys: readonly (T | null)[]): ReadonlyMap<T, readonly number[]> => {
  const groups = new Map<T, number[]>()
  for (const [i, key] of keys.entries()) {
    const group = key === null ? undefined : groups.get(key)
    if (group) group.push(i)
    else if (key !== null) groups.set(key, [i])
  }
  return groups
}

const DAY = /[12]\d{3}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)/u
/** A line that is a date: 2020-09-08 09:21:24, 2020年9月8日 星期二. */
const DATE_LINE =
  /^[12]\d{3} ?[-/.年] ?\d{1,2} ?(?:[-/.月] ?\d{1,2} ?日?|月) {0,4}(?:星期[一二三四五六日天])? {0,4}(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?$/u
/** Characters around a title in which its date stands. */
const NEAR = 120

/** The title, and the line with the date that stands at it outside of all articles' text. */
const dateLine = (generation: Generation, article: Article): Line | null => {
  const [title] = article.titleRanges
  if (!title) return null
  const from = Math.max(0, title[0] - NEAR)
  const near = generation.fileText(article.file, from, (article.titleRanges.at(-1)?.[1] ?? 0) + NEAR)
  const taken = takenIn(generation, article.file)
  let at = from
  for (const whole of near.split('\n')) {
    const line = whole.trim()
    const start = at + whole.indexOf(line)
    const range: Range = [start, start + line.length]
    at += whole.length + 1
    if (!DATE_LINE.test(line) || taken.some(([low, high]) => low < range[1] && range[0] < high)) continue
    const told = withTitle(generation, article, [range])
    const day = DAY.exec(told.own)
    if (day === null || isoDate(day[0]) !== article.date) continue
    const first = told.from + day.index
    return { ...told.line, answer: [first, first + day[0].length] }
  }
  return null
}

/** Ranges of a file that are the text or the titles of its articles. */
const takenIn = (generation: Generation, file: number): readonly Range[] =>
  generation.articles
    .filter((article) => article.file === file)
    .flatMap(({ paragraphs, titleRanges }) => [...titleRanges, ...paragraphs.flat()])

const byline = (generation: Generation, article: Article): Line | null => {
  if (article.byline === null || article.bylineRanges.length === 0) return null
  const { line, own, from } = withTitle(generation, article, article.bylineRanges)
  const names = namesIn(own)
  return names && { ...line, answer: [from + names[0], from + names[1]] }
}

/** Characters from the start or end of an article in which its reporter is named. */
const LEAD = 80

/** The sentence that names who reports, when the byline has no line of its own. */
const inText = (views: Views, article: Article, passages: readonly number[]): Line | null => {
  const written = article.byline?.replace(/\s+/gu, '') ?? ''
  if (article.bylineRanges.length > 0 || !/记者|通讯员|作者/u.test(written)) return null
  for (const passage of new Set([passages[0], passages.at(-1)])) {
    if (passage === undefined) continue
    const view = views.view(passage)
    const at = view.text.indexOf(written)
    const sentence = sentences(view.text).find(([start, end]) => start <= at && at < end)
    const isEdge = at < LEAD || at > view.text.length - LEAD
    const names = namesIn(written)
    if (at < 0 || !isEdge || !sentence || !names) continue
    const from = at - sentence[0]
    return {
      text: view.text.slice(...sentence),
      answer: [from + names[0], from + names[1]],
      citation: views.citation(view, ...sentence),
    }
  }
  return null
}

const ROLE = /(?:记者|通讯员|评论员|作者|撰文|采写|文)[:：/／| ]*/u
/** What a byline says behind the names, and who did not write. */
const BEHIND =
  /[ )）]*(?:(?:综合|采访)?(?:摄影)?报道|摄影|(?:文\/图|图\/文|文|图|摄|整理)$|(?:责任)?编辑|责编|来源|编译|校对|[)）]).*$/u
const NAMES = /^[\p{Script=Han}·•]{2,}(?:[ 、]\S+)*$|^[\p{Script=Latin}. ]{3,}$/u

/** 吕丽 in 本报记者吕丽, 王伟 in 新华社记者王伟摄影报道; null when nobody is said to have written. */
const namesIn = (line: string): Range | null => {
  const role = ROLE.exec(line)
  const start = role ? role.index + role[0].length : 0
  const rest = line.slice(start).replace(BEHIND, '')
  const names = rest.trimEnd()
  return NAMES.test(names) && (role !== null || names.length <= 4) ? [start, start + names.length] : null
}

const withTitle = (generation: Generation, article: Article, ranges: readonly Range[]) =>
  joined(generation, article, article.titleRanges, ranges)

/** A title or caption and a line as one extract with a space between; `own` is the line in it, from `from`. */
const joined = (
  generation: Generation,
  article: Article,
  before: readonly Range[],
  ranges: readonly Range[],
) => {
  const [title, own] = [textOf(generation, article, before), spaced(generation, article, ranges)]
  const line = { text: `${title} ${own}`, citation: cited(generation, article, [...before, ...ranges], 1) }
  return { line, own, from: title.length + 1 }
}

const textOf = (generation: Generation, { file }: Article, ranges: readonly Range[]): string => {
  const [low, high] = hullOf(ranges)
  const stretch = generation.fileText(file, low, high)
  return render(
    stretch,
    ranges.map(([start, end]) => [start - low, end - low]),
  ).text
}

/** With a space between names (吕丽 王荣琦), not in them (吕 丽). */
const spaced = (generation: Generation, article: Article, ranges: readonly Range[]): string =>
  ranges
    .map(([start, end]) =>
      generation
        .fileText(article.file, start, end)
        .split(/\s+/u)
        .filter((word) => word !== '')
        .reduce(
          (line, word) =>
            line +
            (/(?:^|\P{Script=Han})\p{Script=Han}$/u.test(line) && /^\p{Script=Han}$/u.test(word) ? '' : ' ') +
            word,
          '',
        )
        .trim(),
    )
    .join(' ')
