import type { IndexInfo } from '../src/core/types.ts'
import type { ArticleBody, ArticleRow, Building, IndexStatus, Original } from './bodies.ts'
import { rootOf } from './route.ts'

/** Why a request brought nothing: no connection, a problem the server describes, or bytes that make no sense. */
export type Trouble =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'odd' }
  | {
      readonly kind: 'problem'
      readonly status: number
      /** The part of the problem's type after `#`, such as `overloaded`. */
      readonly type: string
      readonly detail: string
      readonly requestId: string
      /** Seconds; 0 when the server did not say. */
      readonly retryAfter: number
    }

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble }

/** What GET /readyz says, ready or not. */
export interface Readiness {
  readonly ready: boolean
  readonly type: string
  readonly detail: string
  readonly info: IndexInfo | null
  /** When the index was built, ISO 8601. */
  readonly builtAt: string | null
  /** The server keeps verdicts on extracts. */
  readonly feedback: boolean
  readonly building: Building | null
}

/** Bytes that make no sense. */
export const ODD: Trouble = { kind: 'odd' }

/** Address of the page's folder, absolute. */
export const root = (): URL => new URL(rootOf(location.pathname), location.origin)

/** Absolute address of something below the root. The API's own links begin with a slash. */
export const absolute = (path: string): string => new URL(path.replace(/^\/+/, ''), root()).href

/** A request whose failures are values. */
export const send = async (path: string, init: RequestInit): Promise<Result<Response>> => {
  try {
    const response = await fetch(absolute(path), init)
    return response.ok ? { ok: true, value: response } : { ok: false, trouble: await problemOf(response) }
  } catch {
    return { ok: false, trouble: { kind: 'unreachable' } }
  }
}

/** A problem as it is sent (RFC 9457), as far as the page reads it. */
interface ProblemBody {
  readonly type?: string
  readonly status?: number
  readonly detail?: string
  readonly requestId?: string
}

const problemOf = async (response: Response): Promise<Trouble> => {
  try {
    const body = (await response.json()) as ProblemBody
    return problem({ ...body, status: response.status }, Number(response.headers.get('retry-after')) || 0)
  } catch {
    return ODD
  }
}

/** Seconds to wait when an answer that had begun breaks off: the server had no header left to say it in. */
const BROKEN_OFF_RETRY = 1

/** The trouble of an event `error`, whose data is a problem. */
export const problemOfEvent = (data: string): Trouble => {
  try {
    const body = JSON.parse(data) as ProblemBody
    return problem(body, body.status === 503 ? BROKEN_OFF_RETRY : 0)
  } catch {
    return ODD
  }
}

const problem = (body: ProblemBody, retryAfter: number): Trouble => ({
  kind: 'problem',
  status: body.status ?? 500,
  type: (body.type ?? '').split('#')[1] ?? '',
  detail: body.detail ?? '',
  requestId: body.requestId ?? '',
  retryAfter,
})

const json = async <T>(path: string, init: RequestInit): Promise<Result<T>> => {
  const sent = await send(path, { ...init, headers: { accept: 'application/json', ...init.headers } })
  if (!sent.ok) return sent
  try {
    return { ok: true, value: (await sent.value.json()) as T }
  } catch {
    return { ok: false, trouble: ODD }
  }
}

const signalled = (signal: AbortSignal | undefined): RequestInit => (signal ? { signal } : {})

/** One page of GET /articles, as long as the server allows. */
export const articlesPage = (
  cursor: string | null,
): Promise<Result<{ articles: ArticleRow[]; total: number; next: string | null }>> =>
  json(`articles?limit=1000${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, {})

/** GET /articles/:id. Never from the browser's cache, which may hold the page of the same address. */
export const article = (id: string, signal?: AbortSignal): Promise<Result<ArticleBody>> =>
  json(`articles/${encodeURIComponent(id)}`, { cache: 'no-store', ...signalled(signal) })

/** GET /files/:id, the text of a file as the index read it. */
export const file = async (id: string, signal: AbortSignal): Promise<Result<string>> => {
  const sent = await send(`files/${encodeURIComponent(id)}`, { signal })
  if (!sent.ok) return sent
  try {
    return { ok: true, value: await sent.value.text() }
  } catch {
    return { ok: false, trouble: ODD }
  }
}

/** GET /files/:id/original, never from the browser's cache; decoded here, without the byte order mark. */
export const original = async (id: string): Promise<Result<Original>> => {
  const sent = await send(`files/${encodeURIComponent(id)}/original`, { cache: 'reload' })
  if (!sent.ok) return sent
  try {
    const bytes = new Uint8Array(await sent.value.arrayBuffer())
    const charset = /charset=([\w-]+)/i.exec(sent.value.headers.get('content-type') ?? '')?.[1] ?? 'utf-8'
    return { ok: true, value: { bytes, charset, text: new TextDecoder(charset).decode(bytes) } }
  } catch {
    return { ok: false, trouble: ODD }
  }
}

const posted = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** POST /feedback. */
export const sendFeedback = (body: object): Promise<Result<{ id: string }>> => json('feedback', posted(body))

/** GET /index. */
export const indexStatus = (): Promise<Result<IndexStatus>> => json('index', { cache: 'no-store' })

/** POST /index: builds it again when the files have changed. */
export const renewIndex = (): Promise<Result<IndexStatus>> => json('index', posted({}))

/** GET /readyz. An answer of 503 is an answer too. */
export const readiness = async (): Promise<Result<Readiness>> => {
  try {
    const response = await fetch(absolute('readyz'), { cache: 'no-store' })
    const body = (await response.json()) as {
      type?: string
      detail?: string
      feedback?: boolean
      index?: { builtAt: string | null; info: IndexInfo | null; building: Readiness['building'] }
    }
    return {
      ok: true,
      value: {
        ready: response.ok,
        type: (body.type ?? '').split('#')[1] ?? '',
        detail: body.detail ?? '',
        info: body.index?.info ?? null,
        builtAt: body.index?.builtAt ?? null,
        feedback: body.feedback === true,
        building: body.index?.building ?? null,
      },
    }
  } catch {
    return { ok: false, trouble: { kind: 'unreachable' } }
  }
}
