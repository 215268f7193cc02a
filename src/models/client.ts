import { availableParallelism } from 'node:os'
import { ChuchuError } from '../core/errors.ts'
import type { Embedder, Reader, Reading } from '../core/ports.ts'
import { describeModel } from './folder.ts'
import { type Pool, type PoolState, startPool } from './pool.ts'
import type { LoadOptions, ModelKind } from './protocol.ts'

export interface ModelOptions {
  /** The folder of models. */
  readonly models: string
  readonly embedder: string
  /** 'none' for no reader. */
  readonly reader: string
  readonly remoteModels: boolean
  /** Where `owner/name` is fetched from. */
  readonly remoteHost?: string
  /** Longest one request may take in the child before it is killed, milliseconds. */
  readonly requestMs?: number
  readonly threads?: number
  /**
   * For an indexer: a child of one thread for each core, two at most (205 MB each), instead of one of several threads.
   * Two of one thread embed 1.5 times as much; vectors are the same bits. They inherit this process's priority.
   */
  readonly indexing?: boolean
  /** What goes wrong and is mended by itself: deaths, restarts. */
  readonly onFault?: (message: string) => void
}

export interface Models {
  readonly embedder: Embedder
  /** null when the setting is 'none'. */
  readonly reader: Reader | null
  /** For /readyz; `error` says what to do. */
  readonly state: () => PoolState
  /** Resolves when all models are loaded, rejects with why not (model_missing, model_damaged, model_unavailable). */
  readonly ready: () => Promise<void>
  readonly close: () => Promise<void>
}

const MAX_CHILDREN = 2
const HOST = 'https://huggingface.co/'

/**
 * Starts the model child and gives the two ports on it. Never throws for a bad model: the server stays up,
 * `state` says what is wrong and every request is refused with it.
 */
export const startModels = (options: ModelOptions): Models => {
  const names: readonly (readonly [ModelKind, string])[] = [
    ['embedder', options.embedder],
    ...(options.reader === 'none' ? [] : [['reader', options.reader] as const]),
  ]
  const pool = startPool({
    loads: new Map(names.map(([kind, name]) => [kind, loadOptions(options, kind, name)])),
    children: options.indexing ? Math.min(MAX_CHILDREN, availableParallelism()) : 1,
    requestMs: options.requestMs ?? 15_000,
    onFault: options.onFault ?? (() => undefined),
  })
  const guess = new Map(names.map(([kind, name]) => [kind, guessOf(options.models, name, kind)]))
  return {
    embedder: makeEmbedder(pool, guess.get('embedder')),
    reader: options.reader === 'none' ? null : makeReader(pool, guess.get('reader')),
    state: pool.state,
    ready: pool.ready,
    close: pool.close,
  }
}

interface Identity {
  readonly id: string
  readonly dim: number
}

/** Known before the child has loaded anything, when the folder says so; the child hashes it all. */
const guessOf = (models: string, name: string, kind: ModelKind): Identity => {
  try {
    const folder = describeModel(models, name, kind)
    return { id: folder.id, dim: folder.file.kind === 'embedder' ? folder.file.dim : 0 }
  } catch (error) {
    if (error instanceof ChuchuError) return { id: `${name}@unknown`, dim: 0 }
    throw error
  }
}

/**
 * Only the reader gets several threads: a thread pool of the runtime waits for more work by spinning, and two pools take
 * the cores from each other. On two cores, embedder and reader with one and two threads: 11 and 20 ms; both with two: 15 and 50.
 */
const loadOptions = (options: ModelOptions, kind: ModelKind, name: string): LoadOptions => {
  const threads = options.threads ?? (options.indexing || kind === 'embedder' ? 1 : undefined)
  return {
    models: options.models,
    name,
    remote: options.remoteModels,
    host: options.remoteHost ?? HOST,
    ...(threads === undefined ? {} : { threads }),
  }
}

const makeEmbedder = (pool: Pool, guess: Identity | undefined): Embedder => {
  const identity = (): Identity => pool.identity('embedder') ?? guess ?? { id: 'unknown', dim: 0 }
  const embed = async (type: 'question' | 'passage', text: string, signal?: AbortSignal) =>
    (await pool.ask({ type, text }, signal)) as Float32Array // protocol.ts has checked it
  return {
    get id() {
      return identity().id
    },
    get dim() {
      return identity().dim
    },
    question: (text, signal) => embed('question', text, signal),
    passage: (text, signal) => embed('passage', text, signal),
  }
}

/** Characters of passages that go to the child at once: each way there and back costs 2 ms, and an abort stops what waits. */
const AT_ONCE = 600

const makeReader = (pool: Pool, guess: Identity | undefined): Reader => ({
  get id() {
    return (pool.identity('reader') ?? guess)?.id ?? 'unknown'
  },
  read: async (question, passages, signal) => {
    const parts = partsOf(passages)
    const readings = await Promise.all(
      parts.map((part) => pool.ask({ type: 'read', question, passages: part }, signal)),
    )
    return (readings as (readonly Reading[])[]).flat() // protocol.ts has checked them
  },
})

/** In their order, as many at a time as may go at once, one at least. */
const partsOf = (passages: readonly string[]): readonly (readonly string[])[] => {
  const parts: string[][] = []
  let room = 0
  for (const passage of passages) {
    room -= passage.length
    if (room >= 0) parts.at(-1)?.push(passage)
    else {
      parts.push([passage])
      room = AT_ONCE - passage.length
    }
  }
  return parts
}
