import type { FeedbackBody } from '../src/http/requests.ts'
import type {
  ArticleBody,
  ArticlesBody,
  FeedbackKeptBody,
  IndexBody,
  ProblemBody,
  ReadyBody,
  SuggestionsBody,
} from '../src/http/schemas.ts'
import type { Original } from './check.ts'
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
export interface Readiness
  extends Pick<ReadyBody['index'], 'info' | 'builtAt' | 'building'>,
    Pick<ReadyBody, 'feedback'> {
  readonly ready: boolean
  /** As that of a Trouble; empty when ready. */
  readonly type: string
  readonly detail: string
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

/** A problem as it comes: a proxy between may send JSON of its own. */
type Sent = Partial<ProblemBody>

const problemOf = async (response: Response): Promise<Trouble> => {
  try {
    const body = (await response.json()) as Sent
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
    const body = JSON.parse(data) as Sent
    return problem(body, body.status === 503 ? BROKEN_OFF_RETRY : 0)
  } catch {
    return ODD
  }
}

const problem = (body: Sent, retryAfter: number): Trouble => ({
  kind: 'problem',
  status: body.status ?? 500,
  type: typeOf(body),
  detail: body.detail ?? '',
  requestId: body.requestId ?? '',
  retryAfter,
})

const typeOf = ({ type = '' }: Sent): string => type.split('#')[1] ?? ''

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
export const articlesPage = (cursor: string | null): Promise<Result<ArticlesBody>> =>
  json(`articles?limit=1000${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, {})

/** GET /suggest. */
export const suggestions = (typed: string, signal: AbortSignal): Promise<Result<SuggestionsBody>> =>
  json(`suggest?q=${encodeURIComponent(typed)}`, { signal })

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
export const sendFeedback = (body: FeedbackBody): Promise<Result<FeedbackKeptBody>> =>
  json('feedback', posted(body))

/** GET /index. */
export const indexStatus = (): Promise<Result<IndexBody>> => json('index', { cache: 'no-store' })

/** POST /index: builds it again when the files have changed. */
export const renewIndex = (): Promise<Result<IndexBody>> => json('index', posted({}))

/** GET /readyz. An answer of 503 is an answer too. */
export const readiness = async (): Promise<Result<Readiness>> => {
  try {
    const response = await fetch(absolute('readyz'), { cache: 'no-store' })
    const body = (await response.json()) as ReadyBody | Sent
    const { info = null, builtAt = null, building = null } = body.index ?? {}
    const state = { ready: response.ok, info, builtAt, building }
    const said =
      'feedback' in body
        ? { type: '', detail: '', feedback: body.feedback }
        : { type: typeOf(body as Sent), detail: (body as Sent).detail ?? '', feedback: false }
    return { ok: true, value: { ...state, ...said } }
  } catch {
    return { ok: false, trouble: { kind: 'unreachable' } }
  }
}
