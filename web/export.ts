import type { Answer, Extract } from '../src/core/types.ts'
import { type CitationWords, citationLine } from './citation.ts'

/** What the Markdown says beside the answer, in the language of the page. */
interface MarkdownWords extends CitationWords {
  readonly refused: (answer: Answer) => string
  /** What must be known beside the words: how the question was understood, how sure the answer is, what is missing. */
  readonly remarks: (answer: Answer) => readonly string[]
  readonly nearest: string
  readonly promise: string
  readonly exported: {
    readonly places: (ranges: string) => string
    readonly sha256: (hex: string) => string
    readonly generation: (id: string) => string
    readonly answer: (id: string) => string
  }
}

/** An answer as Markdown: question, short answer, extracts as block quotes, each with citation, link and ranges. */
export const markdown = (
  answer: Answer,
  words: MarkdownWords,
  linkTo: (extract: Extract) => string,
): string => {
  const extracts = answer.answered ? answer.extracts : answer.nearest
  const quotes = extracts.map((extract) => {
    const ranges = extract.citation.ranges.map(([start, end]) => `[${start}, ${end})`).join(' ')
    return [
      ...extract.text.split('\n').map((line) => `> ${escapeMarkdown(line)}`),
      '',
      `[${extract.n}] ${escapeMarkdown(citationLine(extract.citation, words))}  `,
      `${words.exported.places(ranges)}  `,
      `<${linkTo(extract)}>  `,
      words.exported.sha256(extract.citation.fileSha256),
      '',
    ].join('\n')
  })
  const head = answer.answered ? short(answer) : [`**${words.refused(answer)}**`, '', words.nearest, '']
  const remarks = words.remarks(answer).flatMap((remark) => [escapeMarkdown(remark), ''])
  const { generation, answer: id } = words.exported
  const foot = [words.promise, generation(answer.index.generation), id(answer.id)].join('  \n')
  return [
    `# ${escapeMarkdown(answer.question)}`,
    '',
    ...head,
    ...remarks,
    ...quotes,
    '---',
    '',
    foot,
    '',
  ].join('\n')
}

const short = (answer: Answer): readonly string[] =>
  answer.answer === null ? [] : [`**${escapeMarkdown(answer.answer.text)}** [${answer.answer.extract}]`, '']

/** Signs that Markdown would read as its own. */
const escapeMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&')

/** A file name that every system takes, made from a question. */
export const fileName = (question: string, extension: string): string =>
  `${
    question
      .replace(/[\s\p{Cc}\p{Cf}/\\:*?"<>|.？：]+/gu, ' ')
      .trim()
      .slice(0, 40) || 'chuchu'
  }.${extension}`
