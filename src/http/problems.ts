import { HTTPException } from 'hono/http-exception'
import { ChuchuError, type ErrorCode } from '../core/errors.ts'

/** Seconds a client is told to wait. */
const SOON = 1
const LATER = 5

interface Kind {
  readonly status: number
  readonly title: string
  /** What happened and what to do, for the person in front of the page. */
  readonly detail: string
  /** Seconds; sent as Retry-After. */
  readonly retry?: number
}

/** Closed list of problem types: one line each in docs/errors.md and on the page /docs. */
export const PROBLEMS = {
  malformed: { status: 400, title: 'Malformed request', detail: '请求无法读懂：请发送合法的 JSON。' },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    detail: '拒绝访问：请求的 Host 或来源不是本机页面。请直接打开服务启动时显示的网址。',
  },
  'not-found': { status: 404, title: 'Not found', detail: '没有这个地址。可用的接口见 /docs。' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: '这个地址不支持该方法，请看响应头 Allow。',
  },
  'request-timeout': {
    status: 408,
    title: 'Request timeout',
    detail: '请求迟迟没有发完，连接已关闭。请重新发送。',
  },
  'too-large': {
    status: 413,
    title: 'Content too large',
    detail: '请求超过 320 KB。请缩短问题，或少带几条之前的问题，再试一次。',
  },
  'unsupported-type': {
    status: 415,
    title: 'Unsupported media type',
    detail: '只接受 UTF-8 的 JSON：请把 Content-Type 设为 application/json。',
  },
  expectation: { status: 417, title: 'Expectation failed', detail: '不支持请求头 Expect 的要求，请去掉它。' },
  invalid: { status: 422, title: 'Invalid request', detail: '请求内容有误。' },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    detail: '同时发来的请求太多，请稍等再试。',
    retry: SOON,
  },
  'headers-too-large': { status: 431, title: 'Headers too large', detail: '请求头太长，请缩短后再试。' },
  internal: {
    status: 500,
    title: 'Internal error',
    detail: '程序内部出错，已记入日志。请凭 requestId 向维护者报告。',
  },
  'feedback-full': {
    status: 507,
    title: 'No room for feedback',
    detail:
      '评价没有记下：存放评价的文件已满，磁盘没有空间，或索引文件夹不能写入。文件满了，请用 chuchu feedback 取出后移走 feedback.jsonl。',
  },
  starting: { status: 503, title: 'Starting', detail: '正在启动，请稍候几秒。', retry: SOON },
  building: { status: 503, title: 'Building the index', detail: '正在建立索引，请稍候。', retry: SOON },
  'index-unavailable': {
    status: 503,
    title: 'No index',
    detail: '没有可用的索引。请看服务的日志，再运行 chuchu index。',
    retry: LATER,
  },
  'model-unavailable': {
    status: 503,
    title: 'Model unavailable',
    detail: '模型暂时不可用，半分钟后自动再试。若一直如此，请看服务的日志，并运行 chuchu doctor。',
    retry: LATER,
  },
  overloaded: { status: 503, title: 'Overloaded', detail: '现在提问的人太多，请稍后再试。', retry: SOON },
  timeout: {
    status: 503,
    title: 'Took too long',
    detail: '这个问题超过了 10 秒，已停止。请稍后再试。',
    retry: SOON,
  },
  'page-missing': {
    status: 503,
    title: 'Page not built',
    detail: '网页还没有构建：请在项目目录运行 npm run build，再重新启动。接口不受影响。',
    retry: LATER,
  },
} as const satisfies Readonly<Record<string, Kind>>

export type ProblemType = keyof typeof PROBLEMS

/** RFC 9457, as it is sent. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly requestId: string
  readonly [extension: string]: unknown
}

/** What `refuse` puts into an exception for the edge to shape. */
export interface Refusal {
  readonly type: ProblemType
  readonly detail: string | undefined
  readonly extra: Readonly<Record<string, unknown>>
}

/** A refusal to be thrown by a handler; http/app.ts makes the response of it. */
export const refuse = (
  type: ProblemType,
  detail?: string,
  extra: Readonly<Record<string, unknown>> = {},
): HTTPException =>
  new HTTPException(PROBLEMS[type].status, { cause: { type, detail, extra } satisfies Refusal })

/** What a thrown thing is to the client. Messages of our own errors may name paths: they are logged and never sent. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof HTTPException) {
    const known = error.cause as Refusal | undefined // only `refuse` gives a cause; hono's own exceptions have none
    return known ?? { type: TYPE_OF_STATUS.get(error.status) ?? 'malformed', detail: undefined, extra: {} }
  }
  return {
    type: error instanceof ChuchuError ? PROBLEM_OF[error.code] : 'internal',
    detail: undefined,
    extra: {},
  }
}

/** Statuses that hono itself throws. */
const TYPE_OF_STATUS: ReadonlyMap<number, ProblemType> = new Map([
  [400, 'malformed'],
  [413, 'too-large'],
  [415, 'unsupported-type'],
])

/** Which problem an expected failure is to the client. Its message may name paths, so it is logged and never sent. */
const PROBLEM_OF: Readonly<Record<ErrorCode, ProblemType>> = {
  bad_input: 'invalid',
  bad_config: 'internal',
  not_found: 'not-found',
  corpus_missing: 'index-unavailable',
  corpus_empty: 'index-unavailable',
  index_missing: 'index-unavailable',
  index_damaged: 'index-unavailable',
  index_mismatch: 'index-unavailable',
  index_locked: 'building',
  model_missing: 'model-unavailable',
  model_damaged: 'model-unavailable',
  model_unavailable: 'model-unavailable',
  disk_full: 'index-unavailable',
  overloaded: 'overloaded',
  timeout: 'timeout',
  aborted: 'timeout',
  port_taken: 'internal',
  verify_failed: 'internal',
}

/** The body of a problem. `instance` is the path that was asked for, without its query. */
export const problemBody = (
  type: ProblemType,
  instance: string,
  requestId: string,
  detail?: string,
  extra: Readonly<Record<string, unknown>> = {},
): Problem => ({
  type: `/docs#${type}`,
  title: PROBLEMS[type].title,
  status: PROBLEMS[type].status,
  detail: detail ?? PROBLEMS[type].detail,
  instance: instance.slice(0, 200),
  requestId,
  ...extra,
})

/** Headers of a problem beside those of every response. */
export const problemHeaders = (type: ProblemType): Record<string, string> => {
  const kind: Kind = PROBLEMS[type]
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(kind.retry === undefined ? {} : { 'retry-after': String(kind.retry) }),
  }
}
