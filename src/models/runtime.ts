import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { AutoTokenizer, env } from '@xenova/transformers'
import type { Vocabulary } from './align.ts'

/** Only the model child may import this file: onnxruntime-node 1.14 blocks its thread and can take the process down. */

/** A tensor of ONNX Runtime, row-major. */
export interface Tensor {
  readonly data: unknown
  readonly dims: readonly number[]
}

/** A loaded model: named int64 rows in, named tensors out. */
export interface Session {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly run: (rows: Readonly<Record<string, Int32Array>>) => Promise<Readonly<Record<string, Tensor>>>
}

interface Ort {
  readonly InferenceSession: {
    readonly create: (path: string, options: object) => Promise<OrtSession>
  }
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => Tensor
}

interface OrtSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly run: (feeds: Record<string, Tensor>) => Promise<Record<string, Tensor>>
}

/** The runtime that transformers.js brings, so there is never a second copy of the native library. */
const ort = createRequire(createRequire(import.meta.url).resolve('@xenova/transformers'))(
  'onnxruntime-node',
) as Ort // CommonJS without usable types at this path; the shape above is all that is used

/** Threads of one inference: measured on 2 cores, see docs/index-format.md; more than 4 do not help a model this small. */
const THREADS = Math.max(1, Math.min(4, availableParallelism()))

/**
 * Loads a verified file. The runtime's own session, since transformers.js passes no options and falls back to wasm;
 * by path, since onnxruntime-node 1.14 ignores the options, threads among them, of a session made from bytes.
 */
export const loadSession = async (path: string, threads: number = THREADS): Promise<Session> => {
  const session = await ort.InferenceSession.create(path, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  })
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: (rows) =>
      session.run(Object.fromEntries(Object.entries(rows).map(([k, row]) => [k, toTensor(row)]))),
  }
}

const toTensor = (row: Int32Array): Tensor => {
  const data = new BigInt64Array(row.length)
  for (const [i, value] of row.entries()) data[i] = BigInt(value)
  return new ort.Tensor('int64', data, [1, row.length])
}

/** A tokenizer, ready: `vocabulary` for those of word pieces, `encode` for any. */
export interface Tokenizer {
  /** null when the tokenizer is of another kind (sentence pieces). */
  readonly vocabulary: Vocabulary | null
  readonly cls: number
  readonly sep: number
  /** Ids with the special tokens, at most `max`. A special token written in the text is broken up first. */
  readonly encode: (text: string, max: number) => Int32Array
}

interface LoadedTokenizer {
  (text: string, options: object): { readonly input_ids: ArrayLike<number> }
  readonly special_tokens: readonly string[]
  readonly model: { readonly config: { readonly type?: string }; readonly tokens_to_ids: Map<string, number> }
}

/** Reads the tokenizer of a verified folder; no network, no cache. */
export const loadTokenizer = async (path: string): Promise<Tokenizer> => {
  env.allowRemoteModels = false
  env.useFSCache = false
  const folder = resolve(path)
  env.localModelPath = dirname(folder)
  const loaded = (await AutoTokenizer.from_pretrained(folder.slice(dirname(folder).length + 1), {
    local_files_only: true,
  })) as unknown as LoadedTokenizer // the published types leave these fields as any
  const ids = loaded.model.tokens_to_ids
  const special = loaded.special_tokens
  return {
    vocabulary: loaded.model.config.type === 'WordPiece' ? makeVocabulary(ids) : null,
    cls: ids.get('[CLS]') ?? 0,
    sep: ids.get('[SEP]') ?? 0,
    encode: (text, max) => {
      const { input_ids } = loaded(neutralise(text, special), {
        truncation: true,
        max_length: max,
        return_tensor: false,
      })
      return Int32Array.from(input_ids)
    },
  }
}

const makeVocabulary = (ids: ReadonlyMap<string, number>): Vocabulary => {
  let longest = 1
  for (const piece of ids.keys()) longest = Math.max(longest, [...piece.replace(/^##/, '')].length)
  return { id: (piece) => ids.get(piece), unknown: ids.get('[UNK]') ?? 0, longest }
}

/** The first character of each special token becomes a space: the same length, and no longer a token. */
const neutralise = (text: string, special: readonly string[]): string =>
  special.reduce((plain, token) => plain.replaceAll(token, ` ${token.slice(1)}`), text)
