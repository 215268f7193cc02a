import type { Range } from '../../core/ranges.ts'

const BREAK = /[，。；！？,;!?\n]/
const OPEN = '“《（(「『'
const CLOSE = '”》）)」』'

/** A span cut at the marks between clauses, not inside quotation marks, brackets or numbers (1,234). */
export const clausesOf = (text: string, [start, end]: Range): readonly Range[] => {
  const clauses: Range[] = []
  let [from, depth] = [start, 0]
  for (let i = start; i < end; i++) {
    const mark = text.charAt(i)
    if (OPEN.includes(mark)) depth++
    if (CLOSE.includes(mark)) depth = Math.max(0, depth - 1)
    if (depth > 0 || !BREAK.test(mark) || (mark === ',' && /\d,\d/.test(text.slice(i - 1, i + 2)))) continue
    if (i > from) clauses.push([from, i])
    from = i + 1
  }
  if (end > from) clauses.push([from, end])
  return clauses
}
