import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChuchuError, systemCode } from '../core/errors.ts'

/** What an embedder's folder says about itself in model.json; more keys are allowed. */
const EmbedderFile = z.looseObject({
  kind: z.literal('embedder'),
  pooling: z.enum(['cls', 'mean']),
  normalize: z.literal(true),
  dim: z.number().int().min(1).max(8192),
  maxTokens: z.number().int().min(8).max(8192),
  questionPrefix: z.string().default(''),
  passagePrefix: z.string().default(''),
})

/** What a reader's folder says about itself. Token counts hold the special tokens. */
const ReaderFile = z.looseObject({
  kind: z.literal('reader'),
  maxTokens: z.number().int().min(32).max(8192),
  maxQuestionTokens: z.number().int().min(8).default(64),
  /** Longest answer in word pieces. */
  maxAnswerTokens: z.number().int().min(1).default(64),
})

const ModelFile = z.discriminatedUnion('kind', [EmbedderFile, ReaderFile])

export type EmbedderFile = z.infer<typeof EmbedderFile>
export type ReaderFile = z.infer<typeof ReaderFile>

/** A model folder as it describes itself; nothing of it is trusted until `verifyModel` has hashed it. */
export interface ModelFolder {
  readonly name: string
  /** Absolute or as given; holds model.json and SHA256SUMS. */
  readonly path: string
  /** `name@` and 12 hex digits over every file's hash and the recipe: changes whenever a vector could. */
  readonly id: string
  readonly file: EmbedderFile | ReaderFile
  /** SHA-256 in hex by path inside the folder. */
  readonly sums: ReadonlyMap<string, string>
}

/** Raised whenever the way text becomes model input changes (align.ts, embed.ts, read.ts): old vectors no longer compare. */
const RECIPE = 1
const NEEDED = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.json']
/** Tried in this order; the first that SHA256SUMS lists is the model. */
const GRAPHS = ['onnx/model_quantized.onnx', 'onnx/model.onnx']
const SUM_LINE = /^([0-9a-f]{64}) [ *]([\w.-]+(?:\/[\w.-]+)*)$/

/**
 * Reads model.json and SHA256SUMS of a model, cheaply: 2 small files, no hashing of weights.
 * @throws ChuchuError model_missing, model_damaged
 */
export const describeModel = (models: string, name: string, kind: 'embedder' | 'reader'): ModelFolder => {
  const path = join(models, name)
  if (!existsSync(path)) throw missing(path, `There is no model folder ${path}.`)
  const text = readText(path, 'SHA256SUMS')
  const sums = parseSums(path, text)
  const parsed = ModelFile.safeParse(parseJson(path, readText(path, 'model.json')))
  if (!parsed.success) throw damaged(path, 'model.json', z.prettifyError(parsed.error))
  if (parsed.data.kind !== kind) {
    throw damaged(path, 'model.json', `it is a ${parsed.data.kind}, but is named as the ${kind}`)
  }
  const digest = createHash('sha256').update(`${text}\nrecipe ${RECIPE}`).digest('hex')
  return { name, path, id: `${shownName(name)}@${digest.slice(0, 12)}`, file: parsed.data, sums }
}

/** A fetched model goes by the id it was fetched by (remote.ts). */
const shownName = (name: string): string => name.replace(/^\.cache\//, '').replace('__', '/')

/** What native code may see of a folder. */
interface VerifiedModel {
  /** Path of the ONNX file. */
  readonly graph: string
}

/**
 * Hashes every file of the folder.
 * @throws ChuchuError model_missing, model_damaged
 */
export const verifyModel = (folder: ModelFolder): VerifiedModel => {
  const graphName = GRAPHS.find((name) => folder.sums.has(name))
  if (graphName === undefined) throw missing(folder.path, `SHA256SUMS lists none of ${GRAPHS.join(', ')}.`)
  for (const name of NEEDED) {
    if (!folder.sums.has(name)) throw damaged(folder.path, 'SHA256SUMS', `it does not list ${name}`)
  }
  for (const name of folder.sums.keys()) verifyFile(folder, name)
  checkPositions(folder)
  return { graph: join(folder.path, graphName) }
}

const verifyFile = (folder: ModelFolder, name: string): void => {
  const bytes = readBytes(folder.path, name)
  const found = createHash('sha256').update(bytes).digest('hex')
  const expected = folder.sums.get(name)
  if (found !== expected) {
    throw damaged(folder.path, name, `expected SHA-256 ${expected}, found ${found}`, { expected, found })
  }
}

const Positions = z.looseObject({ max_position_embeddings: z.number().int().optional() })

/** More tokens than the model has positions would fail in native code. */
const checkPositions = (folder: ModelFolder): void => {
  const parsed = Positions.safeParse(parseJson(folder.path, readText(folder.path, 'config.json')))
  const positions = parsed.data?.max_position_embeddings ?? Number.POSITIVE_INFINITY
  if (folder.file.maxTokens > positions) {
    throw damaged(
      folder.path,
      'model.json',
      `maxTokens ${folder.file.maxTokens} is above the model's ${positions}`,
    )
  }
}

const parseSums = (path: string, text: string): ReadonlyMap<string, string> => {
  const sums = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const match = SUM_LINE.exec(line.trimEnd())
    const [, sum, name] = match ?? []
    if (sum === undefined || name === undefined || name.split('/').includes('..')) {
      throw damaged(
        path,
        'SHA256SUMS',
        `this line is not one of sha256sum: ${JSON.stringify(line.slice(0, 100))}`,
      )
    }
    sums.set(name, sum)
  }
  return sums
}

const parseJson = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damaged(path, 'model.json or config.json', cause instanceof Error ? cause.message : 'not JSON')
  }
}

const readText = (path: string, name: string): string => readBytes(path, name).toString('utf8')

const readBytes = (path: string, name: string): Buffer => {
  try {
    return readFileSync(join(path, name))
  } catch (cause) {
    const why = systemCode(cause) === 'ENOENT' ? 'is not there' : `cannot be read (${systemCode(cause)})`
    throw missing(path, `${name} of the model in ${path} ${why}.`, cause)
  }
}

const MEND =
  'Restore the folder (git checkout -- models), or name another with CHUCHU_EMBEDDER or CHUCHU_READER.'

/** The files are those of SHA256SUMS, and yet no model: they were never right, or the runtime does not know their form. */
export const unloadable = ({ path }: ModelFolder, cause: unknown): ChuchuError => {
  if (cause instanceof ChuchuError) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ChuchuError('model_damaged', `The model in ${path} does not load: ${why}. ${MEND}`, {
    cause,
    details: { path },
  })
}

const missing = (path: string, what: string, cause?: unknown): ChuchuError =>
  new ChuchuError('model_missing', `${what} ${MEND}`, { cause, details: { path } })

const damaged = (path: string, file: string, why: string, more: Record<string, unknown> = {}): ChuchuError =>
  new ChuchuError('model_damaged', `${join(path, file)} is damaged: ${why}. ${MEND}`, {
    details: { path, file, ...more },
  })
