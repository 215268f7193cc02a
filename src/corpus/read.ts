import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { Progress } from '../core/ports.ts'
import type { Corpus } from '../core/types.ts'
import { dayOfName } from '../text/dates.ts'
import type { Parsed } from './draft.ts'
import { decode } from './encoding/decode.ts'
import { type Found, walk } from './folder.ts'
import { parseHtml } from './formats/html.ts'
import { hashOf } from './formats/lines.ts'
import { parseMarkdown } from './formats/markdown.ts'
import { readLines } from './formats/read-lines.ts'
import { type Gather, makeGather, sha256 } from './gather.ts'
import { repair } from './repair/repair.ts'

export interface ReadOptions {
  /** Stage `read`; done and total in bytes. */
  readonly onProgress?: (progress: Progress) => void
  /** Characters; the size limit of a passage. Default in chunk.ts. */
  readonly maxPassageChars?: number
  /** Stops between two files. */
  readonly signal?: AbortSignal
}

/**
 * Reads a corpus folder: files → text → articles → passages. Same bytes, same result, on every machine.
 * What cannot be read is left out with a warning.
 * @throws ChuchuError corpus_missing, corpus_empty, aborted.
 */
export const readCorpus = async (folder: string, options: ReadOptions = {}): Promise<Corpus> => {
  const { found, warnings } = walk(folder)
  const gather = makeGather(options.maxPassageChars)
  for (const warning of warnings) gather.warn(warning.file, warning.message)
  const total = found.reduce((sum, file) => sum + file.size_bytes, 0)
  const known = new Map<string, string>()
  let before = 0
  for (const file of found) {
    if (options.signal?.aborted)
      throw new ChuchuError(
        'aborted',
        'The build was given up while the articles were read; the old index is untouched.',
      )
    const report = (read_bytes: number): void =>
      options.onProgress?.({ stage: 'read', done: Math.min(before + read_bytes, total), total })
    await readFile(file, gather, known, report)
    before += file.size_bytes
    report(0)
    await setImmediate()
  }
  const corpus = gather.corpus()
  if (corpus.articles.length === 0) throw empty(folder, found.length, corpus)
  return corpus
}

/** Reads one file into `gather`, or warns why it was left out. */
const readFile = async (
  file: Found,
  gather: Gather,
  known: Map<string, string>,
  report: (read_bytes: number) => void,
): Promise<void> => {
  const leftOut = await attempt(() => readNew(file, gather, known, report))
  if (leftOut !== null) gather.warn(file.name, `${leftOut}; left out`)
}

/** What the system says against reading a file is a reason like any other. */
const attempt = async (read: () => Promise<string | null>): Promise<string | null> => {
  try {
    return await read()
  } catch (error) {
    const code = error instanceof ChuchuError ? undefined : systemCode(error)
    if (code === undefined) throw error
    return `cannot be read (${code})`
  }
}

/** The reason why the file is left out, or null. */
const readNew = async (
  file: Found,
  gather: Gather,
  known: Map<string, string>,
  report: (read_bytes: number) => void,
): Promise<string | null> => {
  const byLine = file.extension === '.jsonl'
  const bytes = byLine ? null : readFileSync(file.path)
  const hash = bytes === null ? hashOf(file.path) : sha256(bytes)
  const twin = known.get(hash)
  if (twin !== undefined) return `holds the same bytes as ${twin}`
  known.set(hash, file.name)
  if (bytes !== null) return readWhole(file, bytes, hash, gather)
  await readLines(file, gather, report)
  return null
}

const readWhole = (file: Found, bytes: Uint8Array, hash: string, gather: Gather): string | null => {
  const decoded = decode(bytes)
  if (decoded.kind === 'refused') return decoded.reason
  if (decoded.warning !== undefined) gather.warn(file.name, decoded.warning)
  const { drafts, warnings } = parse(file, decoded.text)
  for (const message of warnings) gather.warn(file.name, message)
  const written = drafts.filter((draft) => draft.paragraphs.length > 0 || draft.title !== null)
  if (written.length === 0) return 'holds no text'
  gather.add({ name: file.name, sha256: hash, encoding: decoded.encoding, text: decoded.text }, written)
  return null
}

/** One reader a format. Only .txt is rough: nothing in it says what is a headline and where an article ends. */
const parse = ({ extension, name }: Found, text: string): Parsed => {
  if (extension === '.md') return parseMarkdown(text)
  if (extension === '.html' || extension === '.htm') return parseHtml(text)
  const { articles, warnings } = repair(text, undefined, dayOfName(name))
  return { drafts: articles, warnings }
}

const empty = (folder: string, files: number, corpus: Corpus): ChuchuError => {
  const reasons = corpus.warnings.slice(0, 5).map(({ file, message }) => `\n  ${file}: ${message}`)
  return new ChuchuError(
    'corpus_empty',
    `No article could be read in ${folder} (${files} article files found). ` +
      `Put .txt, .md, .html or .jsonl files there, or set CHUCHU_CORPUS to another folder.${reasons.join('')}`,
  )
}
