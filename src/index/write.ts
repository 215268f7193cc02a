import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Progress } from '../core/ports.ts'
import { diskFull, freeBytes, isNoSpace, sumOf, sumOfFile, sync, writeDurable } from './disk.ts'
import type { Packed } from './draft.ts'
import type { Embedded } from './embed.ts'
import { folderOf, putAside, workFolderOf } from './generations.ts'
import { bytesOf } from './layout.ts'
import { damaged, FILES, type Manifest, writeManifest } from './manifest.ts'
import { packSentences } from './sentence-vectors.ts'
import { checkGraph, type Matrix, writeGraph } from './vectors.ts'

export type Step = 'write' | 'graph' | 'manifest' | 'rename' | 'current' | 'prune' | 'done'

export interface Writing {
  /** Of the index. */
  readonly folder: string
  readonly onProgress: (progress: Progress) => void
  /** Called before each step of the commit. */
  readonly onStep: (step: Step) => void
  /** Lets others have their turn, and throws when the build is given up. */
  readonly rest: () => Promise<void>
}

export interface Product {
  readonly packed: Packed
  readonly manifest: Manifest
  readonly embedded: Embedded
  /** Bytes, for the message when they are not there. */
  readonly needed: number
}

/** tmp-<id>: data, graph, what was written is read back, manifest last; then it gets its name. */
export const writeGeneration = async (work: Writing, product: Product): Promise<void> => {
  try {
    await writeAll(work, product)
  } catch (error) {
    throw isNoSpace(error) ? diskFull(work.folder, product.needed, freeBytes(work.folder), error) : error
  }
}

const writeAll = async (work: Writing, { packed, manifest, embedded, needed }: Product): Promise<void> => {
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
  const expected = {
    ...manifest.files,
    'vectors.bin': sumOf(vectors),
    'sentences.bin': sumOf(sentences()),
  }
  const files = readBack(path, expected, work.onProgress)
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
const writeCheckedGraph = async (work: Writing, { path, matrix, needed }: GraphFile): Promise<void> => {
  await writeGraph(path, matrix, async (done) => {
    work.onProgress({ stage: 'graph', done, total: matrix.rows })
    await work.rest()
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
const readBack = (
  path: string,
  expected: Manifest['files'],
  onProgress: Writing['onProgress'],
): Manifest['files'] => {
  const found = { ...expected }
  for (const [i, name] of FILES.entries()) {
    const sum = sumOfFile(join(path, name))
    const wanted = expected[name]
    if (name !== 'vectors.hnsw' && (sum.sha256 !== wanted.sha256 || sum.size !== wanted.size)) {
      throw damaged(join(path, name), 'the disk gives back other bytes than it was given')
    }
    found[name] = sum
    onProgress({ stage: 'write', done: i + 1, total: FILES.length })
  }
  return found
}
