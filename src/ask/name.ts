import type { Range } from '../core/ranges.ts'
import type { Question } from './question.ts'

/** The name that a clause stands for, inside `run`: whole in its marks, without what it says or does, with the head asked for. */
export const nameIn = (question: Question, text: string, clause: Range, run: Range): Range => {
  const alone = whoSays(question, text, named(question, text, clause, run))
  return withHead(question, text, organisation(question, text, alone), run)
}

const ASKS_NAME = /叫(?:什么|啥)|名字|名称|什么名|啥名/
const QUOTED = /“[^“”]+”|《[^《》]+》/gu
/** Characters of a name in marks, marks included. */
const LONGEST_NAME = 20

/** 首创口岸“四步稽查法” → “四步稽查法”, and so does 稽查法, when it is a name that is asked for and one stands in marks. */
const named = (question: Question, text: string, [start, end]: Range, run: Range): Range => {
  if (!ASKS_NAME.test(question.text)) return [start, end]
  const marked = [...text.slice(...run).matchAll(QUOTED)].map(
    ({ 0: name, index }): Range => [run[0] + index, run[0] + index + name.length],
  )
  const around = marked.find(([from, to]) => from < start && end < to && to - from <= LONGEST_NAME)
  const [only, ...more] = marked.filter(([from, to]) => start <= from && to <= end)
  return around ?? (only && more.length === 0 ? only : [start, end])
}

/** 杨少明报道大连… → 杨少明 */
const SAYS = /(?<=^\p{Script=Han}{2,4}?)(?:报道|表示|介绍说?|告诉|指出|认为|透露)/u

const whoSays = ({ type }: Question, text: string, [start, end]: Range): Range => {
  const says = (type === 'who' && SAYS.exec(text.slice(start, end))) || null
  return [start, says ? start + says.index : end]
}

const ORGANISATION =
  /^[\p{L}\p{N}()（）·]{2,}?(?:公司|集团|银行|大学|学院|医院|研究院|管理局|委员会)(?:\p{Script=Han}{0,6}(?:公司|集团|银行|大学|学院|医院|研究院|管理局|委员会))*(?=\p{Script=Han})/u
const ASKS_ORGANISATION = /哪(?:一)?(?:家|个(?:单位|企业|公司|机构|部门|厂|学校|医院))/

/** 正昌工业有限公司工作人员在办公室 (not 中国科学院 of 中国科学院大学附属医院) → the company, asked which one it is. */
const organisation = (question: Question, text: string, [start, end]: Range): Range => {
  const [name] = (ASKS_ORGANISATION.test(question.text) && ORGANISATION.exec(text.slice(start, end))) || []
  return name === undefined || /^(?:分|子|总|旗)/.test(text.slice(start + name.length))
    ? [start, end]
    : [start, start + name.length]
}

/** 哪个示范基地 and 哪家公司 ask for a name that ends so. */
const ASKED_HEAD =
  /哪(?:一)?[个家所座条项款种支部]?(?<head>(?![里儿些几天年月位])(?:(?![的是了在被把将于和与能会有])\p{Script=Han}){2,4})/u
/** Characters that a name may go on for behind what was read of it. */
const REST = 6

/** 金普新区装备制造, asked for 哪个基地 → with 示范基地, where the text goes on so. */
const withHead = (question: Question, text: string, [start, end]: Range, run: Range): Range => {
  const head = ASKED_HEAD.exec(question.text)?.groups?.['head'] ?? ''
  const rest = text.slice(end, Math.min(run[1], end + REST + head.length))
  for (let size = head.length; size >= 2; size--) {
    const [, name] = new RegExp(`^([\\p{L}\\p{N}]*?${head.slice(0, size)})`, 'u').exec(rest) ?? []
    if (name !== undefined && !text.slice(start, end).endsWith(head.slice(0, size)))
      return [start, end + name.length]
  }
  return [start, end]
}
