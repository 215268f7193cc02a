import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { Embedder, Progress, Segmenter } from '../core/ports.ts'
import type { Corpus } from '../core/types.ts'
import { diskFull, freeBytes, isNoSpace, requireSpace, sumOf, sumOfFile, sync, writeDurable } from './disk.ts'
import { type Collected, draftManifest, type Packed, pack, spaceFor, sumsOf } from './draft.ts'
import { type Embedded, embedPassages, KEY_BYTES, keyOf } from './embed.ts'
import {
  folderOf,
  prune,
  putAside,
  removeLeftovers,
  verifyGeneration,
  workFolderOf,
  writeCurrent,
} from './generations.ts'
import { bytesOf } from './layout.ts'
import { takeLock } from './lock.ts'
import { damaged, FILES, type Manifest, writeManifest } from './manifest.ts'
import { makePassageText } from './passages.ts'
import { collectPostings } from './postings.ts'
import { packSentences } from './sentence-vectors.ts'
import { countTerms } from './terms.ts'
import { checkGraph, type Matrix, writeGraph } from './vectors.ts'

export interface BuildOptions {
  readonly corpus: Corpus
  /** Of the index; made when it is not there. */
  readonly folder: string
  /** Loaded, so that its id and dim are known. */
  readonly embedder: Embedder
  readonly segmenter: Segmenter
  /** corpusFingerprint of the folder the corpus was read from; '' when there is none. */
  readonly fingerprint: string
  /** What else shaped the corpus (sizes of passages, …); part of the generation's id. */
  readonly settings?: Manifest['settings']
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** Called before each step of the commit; tests end the process there. */
  readonly onStep?: (step: Step) => void
}

export type Step = 'write' | 'graph' | 'manifest' | 'rename' | 'current' | 'prune' | 'done'

/** Options with nothing left out. */
interface Work extends BuildOptions {
  readonly settings: Manifest['settings']
  readonly onProgress: (progress: Progress) => void
  readonly onStep: (step: Step) => void
}

/**
 * Builds one generation, makes it the index in use and gives its id. The old index stays until the last step and
 * after any failure. A generation of the same inputs that is there and sound is used as it is.
 * @throws ChuchuError index_locked, disk_full, aborted, bad_config, model_unavailable
 */
