import type { Generation } from '../core/ports.ts'
import { type Range, render } from '../core/ranges.ts'
import type { Article, Citation, Query } from '../core/types.ts'
import { isoDate } from '../corpus/dates.ts'
import { folded } from '../text/fold.ts'
import { sentences } from '../text/sentences.ts'
import { admitted } from './filter.ts'
import { cited, type Views } from './views.ts'

/** What a question wants of the head of an article, and what it calls the article. */
export interface AskedHeader {
  readonly wanted: 'author' | 'date'
  readonly title: string
}

/** The lines of an article's head that answer, word for word. */
export interface Header {
  readonly text: string
  /** The name or day in `text`, UTF-16 code units. */
  readonly answer: readonly [start: number, end: number]
  readonly citation: Citation
}

const PUBLISHED = '(?:发布|发表|刊登|刊发|刊出|登载|见报|发稿)'
const AUTHOR =
  /(?:的?(?:作者|(?<!位)记者|撰稿人|执笔人)(?:是谁|是哪位|是哪几位|叫什么(?:名字)?|有谁|有哪些|都有谁)|(?:是|由)*(?:谁|哪(?:个|位|几位|些)?(?:记者|作者|人))(?:采?写|撰写|撰稿|执笔|报道|采访)(?:出来)?的?)$/u
const DATE = new RegExp(
  `(?:的?(?:${PUBLISHED}(?:的?(?:日期|时间))|日期)(?:是(?:哪天|哪一天|什么时候|几号|多少))?|是?(?:什么时候|啥时候|何时|哪天|哪一天|哪年|几号|几月几[日号])${PUBLISHED}(?:出来)?的?)$`,
  'u',
)
/** 这篇文章, 报道: what stands around a title and is not part of it. */
const WORK = '(?:文章|报道|新闻|稿子|稿件|消息|通讯)'
const BEFORE = new RegExp(`^(?:请问)?(?:[这那]?(?:一?[篇条则])?${WORK}|题为|标题[是为]|[这那]篇)?`, 'u')
const BEHIND = new RegExp(`的?(?:[这那]?(?:一?[篇条则])?${WORK}|[这那]一?[篇条则])?的?$`, 'u')

/** 《…》是谁写的, … 发布日期; null when the question asks for anything else. */
export const askedHeader = (question: string): AskedHeader | null => {
  const text = question.trim().replace(/[\s?？。!！呢啊呀]+$/u, '')
  const wanted = AUTHOR.test(text) ? 'author' : DATE.test(text) ? 'date' : null
  if (wanted === null) return null
  const title = text
    .replace(wanted === 'author' ? AUTHOR : DATE, '')
    .trim()
    .replace(BEFORE, '')
    .replace(BEHIND, '')
  return { wanted, title: bare(title) }
}

/** Shorter ones are too often words of the language. */
const SHORTEST_TITLE = 5
/** Of a title that is not given whole. */
const MOST = 0.6

/**
 * Finds the article that a question names by its title, and the line of its head that is asked for. 'untold' when the file
 * does not say; null when no article is asked about.
 */
export const makeHeader = (generation: Generation, views: Views) => {
  const titles = generation.articles.map(({ title }) => bare(title ?? ''))
  return (query: Query): Header | 'untold' | null => {
    const asked = askedHeader(query.question)
    if (asked === null || asked.title.length < SHORTEST_TITLE) return null
    const allow = admitted(generation, query)
    const called = generation.articles.filter((article, i) => {
      const title = titles[i] ?? ''
      const isCalled =
        title === asked.title ||
        (title.includes(asked.title) && asked.title.length >= Math.max(8, MOST * title.length))
      return isCalled && isAdmitted(generation, article, allow)
    })
    for (const article of called) {
      const header =
        asked.wanted === 'date' ? dateOf(generation, article) : authorOf(generation, views, article)
      if (header !== null) return header
    }
    return called.length > 0 ? 'untold' : null
  }
}

const isAdmitted = (generation: Generation, article: Article, allow?: Uint8Array): boolean =>
  allow === undefined || allow[passagesOf(generation, article)[0] ?? -1] === 1

const passagesOf = (generation: Generation, article: Article): readonly number[] => {
  const number = generation.articles.indexOf(article)
  return generation.passages.flatMap((passage, i) => (passage.article === number ? [i] : []))
}

const DAY =
  /[12]\d{3}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*[日号]?|\s*月)?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?/gu
/** Characters around a title in which its date stands. */
const NEAR = 80

/** The title, and the line with the date that stands at it outside of all paragraphs. */
const dateOf = (generation: Generation, article: Article): Header | null => {
  const title = article.titleRanges
  const from = Math.max(0, (title[0]?.[0] ?? 0) - NEAR)
  const text = generation.fileText(article.file, from, (title.at(-1)?.[1] ?? 0) + NEAR)
  for (const found of text.matchAll(DAY)) {
    const range: Range = [from + found.index, from + found.index + found[0].length]
    const day = found[0].replace(/\s+\d{1,2}[:：][\d:：]+$/u, '')
    if (isoDate(day) !== article.date || isWritten(article, range)) continue
    return headerOf(generation, article, [range], (line) => [0, Math.min(line.length, day.length)])
  }
  return null
}

/** Is it part of the text? */
const isWritten = ({ paragraphs }: Article, [start, end]: Range): boolean =>
  paragraphs.some((ranges) => ranges.some(([from, to]) => from < end && start < to))

/** The title and the byline; the sentence that holds it, when it has no line of its own. */
const authorOf = (generation: Generation, views: Views, article: Article): Header | null => {
  if (article.byline === null) return null
  if (article.bylineRanges.length > 0) return headerOf(generation, article, article.bylineRanges, namesIn)
  const written = article.byline.replace(/\s+/gu, '')
  for (const passage of passagesOf(generation, article)) {
    const view = views.view(passage)
    const at = view.text.indexOf(written)
    const sentence = sentences(view.text).find(([start, end]) => start <= at && at < end)
    if (at < 0 || !sentence) continue
    const [start, end] = namesIn(written)
    const from = at - sentence[0]
    return {
      text: view.text.slice(...sentence),
      answer: [from + start, from + end],
      citation: views.citation(view, ...sentence),
    }
  }
  return null
}

/** 吕丽 in 本报记者吕丽. */
const namesIn = (byline: string): readonly [start: number, end: number] => {
  const role = /^.{0,12}?(?:记者|通讯员|评论员|作者|撰文|编辑)[:：/／\s]*/u.exec(byline)?.[0].length ?? 0
  const end = byline.length - (/\s*(?:报道|摄影?|整理)$/u.exec(byline)?.[0].length ?? 0)
  return role < end ? [role, end] : [0, byline.length]
}

/** Title and line as one extract; the line's answer is moved behind the title. */
const headerOf = (
  generation: Generation,
  article: Article,
  line: readonly Range[],
  within: (line: string) => readonly [start: number, end: number],
): Header => {
  const ranges = [...article.titleRanges, ...line]
  const low = Math.min(...ranges.map(([start]) => start))
  const high = Math.max(...ranges.map(([, end]) => end))
  const stretch = generation.fileText(article.file, low, high)
  const rendered = (part: readonly Range[]) =>
    render(
      stretch,
      part.map(([start, end]) => [start - low, end - low]),
    ).text
  const text = rendered(ranges)
  const own = rendered(line)
  const from = text.length - own.length
  const [start, end] = within(own)
  return {
    text,
    answer: [from + start, from + end],
    citation: cited(generation, article, ranges, 1),
  }
}

const bare = (text: string): string => folded(text).replace(/[\s\p{P}\p{S}]+/gu, '')
