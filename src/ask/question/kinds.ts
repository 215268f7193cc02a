import type { Segmenter } from '../../core/ports.ts'
import type { Range } from '../../core/ranges.ts'
import type { Folded } from '../../text/fold.ts'
import { type Mention, moments, persons, quantities, sizeOf } from '../../text/quantities.ts'
import { askedPerson, identityIn } from './identity.ts'
import { reportersIn } from './name.ts'
import type { Question } from './question.ts'

/** The day of the report, not of what it tells: 新华社北京8月3日电, IT之家8月3日消息, 5月12日，记者从市农业局获悉. */
const DATELINE =
  /(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?=电|讯|消息|报道|[，,]\p{Script=Han}{0,4}记者从[^，。；]{2,24}?(?:获悉|了解到|得知))/gu
/** Characters behind a day that say that it is such. */
const BEHIND_DAY = 36
const ASKS_REPORT = /消息|报道|发文|撰文|新闻|电讯/

/** A folded text without the days of reports, unless it is those that are asked for. */
export const withoutDatelines = (question: Question, text: string): string =>
  ASKS_REPORT.test(question.text) ? text : text.replace(DATELINE, (day) => ' '.repeat(day.length))

/** Is a span of a text such a day, asked for another? */
export const isDateline = (question: Question, text: string, [start, end]: Range): boolean =>
  withoutDatelines(question, text.slice(start, end + BEHIND_DAY))
    .slice(0, end - start)
    .trim() === ''

/** Does this type of question want a thing that can be told from its form? */
export const wantsKind = (question: Question): boolean => ['number', 'when', 'who'].includes(question.type)

/** Is a name asked for, 谁 or 叫什么, without which a sentence tells nothing? */
export const wantsName = (question: Question): boolean =>
  (question.type === 'who' && askedPerson(question) === '') ||
  /叫(?:什么|啥)(?:名[字称]?)?[?？]?$/.test(question.text)

/** 几朝, 几大板块, 几个蛋; not 第几, 好几 or 这几. */
const COUNTS =
  /(?<![第好前近后这那头过十])几(?![十百千万亿])(大\p{Script=Han}|\p{Script=Han})(\p{Script=Han})?/u
const NUMERAL = '(?:\\d+|十几|[二两三四五六七八九十百]+|[ivx]+)'

/** 几百, 几千万; not 几千克. */
const SIZE = /(?<![第好前近后这])几([十百千万亿]+)(?![克瓦米])/u
/** 2020年 and 7月 are no amounts, nor is 17日 where no days are asked for. */
const DATE = /(?<!\d)(?:19|20)\d\d年$|(?<![\d.])\d{1,2}月$/
const DAY = /(?<![\d.])(?:[12]?\d|3[01])[日号]$/
const ASKS_DAYS = /[天日号久]|多长/

/** 几百 is told by 99 no more than by 2,000. */
const WITHIN = 20

const isOfSize = ({ text: asked }: Question, amount: string): boolean => {
  const size = sizeOf(`一${SIZE.exec(asked)?.[1] ?? ''}`)
  const told = sizeOf(amount)
  return size === 1 || told === 0 || (told >= size && told < size * WITHIN)
}

/**
 * Amounts of a folded text that are as large as the question says (几百), and numbers of what it counts, whatever its
 * measure word: 三朝, 五大板块, 一个蛋.
 */
export const amountsTold = (question: Question, text: string): readonly Mention[] => {
  const asked = question.text
  const asksDays = ASKS_DAYS.test(asked.replace(/\d[日号]/g, ''))
  const amounts = quantities(text).filter(
    ({ start, end }) =>
      isOfSize(question, text.slice(start, end)) &&
      !DATE.test(text.slice(Math.max(0, start - 3), end)) &&
      (asksDays || !DAY.test(text.slice(Math.max(0, start - 1), end))),
  )
  const [, unit, thing] = COUNTS.exec(asked) ?? []
  if (unit === undefined) return amounts
  const [one, rest] = thing === undefined ? ['', ''] : [`|一${unit}(?=${thing})`, `(?:${thing})?`]
  const form = `(?<![第\\d.a-z])(?:${NUMERAL}${unit}${unit.length > 1 ? rest : ''}${one})`
  const counted = [...text.matchAll(new RegExp(form, 'gu'))].map(
    (match): Mention => ({ start: match.index, end: match.index + match[0].length, unit: unit.charAt(0) }),
  )
  return [
    ...amounts,
    ...counted.filter((one) => !amounts.some(({ start, end }) => one.start < end && start < one.end)),
  ].sort((a, b) => a.start - b.start)
}

/** Things in a folded sentence that are of the kind the question asks for. UTF-16 offsets of the folded text. */
export const thingsAskedFor = (
  question: Question,
  { text }: Folded,
  segmenter: Segmenter,
): readonly Mention[] => {
  switch (question.type) {
    case 'number':
      return amountsTold(question, text)
    case 'when':
      return moments(withoutDatelines(question, text))
    case 'who': {
      if (askedPerson(question) !== '') return roleOf(question, text)
      const told = persons(text)
      const reporters = reportersIn(question, text)
      return (told.length > 0 ? told : tagged(text, segmenter, /^nr/)).filter(
        ({ start, end }) => !reporters.some(([from, to]) => from <= start && end <= to),
      )
    }
    case 'where':
      return tagged(text, segmenter, /^ns/)
    default:
      return quoted(text)
  }
}

const roleOf = (question: Question, text: string): readonly Mention[] => {
  const role = identityIn(question, text)
  return role === null ? [] : [{ start: role[0], end: role[1], unit: '' }]
}

const tagged = (sentence: string, segmenter: Segmenter, kind: RegExp): readonly Mention[] => {
  const found: Mention[] = []
  let at = 0
  for (const { word, tag } of segmenter.tag(sentence)) {
    const start = sentence.indexOf(word, at)
    if (start < 0) continue
    at = start + word.length
    if (kind.test(tag) && word.length > 1) found.push({ start, end: at, unit: '' })
  }
  return found
}

const QUOTED = /[“《「]([^“”《》「」]{2,40})[”》」]/g

const quoted = (sentence: string): readonly Mention[] =>
  [...sentence.matchAll(QUOTED)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
    unit: '',
  }))
