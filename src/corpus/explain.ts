import { readFileSync } from 'node:fs'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { Range } from '../core/ranges.ts'
import { dayOfName } from '../text/dates.ts'
import type { Draft } from './draft.ts'
import { decode } from './encoding/decode.ts'
import { type Decision, repair } from './repair/repair.ts'

/** Characters of a piece that are shown. */
const SHOWN = 36

/**
 * What the repair decided for a .txt file and why, as lines for a person: pieces, joins with their scores, furniture,
 * articles.
 * @throws ChuchuError not_found, bad_input.
 */
export const explain = (path: string): string => {
  const text = textOf(path)
  const decisions: Decision[] = []
  const { articles, furniture, warnings } = repair(
    text,
    (decision) => decisions.push(decision),
    dayOfName(path),
  )
  const line = ({ range, why }: Decision): string => `  ${place(range)} ${why}: ${shown(text, range)}`
  const of = (what: Decision['what']): readonly string[] => decisions.filter((d) => d.what === what).map(line)
  return [
    `${path}: ${text.length} characters, ${articles.length} articles`,
    '\nPieces',
    ...of('piece'),
    '\nJoins (from the end of one piece to the start of the next)',
    ...decisions.filter((d) => d.what === 'join').map((join) => `  ${seam(text, join)}`),
    '\nArticles found (by their first paragraph)',
    ...of('article'),
    '\nFurniture',
    ...furniture.map(({ kind, range }) => `  ${place(range)} ${kind}: ${shown(text, range)}`),
    '\nReading',
    ...articles.flatMap((article, index) => reading(text, article, index + 1)),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join('\n')
}

/** Other formats say themselves where an article begins. */
const MARKED = /\.(?:md|html?|jsonl)$/i

const textOf = (path: string): string => {
  if (MARKED.test(path))
    throw new ChuchuError('bad_input', `${path} is no rough text: only .txt files are divided by guessing.`)
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw new ChuchuError('not_found', `${path} cannot be read (${systemCode(cause)}).`, { cause })
  }
  const decoded = decode(bytes)
  if (decoded.kind === 'refused') throw new ChuchuError('bad_input', `${path} ${decoded.reason}.`)
  return decoded.text
}

const place = ([start, end]: Range): string => `${start}-${end}`

const shown = (text: string, [start, end]: Range): string => {
  const plain = text.slice(start, Math.min(end, start + 4 * SHOWN)).replace(/\s+/g, '')
  return plain.length <= SHOWN ? plain : `${plain.slice(0, SHOWN)}…`
}

const seam = (text: string, { range: [from, to], why }: Decision): string => {
  const left = text.slice(Math.max(0, from - 10), from).replace(/\s+/g, '')
  const right = text.slice(to, to + 10).replace(/\s+/g, '')
  return `${from}→${to} ${why}: …${left} | ${right}…`
}

const reading = (text: string, article: Draft, number: number): readonly string[] => [
  `  ${number}. ${article.title?.text ?? '(no headline)'}`,
  ...[
    ['deck', article.subtitle?.text],
    ['by', article.byline?.text],
    ['date', article.date],
    ['source', article.source],
    ['section', article.section],
  ].flatMap(([name, value]) => (value ? [`     ${name}: ${value}`] : [])),
  ...article.paragraphs.map(
    (ranges) =>
      `     ${ranges.map(place).join(' + ')}: ${shown(text, [ranges[0]?.[0] ?? 0, ranges[0]?.[1] ?? 0])}`,
  ),
]
