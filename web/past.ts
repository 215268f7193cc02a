import type { Answer } from '../src/core/types.ts'
import { asking, type View } from './route.ts'

/** A question that was asked in this browser, and in a word what came of it. */
export interface Past {
  readonly question: string
  /** The question made whole, when it leaned on those before it. */
  readonly whole?: string
  readonly from: string
  readonly to: string
  readonly source: string
  /** When it was last asked, ISO 8601. */
  readonly at: string
  readonly answered: boolean
  /** The short answer, when there was one. */
  readonly short: string | null
}

/** Questions that are kept; older ones go. */
const KEPT = 500

type Limited = Pick<Past, 'question' | 'from' | 'to' | 'source'>

/** What is remembered of an answer. */
export const pastOf = (
  { question, from, to, source, history }: Limited & { readonly history: readonly unknown[] },
  { answered, answer, understoodAs }: Pick<Answer, 'answered' | 'answer' | 'understoodAs'>,
  at: string,
): Past => ({
  question,
  ...(history.length > 0 && understoodAs !== undefined ? { whole: understoodAs } : {}),
  from,
  to,
  source,
  at,
  answered,
  short: answer?.text ?? null,
})

const wholeOf = ({ question, whole = question }: Past): string => whole

/** The view that asks it again, without the conversation it stood in. */
export const askingAgain = (past: Past): View => asking({ ...past, question: wholeOf(past) })

/** Questions as they were stored; what another version, or another page of this address, wrote there is left out. */
export const parsePast = (stored: string | null): readonly Past[] => {
  try {
    const kept: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPast) : []
  } catch {
    return []
  }
}

const isPast = (value: unknown): value is Past => {
  if (typeof value !== 'object' || value === null) return false
  const past = value as Partial<Record<keyof Past, unknown>>
  const texts = [past.question, past.from, past.to, past.source, past.at, past.short ?? '', past.whole ?? '']
  return texts.every((text) => typeof text === 'string')
}

/** The same question with the same limits. */
const isSame = (a: Past, b: Past): boolean =>
  wholeOf(a) === wholeOf(b) && (['from', 'to', 'source'] as const).every((key) => a[key] === b[key])

/** With a question as the latest; asked before, it moves up. */
export const withPast = (all: readonly Past[], past: Past): readonly Past[] =>
  [past, ...withoutPast(all, past)].slice(0, KEPT)

/** Without one question. */
export const withoutPast = (all: readonly Past[], past: Past): readonly Past[] =>
  all.filter((each) => !isSame(each, past))

/** Every word of a search stands in the question, as typed or made whole, the short answer, the source or the day. */
export const fitsPast = (past: Past, find: string): boolean => {
  const text = [past.question, past.whole, past.short, past.source, past.at.slice(0, 10)]
    .join('\n')
    .toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
