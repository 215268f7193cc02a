import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { Embedder, Progress, Segmenter } from '../core/ports.ts'
import type { Corpus } from '../core/types.ts'
import { diskFull, freeBytes, isNoSpace, requireSpace } from './disk.ts'
import { type Collected, draftManifest, pack, spaceFor, sumsOf } from './draft.ts'
import { embedPassages, KEY_BYTES, keyOf } from './embed.ts'
import { folderOf, prune, removeLeftovers, verifyGeneration, writeCurrent } from './generations.ts'
import { takeLock } from './lock.ts'
import type { Manifest } from './manifest.ts'
import { makePassageText } from './passages.ts'
import { collectPostings } from './postings.ts'
import { countTerms } from './terms.ts'
import { type Step, type Writing, writeGeneration } from './write.ts'

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

/** Options with nothing left out. */
interface Work extends BuildOptions, Writing {
  readonly folder: string
  readonly settings: Manifest['settings']
  readonly onProgress: Writing['onProgress']
  readonly onStep: Writing['onStep']
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
    rest: async () => {
      await setImmediate()
      if (options.signal?.aborted) throw givenUp()
    },
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
    await writeGeneration(work, { packed, manifest, embedded, needed })
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
      await work.rest()
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
