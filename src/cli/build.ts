import { createHash } from 'node:crypto'
import { ChuchuError } from '../core/errors.ts'
import { countFiles } from '../core/files.ts'
import type { Progress } from '../core/ports.ts'
import type { Corpus, Warning } from '../core/types.ts'
import { corpusFingerprint } from '../corpus/fingerprint.ts'
import { readCorpus } from '../corpus/read.ts'
import { buildGeneration } from '../index/build.ts'
import { openSegmenter } from '../index/segmenter.ts'
import type { Models } from '../models/client.ts'

export interface Build {
  readonly folders: readonly string[]
  /** Of the index. */
  readonly index: string
  readonly models: Models
  readonly onProgress: (progress: Progress) => void
  readonly signal: AbortSignal
}

/** What `chuchu index` reports. */
export interface BuildReport {
  readonly generation: string
  /** That hold articles; a .jsonl counts once. */
  readonly files: number
  readonly articles: number
  readonly passages: number
  readonly warnings: readonly Warning[]
  readonly took_ms: number
}

/**
 * The offline pipeline: folders → corpus → generation.
 * @throws ChuchuError corpus_…, index_locked, disk_full, model_…, aborted
 */
export const buildIndex = async (build: Build): Promise<BuildReport> => {
  const started = performance.now()
  const { folders, onProgress, signal } = build
  const fingerprint = fingerprintOf(folders) // before reading: a file that changes meanwhile is seen next time
  const corpora: Corpus[] = []
  for (const folder of folders) corpora.push(await readCorpus(folder, { onProgress, signal }))
  const corpus = join(corpora, folders)
  await build.models.ready()
  const generation = await buildGeneration({
    corpus,
    folder: build.index,
    embedder: build.models.embedder,
    segmenter: openSegmenter(),
    fingerprint,
    onProgress,
    signal,
  })
  return {
    generation,
    files: countFiles(corpus.files),
    articles: corpus.articles.length,
    passages: corpus.passages.length,
    warnings: corpus.warnings,
    took_ms: Math.round(performance.now() - started),
  }
}

/** Raised when the same files would be read as other articles or passages: then every index is built again. */
const READING = 'reading 4'

/**
 * Changes whenever a file of the folders does, or the way files are read.
 * @throws ChuchuError corpus_missing
 */
export const fingerprintOf = (folders: readonly string[]): string => {
  const marks = folders.map(corpusFingerprint)
  return createHash('sha256')
    .update([READING, ...marks].join('\n'))
    .digest('hex')
    .slice(0, 32)
}

/** Several folders as one corpus. @throws ChuchuError bad_input when two hold a file of the same name */
const join = (corpora: readonly Corpus[], folders: readonly string[]): Corpus => {
  const [only] = corpora
  if (corpora.length === 1 && only) return only
  const owner = new Map<string, number>()
  const joined: { [K in keyof Corpus]: Corpus[K][number][] } = {
    files: [],
    articles: [],
    passages: [],
    warnings: [],
  }
  for (const [i, corpus] of corpora.entries()) {
    for (const { name } of corpus.files) requireNew(owner, name, i, folders)
    const file = joined.files.length
    const article = joined.articles.length
    for (const one of corpus.files) joined.files.push(one)
    for (const one of corpus.articles) joined.articles.push({ ...one, file: one.file + file })
    for (const one of corpus.passages) joined.passages.push({ ...one, article: one.article + article })
    for (const one of corpus.warnings) joined.warnings.push(one)
  }
  return joined
}

/** A file is cited by its name below its folder, so the name must tell it from all others. */
const requireNew = (
  owner: Map<string, number>,
  name: string,
  at: number,
  folders: readonly string[],
): void => {
  const before = owner.get(name)
  if (before !== undefined)
    throw new ChuchuError(
      'bad_input',
      `${folders[before]} and ${folders[at]} both hold ${name}. Rename one, or index a folder that holds both.`,
    )
  owner.set(name, at)
}
