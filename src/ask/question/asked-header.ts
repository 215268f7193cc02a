import { folded } from '../../text/fold.ts'
import { simplify } from '../../text/simplify.ts'
import { withoutCourtesy } from './courtesy.ts'

/** What a question wants of the head of an article. */
export interface AskedHeader {
  readonly wanted: 'author' | 'date'
  /** What it may call the article, as `calledBy` writes it; none when it points at one: 这篇文章是谁写的. */
  readonly titles: readonly string[]
  /** In 《》 or “”. */
  readonly isMarked: boolean
  /** It can mean nothing but an article: 这篇报道, 记者, 发布日期. */
  readonly isMeant: boolean
}

/** A title that is not in marks has as many characters, or it is too often a word. */
export const SHORTEST_TITLE = 5

const WORK = '(?:文章|报道|新闻|稿子|稿件|消息|通讯)'
/** 这篇文章, 该报道, 本文: what points at an article. */
const THIS = `(?:[这那该]一?[篇条则]?${WORK}|[这那]一?篇(?:\\p{Script=Han}{2,4}?)?|本文)`
const PUBLISHED = '(?:发布|发表|刊登|刊发|刊出|登载|见报|发稿)'
const WHEN = '(?:什么时候|啥时候|何时|哪天|哪一天|哪年|几号|几月几[日号])'
const WHO = '(?:谁|哪(?:个|位|几位|些)?(?:记者|作者|人))'

const AUTHOR = new RegExp(
  `(?:的?(?:作者|记者|撰稿人|执笔人)(?:是谁|是哪(?:位|几位)|叫什么(?:名字)?|有谁|有哪些|都有谁|是)?|(?:是|由)*${WHO}(?:采?写|撰写|撰稿|执笔|报道|采访)(?:出来)?的?)$`,
  'u',
)
const DATE = new RegExp(
  `(?:的?${PUBLISHED}的?(?:日期|时间)(?:是(?:哪天|哪一天|什么时候|几号|多少)?)?|(?:是|在|于)?${WHEN}(?:${PUBLISHED}|发|登)(?:出来)?的?|${PUBLISHED}[于在]${WHEN})$`,
  'u',
)
const MEANT = new RegExp(
  `${THIS}|${WORK}|一文|记者|采写|采访|${PUBLISHED}的?(?:日期|时间)|刊登|刊发|刊出|登载|见报|发稿`,
  'u',
)
const BEFORE = new RegExp(`^(?:那么)?(?:${THIS}|题为|题目是|标题[是为]|名为|写)?`, 'u')
const BEHIND = new RegExp(`(?:的?(?:${THIS}|${WORK})|一文)?的?$`, 'u')

/** A title as it is compared: letters and digits alone, in simplified characters. */
export const calledBy = (title: string): string => folded(simplify(title)).replace(/[\s\p{P}\p{S}]+/gu, '')

/** 《…》是谁写的, … 发布日期, 这篇文章是谁写的; null when the question asks for anything else. */
export const askedHeader = (question: string): AskedHeader | null => {
  const text = withoutCourtesy(simplify(question).trim()).replace(/[\s?？。!！呢啊呀]{1,8}$/u, '')
  const form = AUTHOR.test(text) ? AUTHOR : DATE.test(text) ? DATE : null
  if (form === null) return null
  const called = text.replace(form, '')
  const bare = called.replace(BEFORE, '')
  const titles = [called, bare, called.replace(BEHIND, ''), bare.replace(BEHIND, '')].map(calledBy)
  return {
    wanted: form === AUTHOR ? 'author' : 'date',
    titles: titles.includes('') ? [] : [...new Set(titles)],
    isMarked: /《.+》|“.+”/u.test(called),
    isMeant:
      MEANT.test(text.slice(called.replace(BEHIND, '').length)) || new RegExp(`^${THIS}`, 'u').test(called),
  }
}

const ASKS_PHOTOGRAPHER =
  /(?:[照图相]片|那张[图照]|这张[图照]|新闻[图照]).{0,6}谁.{0,3}[拍摄照]|谁.{0,3}[拍摄].{0,40}?(?:[照图相]片|张[图照])|(?:[照图相]片|[图照])的?(?:作者|摄影[师者]?)(?:是谁|叫什么)|摄影[师者]?(?:是谁|叫什么)/u

/** Does the question ask who took a picture? */
export const asksPhotographer = (question: string): boolean => ASKS_PHOTOGRAPHER.test(question)
