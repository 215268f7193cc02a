import { folded } from '../../text/fold.ts'
import { persons } from '../../text/quantities.ts'
import type { Question } from '../question/question.ts'
import type { Focusable } from './focus.ts'

/** Passages with a sentence that names somebody behind the office asked about come first, and are read around it. */
export const namingFirst = (question: Question, passages: readonly Focusable[]): readonly Focusable[] => {
  const around = passages.map(({ text, weighed }): Focusable | null => {
    const naming = weighed.find(({ start, end }) => namesHolder(question, folded(text.slice(start, end))))
    if (!naming) return null
    return { text, weighed: weighed.map((one) => (one === naming ? { ...one, weight: MOST } : one)) }
  })
  return [...around.filter((one) => one !== null), ...passages.filter((_, i) => around[i] === null)]
}

/** More than any sentence weighs. */
const MOST = 1e3

const ASKS_HOLDER =
  /(?<role>\p{Script=Han}{2,8})(?:的?(?:名字|姓名))?(?:是(?:谁|哪[位个])|叫(?:什么|啥)(?:名字?)?|姓甚名谁)[?？]?$/u

/** Does a folded text name somebody right behind the office asked about: 市委书记张三, asked 市委书记是谁? */
export const namesHolder = ({ text: asked }: Question, text: string): boolean => {
  const role = ASKS_HOLDER.exec(asked)?.groups?.['role'] ?? ''
  if (role === '') return false
  if (new RegExp(`${role.slice(-OFFICE)}\\p{Script=Han}{1,6}·`, 'u').test(text)) return true
  return persons(text).some(
    ({ start }) => !NO_NAME.test(text.slice(start)) && sharedEnd(role, text.slice(0, start)) >= OFFICE,
  )
}

/** Surnames that are words as well: 市长曾报告. */
const NO_NAME = /^[曾于向任和](?:[经在是被任对说与以为]|报告|表示|公开|担任|要求|提出)/u

/** Characters that two texts end with alike. */
const sharedEnd = (a: string, b: string): number => {
  let size = 0
  while (size < a.length && size < b.length && a.at(-size - 1) === b.at(-size - 1)) size++
  return size
}

/** Characters of an office, at least. */
const OFFICE = 2
