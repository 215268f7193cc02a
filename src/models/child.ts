import { ChuchuError } from '../core/errors.ts'
import type { Reading } from '../core/ports.ts'
import { makeEmbed } from './embed.ts'
import { describeModel, type ModelFolder, unloadable, verifyModel } from './folder.ts'
import type { FromChild, LoadOptions, ModelKind, Request, ToChild, WireError } from './protocol.ts'
import { makeRead } from './read.ts'
import { fetchModel } from './remote.ts'
import { loadSession, loadTokenizer } from './runtime.ts'

/** The process that holds the models: loads them, answers one request at a time, goes when its parent goes. */

type Embed = (text: string, asked: boolean) => Promise<Float32Array>
type Read = (question: string, passage: string) => Promise<Reading>

const loaded: { embed?: Embed; read?: Read } = {}

const tell = (message: FromChild): void => {
  if (process.connected) process.send?.(message)
}

const load = async (kind: ModelKind, options: LoadOptions): Promise<void> => {
  const from = performance.now()
  const name = await nameOf(options)
  const folder = describeModel(options.models, name, kind)
  const { graph } = verifyModel(folder)
  try {
    await open(folder, graph, options.threads)
  } catch (cause) {
    throw unloadable(folder, cause)
  }
  const dim = folder.file.kind === 'embedder' ? folder.file.dim : 0
  tell({ type: 'loaded', kind, id: folder.id, dim, took: performance.now() - from })
}

const open = async ({ path, file }: ModelFolder, graph: string, threads?: number): Promise<void> => {
  const tokenizer = await loadTokenizer(path)
  const session = await loadSession(graph, threads)
  if (file.kind === 'embedder') {
    const embed = makeEmbed(file, tokenizer, session)
    loaded.embed = (text, asked) => embed(text, asked ? file.questionPrefix : file.passagePrefix)
    await loaded.embed('预热', true)
  } else {
    loaded.read = makeRead(file, tokenizer, session)
    await loaded.read('预热', '预热')
  }
}

/** A name with a slash is a Hugging Face id, and lies in the cache once fetched. */
const nameOf = async (options: LoadOptions): Promise<string> => {
  if (!options.name.includes('/')) return options.name
  if (!options.remote) {
    throw new ChuchuError(
      'model_missing',
      `${options.name} is a Hugging Face model, and fetching models is off. Set CHUCHU_REMOTE_MODELS=true, or name a folder of ${options.models}.`,
    )
  }
  return fetchModel(options)
}

const work = async (id: number, request: Request): Promise<void> => {
  if (request.type === 'read') {
    if (!loaded.read) throw new ChuchuError('model_unavailable', 'No reader is loaded.')
    const readings: Reading[] = []
    for (const passage of request.passages) readings.push(await loaded.read(request.question, passage))
    tell({ type: 'readings', id, readings })
    return
  }
  if (!loaded.embed) throw new ChuchuError('model_unavailable', 'No embedder is loaded.')
  tell({ type: 'vector', id, vector: await loaded.embed(request.text, request.type === 'question') })
}

const wireError = (error: unknown): WireError =>
  error instanceof ChuchuError
    ? { code: error.code, message: error.message }
    : { code: 'model_unavailable', message: error instanceof Error ? error.message : String(error) }

process.on('message', (message: ToChild) => {
  if (message.type === 'load') {
    const { kind } = message
    load(kind, message.options).catch((error) => tell({ type: 'failed', kind, error: wireError(error) }))
    return
  }
  const { id } = message
  work(id, message.request).catch((error) => tell({ type: 'error', id, error: wireError(error) }))
})

/** At once, also while a model is being fetched. */
process.on('disconnect', () => process.exit(0))
/** Ctrl-C in a terminal reaches the whole group: the parent decides when the child goes. */
process.on('SIGINT', () => undefined)
