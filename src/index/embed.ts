import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ChuchuError } from '../core/errors.ts'
import type { Embedder, Progress } from '../core/ports.ts'
import type { Corpus } from '../core/types.ts'
import { readWhole, sumOf } from './disk.ts'
import { folderOf, readCurrent } from './generations.ts'
import { readManifest } from './manifest.ts'
import { embeddedText, makePassageText } from './passages.ts'
import { quantize, sentenceTexts, unpackSentences } from './sentence-vectors.ts'
import type { Matrix } from './vectors.ts'

/** Bytes of a key in keys.bin: the head of a SHA-256. */
export const KEY_BYTES = 16

/** Names all that is embedded for a passage, the whole and each sentence: equal keys, equal vectors. */
export const keyOf = (title: string | null, text: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([embeddedText(title, text), sentenceTexts(text)]))
    .digest()
    .subarray(0, KEY_BYTES)

interface EmbedOptions {
  readonly corpus: Corpus
  readonly folder: string
  readonly embedder: Embedder
  /** KEY_BYTES a passage. */
  readonly keys: Uint8Array
  readonly onProgress: (progress: Progress) => void
  readonly signal: AbortSignal | undefined
}

/** All that is embedded of a corpus. */
export interface Embedded {
  readonly passages: Matrix
  /** Row of each passage's first sentence; one more entry for the end. */
  readonly starts: Uint32Array
  /** One a passage: the rows of its sentences, 8 bits. */
  readonly sentences: readonly Int8Array[]
}

/** Vectors of one passage: of the whole, and of each of its sentences (row-major, 8 bits). */
interface Rows {
  readonly passage: Float32Array
  readonly sentences: Int8Array
}

/** Passages in the works at once: enough to keep two children busy, few enough for a question to get in between. */
const AT_ONCE = 4

/**
 * One row a passage, some a sentence each. A text that the index in use, or another passage, has vectors for is not
 * embedded again; vectors do not depend on their neighbours, so the rows are the same as if all were.
 */
export const embedPassages = async (options: EmbedOptions): Promise<Embedded> => {
  const { corpus, embedder, keys } = options
  const { dim, id } = embedder
  const total = corpus.passages.length
  const values = new Float32Array(total * dim)
  const starts = new Uint32Array(total + 1)
  const sentences: Int8Array[] = []
  const known = knownVectors(options.folder, id, dim)
  await embedMissing(options, known)
  for (let row = 0; row < total; row++) {
    const rows = known.get(nameOf(keys, row))
    if (rows === undefined) throw new RangeError(`passage ${row} has no vector`)
    values.set(rows.passage, row * dim)
    sentences.push(rows.sentences)
    starts[row + 1] = (starts[row] ?? 0) + rows.sentences.length / dim
  }
  if (embedder.id !== id) {
    throw new ChuchuError('index_mismatch', 'The embedder changed during the build. Run it again.')
  }
  return { passages: { dim, rows: total, values }, starts, sentences }
}

/** Adds to `known` what it lacks, some at once; the first failure ends them all. */
const embedMissing = async (options: EmbedOptions, known: Map<string, Rows>): Promise<void> => {
  const { corpus, embedder, keys, onProgress, signal } = options
  const textOf = makePassageText(corpus)
  const total = corpus.passages.length
  const missing = missingRows(keys, total, known)
  let done = total - missing.reduce((sum, { count }) => sum + count, 0)
  let next = 0
  const work = async (): Promise<void> => {
    for (let task = missing[next++]; task !== undefined; task = missing[next++]) {
      const passage = corpus.passages[task.row]
      if (passage === undefined) continue
      const title = corpus.articles[passage.article]?.title ?? null
      known.set(nameOf(keys, task.row), await embedOne(embedder, title, textOf(passage), signal))
      done += task.count
      onProgress({ stage: 'embed', done, total })
    }
  }
  onProgress({ stage: 'embed', done, total })
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  } finally {
    next = missing.length
  }
}

/** The first row of each text that has no vectors yet, and how many rows share it. */
const missingRows = (
  keys: Uint8Array,
  total: number,
  known: ReadonlyMap<string, Rows>,
): readonly { readonly row: number; readonly count: number }[] => {
  const found = new Map<string, { row: number; count: number }>()
  for (let row = 0; row < total; row++) {
    const key = nameOf(keys, row)
    if (known.has(key)) continue
    const seen = found.get(key)
    if (seen) seen.count++
    else found.set(key, { row, count: 1 })
  }
  return [...found.values()]
}

const embedOne = async (
  embedder: Embedder,
  title: string | null,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Rows> => {
  const { dim } = embedder
  const whole = embeddedText(title, text)
  const passage = await embedder.passage(whole, signal)
  check(passage, dim)
  const texts = sentenceTexts(text)
  const sentences = new Int8Array(texts.length * dim)
  for (const [i, sentence] of texts.entries()) {
    if (sentence === null) continue
    const vector = sentence === whole ? passage : await embedder.passage(sentence, signal)
    check(vector, dim)
    sentences.set(quantize(vector), i * dim)
  }
  return { passage, sentences }
}

const nameOf = (keys: Uint8Array, row: number): string =>
  Buffer.from(keys.buffer, keys.byteOffset + row * KEY_BYTES, KEY_BYTES).toString('latin1')

/** Vectors of the generation in use, when the same embedder made it and the files are as they were written. */
const knownVectors = (folder: string, embedder: string, dim: number): Map<string, Rows> => {
  const known = new Map<string, Rows>()
  const current = readCurrent(folder)
  if (!current) return known
  try {
    const path = folderOf(folder, current.generation)
    const manifest = readManifest(path)
    if (manifest.embedder !== embedder || manifest.dim !== dim) return known
    const read = (name: 'keys.bin' | 'vectors.bin' | 'sentences.bin'): Uint8Array<ArrayBuffer> | null => {
      const bytes = readWhole(join(path, name))
      return sumOf([bytes]).sha256 === manifest.files[name].sha256 ? bytes : null
    }
    const [keys, values, packed] = [read('keys.bin'), read('vectors.bin'), read('sentences.bin')]
    if (!keys || !values || !packed) return known
    const { passages } = manifest.counts
    const vectors = new Float32Array(values.buffer)
    const sentences = unpackSentences(packed, passages, dim)
    for (let row = 0; row < passages; row++) {
      known.set(nameOf(keys, row), {
        passage: vectors.subarray(row * dim, (row + 1) * dim),
        sentences: sentences.values.subarray(
          (sentences.starts[row] ?? 0) * dim,
          (sentences.starts[row + 1] ?? 0) * dim,
        ),
      })
    }
  } catch {
    known.clear() // an old index that cannot be read only means that all is embedded again
  }
  return known
}

const check = (vector: Float32Array, dim: number): void => {
  if (vector.length === dim && vector.every(Number.isFinite)) return
  throw new ChuchuError(
    'model_unavailable',
    `The embedder gave a vector of ${vector.length} numbers, ${dim} finite ones were expected.`,
  )
}
