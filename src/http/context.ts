import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import type { Asset } from './assets.ts'
import type { Backend } from './backend.ts'
import type { KeepFeedback } from './feedback.ts'
import type { Address } from './guard.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Originals } from './originals.ts'
import type { Queue } from './queue.ts'
import type { Rate } from './rate.ts'

/** What every handler can reach. */
export interface Env {
  Bindings: HttpBindings
  Variables: {
    requestId: string
    /** Of a response that goes on after its head: at its end the status that it would have had. */
    streamed?: Promise<number>
  }
}

export type App = OpenAPIHono<Env>

/** What the routes are built from. */
export interface AppDeps {
  readonly backend: Backend
  readonly log: Log
  readonly queue: Queue
  readonly rate: Rate
  readonly metrics: Metrics
  /** Where the server listens; null before it does. */
  readonly address: () => Address | null
  /** The built chat page, by URL path. */
  readonly assets: ReadonlyMap<string, Asset>
  readonly originals: Originals
  /** Where verdicts on extracts go; null when they are not wanted. */
  readonly feedback: KeepFeedback | null
  /** Of package.json. */
  readonly version: string
  /** Milliseconds a question may take, waiting included. */
  readonly deadline_ms: number
}

/** True when the client has this version already. */
export const isFresh = (c: Context<Env>, etag: string): boolean => {
  const known = c.req.header('if-none-match')?.split(',') ?? []
  return known.some((one) => one.trim().replace(/^W\//, '') === etag)
}

const JSON_TYPES = ['application/json', 'application/problem+json']

/** Whether a client would rather have this type than JSON, by the order and the q of its Accept header. */
export const prefers = (c: Context<Env>, type: 'text/html' | 'text/event-stream'): boolean =>
  accepts(c, { header: 'Accept', supports: [...JSON_TYPES, type], default: 'application/json' }) === type