export const buildGeneration = async (options: BuildOptions): Promise<string> => {
  const work: Work = {
    ...options,
    settings: Object.fromEntries(Object.entries(options.settings ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
    onProgress: options.onProgress ?? (() => undefined),
    onStep: options.onStep ?? (() => undefined),
  }
  const { folder } = options
  const release = explaining(folder, () => takeLock(folder))
  try {
    removeLeftovers(folder)
    return await build(work)
  } catch (error) {
    removeLeftovers(folder)
    throw work.signal?.aborted ? givenUp(error) : explain(folder, error)
  } finally {
    release()
  }
}

const build = async (work: Work): Promise<string> => {
  const { corpus, folder, embedder } = work
  if (embedder.dim < 1)
    throw new ChuchuError('model_unavailable', `The embedder ${embedder.id} is not loaded.`)
  const words = await collectWords(work)
  const packed = pack(corpus, words)
  const sums = sumsOf(packed)
  const manifest = draftManifest(work, words, sums)
  if (!isSound(folder, manifest.id)) {
    const needed = spaceFor(sums, corpus.passages.length, embedder.dim)
    requireSpace(folder, needed)
    const embedded = await embedPassages({ ...work, keys: words.keys, signal: work.signal })
    await write(work, { packed, manifest, embedded, needed })
  }
  work.onStep('current')
  writeCurrent(folder, { generation: manifest.id, fingerprint: work.fingerprint })
  work.onStep('prune')
  prune(folder, manifest.id)
  work.onStep('done')
  return manifest.id
}

/** Terms and keys of every passage; gives way every 64 passages so that signals and progress get through. */
const collectWords = async (work: Work): Promise<Collected> => {
  const { corpus, segmenter, onProgress } = work
  const textOf = makePassageText(corpus)
  const collector = collectPostings()
  const total = corpus.passages.length
  const keys = new Uint8Array(total * KEY_BYTES)
  for (const [i, passage] of corpus.passages.entries()) {
    const title = corpus.articles[passage.article]?.title ?? null
    const text = textOf(passage)
    collector.add(countTerms(title, text, segmenter))
    keys.set(keyOf(title, text), i * KEY_BYTES)
    if (i % 64 === 63 || i + 1 === total) {
      onProgress({ stage: 'words', done: i + 1, total })
      await rest(work)
    }
  }
  return { postings: collector.finish(), keys }
}

const isSound = (folder: string, id: string): boolean => {
  if (!existsSync(folderOf(folder, id))) return false
  try {
    verifyGeneration(folder, id)
    return true
  } catch (error) {
    if (error instanceof ChuchuError) return false
    throw error
  }
}

interface Product {
  readonly packed: Packed
  readonly manifest: Manifest
  readonly embedded: Embedded
  /** Bytes, for the message when they are not there. */
  readonly needed: number
}

/** tmp-<id>: data, graph, what was written is read back, manifest last; then it gets its name. */
const write = async (work: Work, product: Product): Promise<void> => {
  try {
    await writeAll(work, product)
  } catch (error) {
    throw isNoSpace(error) ? diskFull(work.folder, product.needed, freeBytes(work.folder), error) : error
  }
}

const writeAll = async (work: Work, { packed, manifest, embedded, needed }: Product): Promise<void> => {
  const { folder } = work
  const path = workFolderOf(folder, manifest.id)
  work.onStep('write')
  mkdirSync(path, { mode: 0o700 })
  for (const [name, pieces] of Object.entries(packed)) writeDurable(join(path, name), pieces())
  const vectors = [bytesOf(embedded.passages.values)]
  const sentences = (): Iterable<Uint8Array> => packSentences(embedded.starts, embedded.sentences)
  writeDurable(join(path, 'vectors.bin'), vectors)
  writeDurable(join(path, 'sentences.bin'), sentences())
  work.onStep('graph')
  await writeCheckedGraph(work, { path: join(path, 'vectors.hnsw'), matrix: embedded.passages, needed })
  const files = readBack(path, {
    ...manifest.files,
    'vectors.bin': sumOf(vectors),
    'sentences.bin': sumOf(sentences()),
  })
  work.onStep('manifest')
  writeManifest(path, { ...manifest, files })
  sync(path)
  work.onStep('rename')
  const final = folderOf(folder, manifest.id)
  if (existsSync(final)) putAside(folder, manifest.id)
  renameSync(path, final)
  sync(folder)
}

interface GraphFile {
  readonly path: string
  readonly matrix: Matrix
  readonly needed: number
}

/** hnswlib-node reports success on a full disk, so what it wrote is loaded and asked before it is believed. */
const writeCheckedGraph = async (work: Work, { path, matrix, needed }: GraphFile): Promise<void> => {
  await writeGraph(path, matrix, async (done) => {
    work.onProgress({ stage: 'graph', done, total: matrix.rows })
    await rest(work)
  })
  try {
    chmodSync(path, 0o600)
    sync(path)
    checkGraph(path, matrix)
  } catch (cause) {
    const free = freeBytes(work.folder)
    throw free < matrix.values.byteLength
      ? diskFull(work.folder, needed, free, cause)
      : damaged(
          path,
          'what was written could not be read back; is a quota or a limit on file sizes (ulimit -f) in force?',
          cause,
        )
  }
}

/** The sums as the disk has them, which must be those of what was given to it. */
const readBack = (path: string, expected: Manifest['files']): Manifest['files'] => {
  const found = { ...expected }
  for (const name of FILES) {
    const sum = sumOfFile(join(path, name))
    const wanted = expected[name]
    if (name !== 'vectors.hnsw' && (sum.sha256 !== wanted.sha256 || sum.size !== wanted.size)) {
      throw damaged(join(path, name), 'the disk gives back other bytes than it was given')
    }
    found[name] = sum
  }
  return found
}

const rest = async ({ signal }: Work): Promise<void> => {
  await setImmediate()
  if (signal?.aborted) throw givenUp()
}

const givenUp = (cause?: unknown): ChuchuError =>
  new ChuchuError('aborted', 'The build was given up; the old index is untouched.', { cause })

const explaining = <T>(folder: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw explain(folder, error)
  }
}

/** Bytes of LOCK and CURRENT, which are all that is written outside of a generation. */
const SMALL = 4096

/** Faults of the disk in our own words. */
const explain = (folder: string, error: unknown): unknown => {
  if (isNoSpace(error)) return diskFull(folder, SMALL, existsSync(folder) ? freeBytes(folder) : 0, error)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(systemCode(error) ?? '')) {
    return new ChuchuError(
      'bad_config',
      `The index folder ${folder} cannot be written (${systemCode(error)}). Set CHUCHU_INDEX to a folder that can.`,
      { cause: error },
    )
  }
  return error
}
