import type { ChuchuError } from '../core/errors.ts'
import type { LoadOptions, ModelKind } from './protocol.ts'
import type { Job, Queue } from './queue.ts'
import type { Child } from './supervisor.ts'

export type ModelState = 'ready' | 'starting' | 'down'

export interface PoolOptions {
  readonly loads: ReadonlyMap<ModelKind, LoadOptions>
  /** Children, each with all the models. */
  readonly children: number
  /** Longest a request may be with a child, milliseconds. */
  readonly requestMs: number
  readonly onFault: (message: string) => void
}

/** One of the models, as far as this process knows. */
export interface Model {
  state: ModelState
  identity?: { readonly id: string; readonly dim: number }
  error?: ChuchuError
}

/** The place of one child; it outlives those that sit in it. */
export interface Seat {
  child: Child | null
  current: { readonly job: Job; readonly id: number; readonly timer: NodeJS.Timeout } | null
  /** Of the models that are being loaded: what ends a child that does not come to an end with it. */
  readonly loading: Map<ModelKind, NodeJS.Timeout>
  readonly loaded: Set<ModelKind>
}

/** Everything about the children that changes, in one place. */
export interface Works {
  readonly options: PoolOptions
  readonly models: Map<ModelKind, Model>
  readonly queue: Queue
  /** Callers of ready(). */
  readonly waiting: Set<{ readonly resolve: () => void; readonly reject: (error: Error) => void }>
  readonly seats: readonly Seat[]
  retry: NodeJS.Timeout | undefined
  /** performance.now() of the last deaths. */
  deaths: number[]
  /** performance.now() until which no child is started. */
  pausedUntil: number
  nextId: number
  closed: boolean
}

/** Gives every idle child the next job for a model it has loaded. */
export const pump = (works: Works): void => {
  for (const seat of works.seats) {
    const { child } = seat
    if (!child || seat.current) continue
    const job = works.queue.take((kind) => seat.loaded.has(kind))
    if (!job) continue
    const id = works.nextId++
    const timer = setTimeout(() => child.kill(), works.options.requestMs)
    job.tries++
    seat.current = { job, id, timer }
    child.send({ type: 'work', id, request: job.request })
  }
  hold(works)
}

/** Keeps this process alive exactly while someone waits for a child. */
export const hold = (works: Works): void => {
  const awaited = works.waiting.size > 0 || works.queue.size() > 0
  for (const seat of works.seats) seat.child?.hold(awaited || seat.current !== null)
}

/** Tells those who wait for the models, once each is loaded or given up. */
export const settleLoading = (works: Works): void => {
  const models = [...works.models.values()]
  if (models.some(({ state }) => state === 'starting')) return
  const error = models.find((model) => model.error)?.error
  for (const waiter of works.waiting) error ? waiter.reject(error) : waiter.resolve()
  works.waiting.clear()
}
