import type { Range } from '../core/ranges.ts'
import { sentences } from './sentences.ts'

const ENDS_ASKING = /[？?][”’」』）)\s]*$/
const ASKS = /什么|啥|多[少久长大高远]|哪|谁|几|怎|如何|为何|吗|是否|能否|可否|有没有/
/** 问：, Q1:, 记者问： at the head of a line. */
const MARK = /^\s*(?:\d{1,2}[.．、]\s*)?(?:问|提问|记者问?|网友问?|q\d{0,2})\s*[：:]/i
/** Characters of a line among which its mark stands. */
const MARKED = 12
/** Characters. A longer question tells something itself. */
const LONGEST = 80

/**
 * The sentences of a text that only ask, and are answered by what follows: those of a line that 问： begins, and a line that is
 * one question. UTF-16, in order.
 */
export const askings = (text: string): readonly Range[] => {
  if (!/[？?]/.test(text)) return []
  return sentences(text).filter(([start, end]) => {
    const sentence = text.slice(start, end)
    if (sentence.length > LONGEST || !ENDS_ASKING.test(sentence) || !ASKS.test(sentence)) return false
    const line = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
    const isLine = line === start && (end === text.length || sentence.endsWith('\n'))
    return isLine || MARK.test(text.slice(line, line + MARKED))
  })
}
