import { z } from 'zod'
import type { Config } from '../config.ts'
import type { ErrorCode } from '../core/errors.ts'

/** Server → indexer, once. */
export interface Order {
  readonly config: Config
  readonly folders: readonly string[]
  /** An index is being served meanwhile: questions come first. */
  readonly background: boolean
}

const count = z.int().min(0)

/** Indexer → server. Bytes from another process are checked like any others. */
const News = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    progress: z.object({
      stage: z.enum(['read', 'words', 'embed', 'graph', 'write']),
      done: count,
      total: count,
    }),
  }),
  z.object({
    type: z.literal('done'),
    generation: z.string(),
    articles: count,
    passages: count,
    warnings: z.array(z.object({ file: z.string(), message: z.string() })),
    took_ms: z.number(),
  }),
  z.object({ type: z.literal('failed'), code: z.string().nullable(), message: z.string() }),
])

export type IndexerNews = z.infer<typeof News>

/** The message, or null when it is none. */
export const parseNews = (raw: unknown): IndexerNews | null => News.safeParse(raw).data ?? null

/** Codes come from our own child's ChuchuError. */
export const codeOf = (code: string): ErrorCode => code as ErrorCode
