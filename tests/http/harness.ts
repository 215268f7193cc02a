import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import type { Desk, Embedder, Reader } from '../../src/core/ports.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { makeApp } from '../../src/http/app.ts'
import { readAssets } from '../../src/http/assets.ts'
import type { Backend, State } from '../../src/http/backend.ts'
import type { KeepFeedback } from '../../src/http/feedback.ts'
import type { Address } from '../../src/http/guard.ts'
import { makeLog } from '../../src/http/log.ts'
import { makeMetrics } from '../../src/http/metrics.ts'
import { makeOriginals } from '../../src/http/originals.ts'
import { makeQueue } from '../../src/http/queue.ts'
import { makeRate } from '../../src/http/rate.ts'
import { listen, type Patience } from '../../src/http/server.ts'
import { makeShelf, type Shelf } from '../../src/http/shelf.ts'
import { buildGeneration } from '../../src/index/build.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { wireDesk } from '../../src/wire.ts'
import { writeCorpus } from './corpus.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder that goes when the tests of the file have ended. */
export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-http-'))
  made.push(folder)
  return folder
}

/** Character pairs hashed into 64 places: texts that share words are near. Stands in for the model where none is needed. */
export const pairEmbedder: Embedder = (() => {
  const embed = async (text: string): Promise<Float32Array> => {
    const vector = new Float32Array(64).fill(0.01)
    for (let i = 0; i + 1 < text.length; i++) {
      const place =
        createHash('md5')
          .update(text.slice(i, i + 2))
          .digest()
          .readUInt8(0) % 64
      vector[place] = (vector[place] ?? 0) + 1
    }
    const length = Math.hypot(...vector)
    return vector.map((x) => x / length)
  }
  return { id: 'pairs@1', dim: 64, question: embed, passage: embed }
})()

const models = fileURLToPath(new URL('../../models', import.meta.url))

/** A real index of the small corpus, opened with the real pipeline; `asked` embeds the questions. */
export const openDesk = async (
  asked: Embedder = pairEmbedder,
  reader: Reader | null = null,
): Promise<{ readonly desk: Desk; readonly corpus: string }> => {
  const corpus = temporary()
  const index = temporary()
  writeCorpus(corpus)
  const config = parseConfig({ corpus, index, models, reader: 'none' }, {})
  await buildGeneration({
    corpus: await readCorpus(corpus),
    folder: index,
    embedder: pairEmbedder,
    segmenter: openSegmenter(),
    fingerprint: '',
  })
  return { desk: wireDesk(config, { embedder: asked, reader }), corpus }
}

interface ServerOptions {
  readonly state?: () => Partial<State>
  readonly waiting?: number
  readonly patience_ms?: number
  readonly burst?: number
  readonly deadline_ms?: number
  readonly host?: string
  readonly assets?: string
  readonly sending?: Patience
  readonly corpus?: string
  readonly feedback?: KeepFeedback
  /** Served from instead of the desk. */
  readonly backend?: Backend
}

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly shelf: Shelf<Desk>
  readonly lines: string[]
  /** Generations that were closed, in order. */
  readonly closed: string[]
  readonly load: () => { readonly running: number; readonly waiting: number }
  readonly stop: (grace_ms?: number) => Promise<void>
}

/** The real application on a port of its own, over any desk. */
export const startServer = async (desk: Desk | null, options: ServerOptions = {}): Promise<TestServer> => {
  const closed: string[] = []
  const shelf = makeShelf<Desk>(({ generation }) => closed.push(generation.info.generation))
  if (desk) shelf.put(desk)
  const state = (): State => {
    const info = shelf.current()?.generation.info ?? null
    return {
      index: {
        state: info ? 'ready' : 'missing',
        info,
        builtAt: shelf.current()?.generation.builtAt ?? null,
        building: null,
        error: null,
      },
      models: { embedder: 'ready', reader: 'none', error: null },
      ...options.state?.(),
    }
  }
  const own: Backend = {
    borrow: shelf.borrow,
    state,
    changed: () => false,
    renew: () => false,
    damaged: () => undefined,
  }
  const backend = options.backend ?? own
  const lines: string[] = []
  const queue = makeQueue({
    running: 2,
    waiting: options.waiting ?? 32,
    patience_ms: options.patience_ms ?? 2000,
  })
  let address: Address | null = null
  const app = makeApp({
    backend,
    queue,
    log: makeLog('debug', (line) => lines.push(line)),
    rate: makeRate({ burst: options.burst ?? 1000, refill: 100 }),
    metrics: makeMetrics(backend.state, queue),
    address: () => address,
    assets: readAssets(options.assets ?? join(temporary(), 'none')),
    originals: makeOriginals(options.corpus === undefined ? [] : [options.corpus]),
    feedback: options.feedback ?? null,
    version: '0.0.0',
    deadline_ms: options.deadline_ms ?? 10_000,
  })
  const running = await listen(
    app,
    { host: options.host ?? '127.0.0.1', port: 0 },
    (error) => lines.push(String(error)),
    options.sending,
  )
  address = running.address
  const { port } = address
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    shelf,
    lines,
    closed,
    load: queue.load,
    stop: (grace_ms = 1000) => running.stop(grace_ms),
  }
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly json: () => Record<string, unknown>
}

/** One request with full control of its headers. */
export const send = (
  port: number,
  method: string,
  path: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string | Buffer } = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { headers = {}, body } = options
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          json: () => JSON.parse(text),
        })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/** POST of a JSON value. */
export const post = (port: number, path: string, value: unknown, headers: Record<string, string> = {}) =>
  send(port, 'POST', path, {
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof value === 'string' ? value : JSON.stringify(value),
  })

/** Bytes onto a socket, and what comes back until it is closed. */
export const speak = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(heard))
  })
