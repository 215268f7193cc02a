import { endianness } from 'node:os'
import { ChuchuError } from '../core/errors.ts'
import type { Article, Corpus, Passage, SourceFile, Warning } from '../core/types.ts'
import type { Postings } from './postings.ts'

/** Numbers lie on disk as they lie in memory here. */
if (endianness() !== 'LE') throw new ChuchuError('bad_config', 'The index needs a little-endian machine.')

/** A file as corpus.jsonl has it: its text is in texts.bin, `units` UTF-16 code units of 2 bytes. */
interface FileLine extends Omit<SourceFile, 'text'> {
  readonly units: number
}

/** What corpus.jsonl holds, one item a line: files, then articles, then warnings. */
export interface CorpusLines {
  readonly files: readonly FileLine[]
  readonly articles: readonly Article[]
  readonly warnings: readonly Warning[]
}

/** Bytes of a piece handed to the disk at once. */
const BATCH = 1 << 20

/** texts.bin: all texts one after another in UTF-16LE, so that ranges are places in it and lone surrogates survive. */
export function* packTexts(corpus: Corpus): Generator<Uint8Array> {
  for (const { text } of corpus.files) yield Buffer.from(text, 'utf16le')
}

export function* packCorpus(corpus: Corpus): Generator<Uint8Array> {
  let lines = ''
  for (const line of linesOf(corpus)) {
    lines += `${JSON.stringify(line)}\n`
    if (lines.length < BATCH) continue
    yield Buffer.from(lines)
    lines = ''
  }
  yield Buffer.from(lines)
}

function* linesOf(corpus: Corpus): Generator<FileLine | Article | Warning> {
  for (const { id, name, sha256, encoding, text } of corpus.files) {
    yield { id, name, sha256, encoding, units: text.length }
  }
  yield* corpus.articles
  yield* corpus.warnings
}

/** The bytes were hashed, so they are what packCorpus wrote; `counts` come from the manifest. */
export const unpackCorpus = (
  bytes: Uint8Array,
  counts: { readonly files: number; readonly articles: number },
): CorpusLines => {
  const items: unknown[] = []
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < buffer.length; ) {
    const end = buffer.indexOf(10, at)
    items.push(JSON.parse(buffer.toString('utf8', at, end)))
    at = end + 1
  }
  const { files, articles } = counts
  return {
    files: items.slice(0, files) as FileLine[],
    articles: items.slice(files, files + articles) as Article[],
    warnings: items.slice(files + articles) as Warning[],
  }
}

const COLUMNS = 5

/** passages.bin: 5 Uint32 a passage, in the order of the interface. */
export const packPassages = (passages: readonly Passage[]): Uint8Array => {
  const rows = new Uint32Array(COLUMNS * passages.length)
  for (const [i, p] of passages.entries()) {
    rows.set([p.article, p.firstParagraph, p.from, p.lastParagraph, p.to], COLUMNS * i)
  }
  return bytesOf(rows)
}

export const unpackPassages = (bytes: Uint8Array<ArrayBuffer>): readonly Passage[] => {
  const rows = new Uint32Array(bytes.buffer)
  return Array.from({ length: rows.length / COLUMNS }, (_, i) => {
    const at = COLUMNS * i
    return {
      article: rows[at] ?? 0,
      firstParagraph: rows[at + 1] ?? 0,
      from: rows[at + 2] ?? 0,
      lastParagraph: rows[at + 3] ?? 0,
      to: rows[at + 4] ?? 0,
    }
  })
}

/** postings.bin: four Uint32 counts (terms, units, postings, passages), then the arrays, widest first. */
export function* packPostings(postings: Postings): Generator<Uint8Array> {
  const { ends, starts, passages, lengths, units, counts } = postings
  yield bytesOf(Uint32Array.of(ends.length, units.length, passages.length, lengths.length))
  for (const array of [ends, starts, passages, lengths, units, counts]) yield bytesOf(array)
}

/** Views into the bytes: nothing is copied. */
export const unpackPostings = (bytes: Uint8Array<ArrayBuffer>): Postings => {
  const { buffer } = bytes
  const [terms = 0, units = 0, postings = 0, passages = 0] = new Uint32Array(buffer, 0, 4)
  let at = 16
  const take = (count: number, width: number): [ArrayBuffer, number, number] => {
    const from = at
    at += count * width
    return [buffer, from, count]
  }
  return {
    ends: new Uint32Array(...take(terms, 4)),
    starts: new Uint32Array(...take(terms + 1, 4)),
    passages: new Uint32Array(...take(postings, 4)),
    lengths: new Uint32Array(...take(passages, 4)),
    units: new Uint16Array(...take(units, 2)),
    counts: new Uint8Array(...take(postings, 1)),
  }
}

/** The memory of an array as bytes, not a copy. */
export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
