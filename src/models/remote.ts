import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { ChuchuError, systemCode } from '../core/errors.ts'
import type { LoadOptions } from './protocol.ts'

/** Below the folder of models; git ignores it. */
const CACHE = '.cache'
const CONFIGS = ['config.json', 'tokenizer.json', 'tokenizer_config.json']
const GRAPHS = ['onnx/model_quantized.onnx', 'onnx/model.onnx']
/** Tokens read of a model that does not say how many it takes. */
const DEFAULT_TOKENS = 512

/**
 * Brings a Hugging Face embedder into the cache, once, in the layout of every other model folder (model.json and
 * SHA256SUMS are written from what came), and gives its name below the folder of models.
 * @throws ChuchuError model_missing
 */
export const fetchModel = async (options: LoadOptions): Promise<string> => {
  const name = join(CACHE, options.name.replace('/', '__'))
  const folder = join(options.models, name)
  if (existsSync(join(folder, 'SHA256SUMS'))) return name
  const part = `${folder}.part-${process.pid}`
  try {
    const files = await download(options)
    files.set('model.json', Buffer.from(`${JSON.stringify(describe(files), null, 2)}\n`))
    files.delete('1_Pooling/config.json')
    let sums = ''
    for (const [file, bytes] of files) {
      mkdirSync(dirname(join(part, file)), { recursive: true })
      writeFileSync(join(part, file), bytes)
      sums += `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`
    }
    writeFileSync(join(part, 'SHA256SUMS'), sums)
    settle(part, folder)
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
  return name
}

/** Whole or not at all; of two processes that fetch the same, the first one's copy stays. */
const settle = (part: string, folder: string): void => {
  try {
    renameSync(part, folder)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error
  }
}

const download = async (options: LoadOptions): Promise<Map<string, Buffer>> => {
  const files = new Map<string, Buffer>()
  for (const file of CONFIGS) files.set(file, await needed(options, file))
  const pooling = await get(options, '1_Pooling/config.json')
  if (pooling) files.set('1_Pooling/config.json', pooling)
  for (const file of GRAPHS) {
    const graph = await get(options, file)
    if (graph) return files.set(file, graph)
  }
  throw failure(options, `it has none of ${GRAPHS.join(', ')}`)
}

const needed = async (options: LoadOptions, file: string): Promise<Buffer> => {
  const bytes = await get(options, file)
  if (!bytes) throw failure(options, `it has no ${file}`)
  return bytes
}

const get = async (options: LoadOptions, file: string): Promise<Buffer | null> => {
  const url = `${options.host}${options.name}/resolve/main/${file}`
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(600_000) })
    if (reply.status === 404 || reply.status === 401) return null
    if (!reply.ok) throw new Error(`${url} answered ${reply.status}`)
    return Buffer.from(await reply.arrayBuffer())
  } catch (cause) {
    const why =
      cause instanceof Error
        ? `${cause.message}${cause.cause instanceof Error ? `: ${cause.cause.message}` : ''}`
        : 'no reply'
    throw failure(options, why, cause)
  }
}

const failure = (options: LoadOptions, why: string, cause?: unknown): ChuchuError =>
  new ChuchuError(
    'model_missing',
    `${options.name} could not be fetched from ${options.host}: ${why}. Name a folder of ${options.models} instead.`,
    { cause },
  )

const Config = z.looseObject({
  hidden_size: z.number().int(),
  max_position_embeddings: z.number().int().optional(),
})
const TokenizerConfig = z.looseObject({ model_max_length: z.number().optional() })
const Pooling = z.looseObject({ pooling_mode_mean_tokens: z.boolean().optional() })

/** model.json out of the model's own files. Pooling as 1_Pooling says, else the first token; no prefixes are known. */
const describe = (files: ReadonlyMap<string, Buffer>): object => {
  const json = (file: string): unknown => JSON.parse(files.get(file)?.toString('utf8') ?? '{}')
  const config = Config.parse(json('config.json'))
  const said = TokenizerConfig.parse(json('tokenizer_config.json')).model_max_length ?? DEFAULT_TOKENS
  const positions = config.max_position_embeddings ?? DEFAULT_TOKENS
  return {
    kind: 'embedder',
    pooling: Pooling.parse(json('1_Pooling/config.json')).pooling_mode_mean_tokens ? 'mean' : 'cls',
    normalize: true,
    dim: config.hidden_size,
    maxTokens: Math.min(said, positions, 8192),
    questionPrefix: '',
    passagePrefix: '',
  }
}
