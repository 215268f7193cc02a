import { z } from 'zod'
import { hashOf, makeReadFile, type ReadFile } from './verify-files.ts'

/*
 * Checks answers against the files they cite. On purpose this file and verify-files.ts import nothing else of Chuchu: they
 * decode, cut and compare by themselves, so that a fault of the pipeline cannot hide in shared code.
 */

const Extract = z.looseObject({
  n: z.number(),
  text: z.string(),
  citation: z.looseObject({
    file: z.string(),
    fileId: z.string(),
    fileSha256: z.string(),
    ranges: z.array(z.tuple([z.number(), z.number()])).min(1),
  }),
})
type Extract = z.infer<typeof Extract>

/** An answer of /ask, or the hits of /search: whatever holds extracts with citations. */
const Checkable = z
  .looseObject({
    question: z.string().optional(),
    extracts: z.array(Extract).optional(),
    nearest: z.array(Extract).optional(),
    hits: z.array(Extract).optional(),
    answer: z
      .looseObject({ text: z.string(), extract: z.int(), start: z.int(), end: z.int() })
      .nullable()
      .optional(),
  })
  .refine((one) => one.extracts ?? one.hits, 'it has neither extracts nor hits')
type Checkable = z.infer<typeof Checkable>

/** One thing that does not hold. */
export interface VerifyFault {
  /** From 1, in the order given. */
  readonly answer: number
  /** `extracts[1]`, `nearest[2]`, `answer`. Numbers as shown, from 1. */
  readonly where: string
  readonly file: string | null
  readonly what: string
}

export interface VerifyReport {
  readonly answers: number
  readonly extracts: number
  readonly faults: readonly VerifyFault[]
}

/**
 * Checks the text of one JSON file: an answer or an array of them.
 * @throws Error when it is no such thing
 */
export const verify = (json: string, folders: string | readonly string[]): VerifyReport => {
  const answers = parseAnswers(json)
  const read = makeReadFile([folders].flat())
  const lists = ['extracts', 'nearest', 'hits'] as const
  const count = (answer: Checkable): number =>
    lists.reduce((sum, list) => sum + (answer[list]?.length ?? 0), 0)
  return {
    answers: answers.length,
    extracts: answers.reduce((sum, answer) => sum + count(answer), 0),
    faults: answers.flatMap((answer, i) =>
      [...lists.flatMap((list) => checkList(answer[list] ?? [], list, read)), ...checkSpan(answer)].map(
        (fault) => ({ answer: i + 1, ...fault }),
      ),
    ),
  }
}

const checkList = (
  extracts: readonly Extract[],
  list: string,
  read: ReadFile,
): readonly Omit<VerifyFault, 'answer'>[] =>
  extracts.flatMap((extract, k) => {
    const what = extract.n === k + 1 ? checkExtract(extract, read) : `it is numbered ${extract.n}`
    return what === null ? [] : [{ where: `${list}[${k + 1}]`, file: extract.citation.file, what }]
  })

const parseAnswers = (json: string): readonly Checkable[] => {
  const value: unknown = JSON.parse(json.replace(/^\ufeff/, ''))
  const parsed = z.array(Checkable).safeParse(Array.isArray(value) ? value : [value])
  if (!parsed.success) throw new Error(`not an answer of Chuchu: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

const checkExtract = (extract: Extract, read: ReadFile): string | null => {
  const { file, fileId, fileSha256, ranges } = extract.citation
  if (hashOf(file).slice(0, 16) !== fileId) return `fileId ${fileId} is not that of ${JSON.stringify(file)}`
  const found = read(extract.citation)
  if (typeof found === 'string') return found
  if (found.sha256 !== fileSha256)
    return `the file has changed: its SHA-256 is ${found.sha256}, cited was ${fileSha256}`
  const disorder = checkRanges(ranges)
  if (disorder !== null) return disorder
  let first: string | null = null
  for (const text of found.texts) {
    const what = compare(text, ranges, extract.text)
    if (what === null) return null
    first ??= what
  }
  return first ?? 'the file cannot be decoded'
}

type Pair = readonly [number, number]

/** Ranges are whole numbers, forward, and share no character. Their order is the order of reading. */
const checkRanges = (ranges: readonly Pair[]): string | null => {
  for (const [start, end] of ranges)
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end <= start)
      return `[${start}, ${end}) is not a range`
  const sorted = [...ranges].sort(([a], [b]) => a - b)
  for (const [i, [start]] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before && start < before[1]) return `ranges [${before}) and [${sorted[i]}) overlap`
  }
  return null
}

/** The law: the ranges of the file and the text are the same characters, white space aside. */
const compare = (file: string, ranges: readonly Pair[], text: string): string | null => {
  const beyond = ranges.find(([, end]) => end > file.length)
  if (beyond) return `range [${beyond[0]}, ${beyond[1]}) is beyond the end of the file (${file.length})`
  const cited = ranges.flatMap(([start, end]) => inked(file, start, end))
  const shown = inked(text, 0, text.length)
  for (const [n, i] of shown.entries()) {
    const at = cited[n]
    if (at === undefined) return `character ${i + 1}, ${show(text, i)}, is not in the cited ranges`
    if (file.charAt(at) !== text.charAt(i))
      return `character ${i + 1} is ${show(text, i)}, the file has ${show(file, at)} at offset ${at}`
  }
  const left = cited[shown.length]
  return left === undefined
    ? null
    : `the file goes on with ${show(file, left)} at offset ${left}; the text ends before`
}

/** Offsets of what is not white space. */
const inked = (text: string, start: number, end: number): readonly number[] => {
  const offsets: number[] = []
  for (let at = start; at < end; at++) if (/\S/.test(text.charAt(at))) offsets.push(at)
  return offsets
}

const show = (text: string, at: number): string =>
  JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))

/** The short answer is a slice of the extract it names. */
const checkSpan = ({ answer, extracts }: Checkable): readonly Omit<VerifyFault, 'answer'>[] => {
  if (!answer) return []
  const extract = extracts?.[answer.extract - 1]
  const fault = (what: string) => [{ where: 'answer', file: extract?.citation.file ?? null, what }]
  if (!extract) return fault(`it points to extract ${answer.extract}, and there are ${extracts?.length ?? 0}`)
  const { start, end } = answer
  if (start < 0 || end <= start || end > extract.text.length)
    return fault(`[${start}, ${end}) is not in its extract`)
  const slice = extract.text.slice(start, end)
  if (slice === answer.text) return []
  return fault(`it says ${JSON.stringify(answer.text)}, its extract has ${JSON.stringify(slice)}`)
}
