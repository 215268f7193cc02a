import type { Range } from '../../core/ranges.ts'

/** Fewest questions of an interview, and fewest that the same name must follow. */
const FEWEST = 2
/** Longest heading between an answer and the next question. Characters. */
const LONGEST_HEADING = 30
/** Shorter paragraphs are not looked at. Characters. */
const LEAST = 120

const QUESTION = /记者[：:]?[^。？?！]{4,90}[？?]/g
const NAMES = [4, 3, 2]

/**
 * An interview whose turns run on in one line: questions that begin with 记者 and are followed by the same name.
 * Gives its headings, questions and answers as ranges; null when the paragraph is none.
 */
export const turnsOf = (text: string, [start, end]: Range): readonly Range[] | null => {
  if (end - start < LEAST) return null
  const line = text.slice(start, end)
  const questions = [...line.matchAll(QUESTION)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }))
  if (questions.length < FEWEST || !isAnswered(line, questions)) return null
  const cuts = new Set<number>()
  for (const { from, to } of questions) {
    const heading = headingStart(line, from)
    if (heading !== null) cuts.add(heading)
    cuts.add(from).add(to)
  }
  const places = [
    0,
    ...[...cuts].filter((cut) => cut > 0 && cut < line.length).sort((a, b) => a - b),
    line.length,
  ]
  return places.slice(1).map((to, index) => [start + (places[index] ?? 0), start + to] as const)
}

interface Question {
  readonly from: number
  readonly to: number
}

/** Whether most questions are followed by one and the same name. */
const isAnswered = (line: string, questions: readonly Question[]): boolean =>
  NAMES.some((length) => {
    const counts = new Map<string, number>()
    for (const { to } of questions) {
      const name = line.slice(to, to + length)
      if (/^[\u4e00-\u9fff]+$/.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return Math.max(0, ...counts.values()) >= Math.max(FEWEST, questions.length * 0.6)
  })

/** Where the heading straight before a question begins; null when a sentence ends there. */
const headingStart = (line: string, question: number): number | null => {
  let from = question
  while (from > 0 && question - from <= LONGEST_HEADING && !'。？！?!”'.includes(line.charAt(from - 1)))
    from--
  return from < question && question - from <= LONGEST_HEADING ? from : null
}
