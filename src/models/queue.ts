import { ChuchuError } from '../core/errors.ts'
import type { ModelKind, Request } from './protocol.ts'

/** A request and who waits for it. */
export interface Job<Reply = unknown> {
  readonly request: Request
  readonly settle: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void }
  /** Times it was sent to a child. */
  tries: number
  /** Answered, refused or given up by its caller. */
  done: boolean
}

/** The model a request is for. */
export const kindOf = (request: Request): ModelKind => (request.type === 'read' ? 'reader' : 'embedder')

/** Someone waits for a question; indexing waits for everyone. */
const ORDER: readonly Request['type'][] = ['question', 'read', 'passage']

export interface Queue {
  readonly size: () => number
  readonly add: (job: Job) => void
  /** Back to the head of its line. */
  readonly retry: (job: Job) => void
  /** The next job for a model that `may` be asked, questions first. */
  readonly take: (may: (kind: ModelKind) => boolean) => Job | undefined
  /** Refuses all that wait for the model; without one, all. */
  readonly refuse: (error: Error, kind?: ModelKind) => void
}

/** Three lines in memory, served in ORDER. Not bounded: the HTTP layer admits, the indexer sends one at a time. */
export const makeQueue = (): Queue => {
  const lines = new Map<Request['type'], Job[]>(ORDER.map((type) => [type, []]))
  const line = (type: Request['type']): Job[] => lines.get(type) ?? []
  return {
    size: () => ORDER.reduce((sum, type) => sum + line(type).filter((job) => !job.done).length, 0),
    add: (job) => line(job.request.type).push(job),
    retry: (job) => line(job.request.type).unshift(job),
    take: (may) => {
      for (const type of ORDER) {
        const jobs = line(type)
        while (jobs[0]?.done) jobs.shift()
        const [first] = jobs
        if (first && may(kindOf(first.request))) return jobs.shift()
      }
      return undefined
    },
    refuse: (error, kind) => {
      for (const type of ORDER) {
        const jobs = line(type)
        const [first] = jobs
        if (!first || (kind !== undefined && kindOf(first.request) !== kind)) continue
        for (const job of jobs.splice(0)) settle(job, error)
      }
    },
  }
}

/** Tells the caller once; what comes later is dropped. */
export const settle = (job: Job, outcome: unknown): void => {
  if (job.done) return
  job.done = true
  if (outcome instanceof Error) job.settle.reject(outcome)
  else job.settle.resolve(outcome)
}

/** A job and the promise its caller holds; an abort gives it up at once, even when the child is at it. */
export const makeJob = (request: Request, signal?: AbortSignal): { job: Job; promise: Promise<unknown> } => {
  const { promise, resolve, reject } = withResolvers()
  const job: Job = { request, settle: { resolve, reject }, tries: 0, done: false }
  if (signal) {
    const abort = (): void =>
      settle(job, new ChuchuError('aborted', 'The request was given up.', { cause: signal.reason }))
    if (signal.aborted) abort()
    else {
      signal.addEventListener('abort', abort, { once: true })
      const forget = (): void => signal.removeEventListener('abort', abort)
      promise.then(forget, forget)
    }
  }
  return { job, promise }
}

/** Promise.withResolvers, which Node 20 lacks. */
const withResolvers = (): {
  promise: Promise<unknown>
  resolve: (value: unknown) => void
  reject: (error: Error) => void
} => {
  let resolve: (value: unknown) => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
