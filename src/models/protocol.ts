import { z } from 'zod'
import type { ErrorCode } from '../core/errors.ts'
import type { Reading } from '../core/ports.ts'

/** Which of the two models a message is about. */
export type ModelKind = 'embedder' | 'reader'

/** What the child is asked. One at a time: it answers each before it is sent the next. */
export type Request =
  | { readonly type: 'question' | 'passage'; readonly text: string }
  | { readonly type: 'read'; readonly question: string; readonly passages: readonly string[] }

/** Server → child. */
export type ToChild =
  | { readonly type: 'load'; readonly kind: ModelKind; readonly options: LoadOptions }
  | { readonly type: 'work'; readonly id: number; readonly request: Request }

export interface LoadOptions {
  /** The folder of models. */
  readonly models: string
  readonly name: string
  /** Fetch `owner/name` when it is not in the cache yet. */
  readonly remote: boolean
  readonly host: string
  readonly threads?: number
}

/** Child → server. */
export type FromChild =
  | {
      readonly type: 'loaded'
      readonly kind: ModelKind
      readonly id: string
      readonly dim: number
      readonly took: number
    }
  | { readonly type: 'failed'; readonly kind: ModelKind; readonly error: WireError }
  | { readonly type: 'vector'; readonly id: number; readonly vector: Float32Array }
  | { readonly type: 'readings'; readonly id: number; readonly readings: readonly Reading[] }
  | { readonly type: 'error'; readonly id: number; readonly error: WireError }

export interface WireError {
  readonly code: ErrorCode
  readonly message: string
}

const Read = z.object({ start: z.number(), end: z.number(), span: z.number(), relevance: z.number() })
const Failure = z.object({ code: z.string(), message: z.string() })

/** Bytes from another process are checked like any others. */
const Message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('loaded'),
    kind: z.enum(['embedder', 'reader']),
    id: z.string(),
    dim: z.number(),
    took: z.number(),
  }),
  z.object({ type: z.literal('failed'), kind: z.enum(['embedder', 'reader']), error: Failure }),
  z.object({ type: z.literal('vector'), id: z.number(), vector: z.instanceof(Float32Array) }),
  z.object({ type: z.literal('readings'), id: z.number(), readings: z.array(Read) }),
  z.object({ type: z.literal('error'), id: z.number(), error: Failure }),
])

/** @returns the message, or null when it is not one. */
export const parseFromChild = (raw: unknown): FromChild | null => {
  const parsed = Message.safeParse(raw)
  return parsed.success ? (parsed.data as FromChild) : null // error codes come from our own child's ChuchuError
}
