import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { Generation, Segmenter, Vectors, Words } from '../core/ports.ts'
import { makeWords } from './bm25.ts'
import { type CheckedFile, checkedFile, readWhole, sumOf, sumOfFile } from './disk.ts'
import { folderOf, listGenerations, readCurrent } from './generations.ts'
import { type CorpusLines, unpackCorpus, unpackPassages, unpackPostings } from './layout.ts'
import { damaged, type FileName, type Manifest, readManifest } from './manifest.ts'
import { unpackSentences } from './sentence-vectors.ts'
import { wordsFingerprint } from './terms.ts'
import { makeVectors, readGraph } from './vectors.ts'

export interface OpenOptions {
  /** Embedder.id that will make the question vectors; absent when there is none to compare. */
  readonly embedder?: string
  /** That will cut the questions. */
  readonly segmenter?: Segmenter
  /** Told of every generation passed over, when an older one is served instead. */
  readonly onFault?: (error: ChuchuError) => void
}

/**
 * Opens the index in use; when it is damaged, the newest other that is sound. Every file is hashed before any
 * of it is used. The files stay open until `close`, so that a later prune takes nothing away.
 * @throws ChuchuError index_missing, index_damaged, index_mismatch
 */
export const openGeneration = (folder: string, options: OpenOptions = {}): Generation => {
  const current = readCurrent(folder)
  const { sound, faults } = listGenerations(folder)
  const ids = [...(current ? [current.generation] : []), ...sound.map(({ id }) => id)]
  const met: ChuchuError[] = []
  for (const id of new Set(ids)) {
    try {
      const generation = openOne(folder, id, options)
      for (const fault of met) options.onFault?.(fault)
      return generation
    } catch (error) {
      if (!(error instanceof ChuchuError)) throw error
      if (error.code === 'index_mismatch' && id === current?.generation) throw error
      met.push(error)
    }
  }
  const [first] = [...met, ...faults]
  throw first ?? new ChuchuError('index_missing', `There is no index in ${folder}. Build it: chuchu index`)
}

const openOne = (folder: string, id: string, options: OpenOptions): Generation => {
  const path = folderOf(folder, id)
  if (!existsSync(path)) throw damaged(path, 'CURRENT names it, but it is not there')
  const manifest = readManifest(path)
  if (manifest.id !== id) throw damaged(path, `its manifest is that of ${manifest.id}`)
  checkFit(manifest, options)
  try {
    return load(path, manifest)
  } catch (error) {
    if (error instanceof ChuchuError) throw error
    throw damaged(path, systemCode(error) ?? (error instanceof Error ? error.message : 'unreadable'), error)
  }
}

/** An index answers only questions that are cut and embedded as its passages were. */
const checkFit = (manifest: Manifest, { embedder, segmenter }: OpenOptions): void => {
  if (embedder !== undefined && embedder !== manifest.embedder) {
    throw new ChuchuError(
      'index_mismatch',
      `The index was built with ${manifest.embedder}, but the embedder is ${embedder}. Build it again: chuchu index`,
      { details: { built: manifest.embedder, embedder } },
    )
  }
  if (segmenter !== undefined && wordsFingerprint(segmenter) !== manifest.words) {
    throw new ChuchuError(
      'index_mismatch',
      'The index was built by a version that cuts words differently. Build it again: chuchu index',
    )
  }
}

const load = (path: string, manifest: Manifest): Generation => {
  const corpus = unpackCorpus(readChecked(path, 'corpus.jsonl', manifest), manifest.counts)
  const passages = unpackPassages(readChecked(path, 'passages.bin', manifest))
  const words: Words = makeWords(unpackPostings(readChecked(path, 'postings.bin', manifest)))
  check(path, 'keys.bin', manifest, sumOfFile(join(path, 'keys.bin')))
  const vectors = loadVectors(path, manifest)
  const texts = openTexts(path, manifest, corpus)
  const { files, articles, warnings } = corpus
  return {
    info: {
      generation: manifest.id,
      articles: articles.length,
      passages: passages.length,
      model: manifest.embedder,
    },
    builtAt: manifest.builtAt,
    files,
    articles,
    passages,
    warnings,
    words,
    vectors,
    fileText: texts.read,
    close: texts.close,
  }
}

const loadVectors = (path: string, manifest: Manifest): Vectors => {
  const { dim, counts } = manifest
  const values = new Float32Array(readChecked(path, 'vectors.bin', manifest).buffer)
  check(path, 'vectors.hnsw', manifest, sumOfFile(join(path, 'vectors.hnsw')))
  return makeVectors(
    { dim, rows: counts.passages, values },
    readGraph(join(path, 'vectors.hnsw'), dim, counts.passages),
    unpackSentences(readChecked(path, 'sentences.bin', manifest), counts.passages, dim),
  )
}

/** The bytes that are used are the bytes that were hashed. */
const readChecked = (path: string, name: FileName, manifest: Manifest): Uint8Array<ArrayBuffer> => {
  const bytes = readWhole(join(path, name))
  check(path, name, manifest, sumOf([bytes]))
  return bytes
}

const check = (path: string, name: FileName, manifest: Manifest, found: ReturnType<typeof sumOf>): void => {
  const expected = manifest.files[name]
  if (found.size === expected.size && found.sha256 === expected.sha256) return
  throw damaged(join(path, name), 'it does not match its hash')
}

interface Texts {
  readonly read: Generation['fileText']
  readonly close: () => void
}

/** Texts stay on disk; a stretch of one is a read of twice its length in bytes and of what is checked with it. */
const openTexts = (path: string, manifest: Manifest, { files }: CorpusLines): Texts => {
  const file = openSync(join(path, 'texts.bin'), 'r')
  let open = true
  const close = (): void => {
    if (open) closeSync(file)
    open = false
  }
  const texts = checkedOrClosed(path, manifest, file, close)
  const starts = new Float64Array(files.length + 1)
  for (const [i, { units }] of files.entries()) starts[i + 1] = (starts[i] ?? 0) + units
  return {
    close,
    read: (number, start = 0, end = Number.POSITIVE_INFINITY) => {
      const units = files[number]?.units
      if (units === undefined) throw new RangeError(`no file ${number} of ${files.length}`)
      const from = Math.min(Math.max(0, start), units)
      const to = Math.min(Math.max(from, end), units)
      return textOf(texts, 2 * ((starts[number] ?? 0) + from), 2 * (to - from))
    },
  }
}

const checkedOrClosed = (path: string, manifest: Manifest, file: number, close: () => void): CheckedFile => {
  try {
    const texts = checkedFile(file)
    check(path, 'texts.bin', manifest, texts.sum)
    return texts
  } catch (error) {
    close()
    throw error
  }
}

const textOf = (texts: CheckedFile, position: number, size: number): string => {
  try {
    return texts.read(position, size).toString('utf16le')
  } catch (error) {
    throw new ChuchuError(
      'index_damaged',
      'A text of the index is no longer what was indexed. Build it again: chuchu index',
      { cause: error },
    )
  }
}
