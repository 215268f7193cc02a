import { ChuchuError, type ErrorCode } from '../core/errors.ts'
import { startAll } from './crew.ts'
import type { ModelKind, Request } from './protocol.ts'
import { kindOf, makeJob, makeQueue, settle } from './queue.ts'
import { unavailable } from './supervisor.ts'
import {
  hold,
  type Model,
  type ModelState,
  type PoolOptions,
  pump,
  settleLoading,
  type Works,
} from './works.ts'

export interface PoolState {
  readonly embedder: ModelState
  readonly reader: ModelState | 'none'
  readonly error?: string
  /** Those that are down, and why. */
  readonly faults: readonly ModelFault[]
  /** Of the first child. */
  readonly pid?: number
}

export interface ModelFault {
  readonly kind: ModelKind
  readonly code: ErrorCode
}

/** Children kept alive, each asked one thing at a time. */
export interface Pool {
  readonly ask: (request: Request, signal?: AbortSignal) => Promise<unknown>
  readonly identity: (kind: ModelKind) => { readonly id: string; readonly dim: number } | undefined
  readonly state: () => PoolState
  readonly ready: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts the children at once. */
export const startPool = (options: PoolOptions): Pool => {
  const works: Works = {
    options,
    models: new Map([...options.loads.keys()].map((kind) => [kind, { state: 'starting' }])),
    queue: makeQueue(),
    waiting: new Set(),
    seats: Array.from({ length: options.children }, () => ({
      child: null,
      current: null,
      loading: new Map(),
      loaded: new Set(),
    })),
    retry: undefined,
    deaths: [],
    pausedUntil: 0,
    nextId: 1,
    closed: false,
  }
  startAll(works)
  return {
    ask: (request, signal) => ask(works, request, signal),
    identity: (kind) => works.models.get(kind)?.identity,
    state: () => stateOf(works),
    ready: () => ready(works),
    close: () => close(works),
  }
}

const ask = async (works: Works, request: Request, signal?: AbortSignal): Promise<unknown> => {
  const model = works.models.get(kindOf(request))
  if (works.closed || !model) throw unavailable('closed')
  if (model.state === 'down') throw refusal(works, model)
  const { job, promise } = makeJob(request, signal)
  works.queue.add(job)
  pump(works)
  try {
    return await promise
  } finally {
    hold(works)
  }
}

/** The same fault told anew, so that each caller's stack is its own and the pause left is right. */
const refusal = (works: Works, model: Model): ChuchuError => {
  const left = works.pausedUntil - performance.now()
  if (left > 0) return unavailable('it died too often', left)
  return new ChuchuError(
    model.error?.code ?? 'model_unavailable',
    model.error?.message ?? 'The model is down.',
  )
}

const stateOf = (works: Works): PoolState => {
  const down = [...works.models].filter(([, { state }]) => state === 'down')
  const error = down[0]?.[1].error
  const pid = works.seats[0]?.child?.pid
  return {
    embedder: works.models.get('embedder')?.state ?? 'down',
    reader: works.models.get('reader')?.state ?? 'none',
    faults: down.map(([kind, model]) => ({ kind, code: model.error?.code ?? 'model_unavailable' })),
    ...(error === undefined ? {} : { error: error.message }),
    ...(pid === undefined ? {} : { pid }),
  }
}

const ready = (works: Works): Promise<void> =>
  new Promise((resolve, reject) => {
    works.waiting.add({ resolve, reject })
    hold(works)
    if (works.closed) reject(unavailable('closed'))
    else settleLoading(works)
  })

const close = async (works: Works): Promise<void> => {
  works.closed = true
  clearTimeout(works.retry)
  const error = unavailable('closed')
  for (const { current, loading } of works.seats) {
    for (const timer of loading.values()) clearTimeout(timer)
    if (!current) continue
    clearTimeout(current.timer)
    settle(current.job, error)
  }
  works.queue.refuse(error)
  for (const waiter of works.waiting) waiter.reject(error)
  works.waiting.clear()
  await Promise.all(works.seats.map(({ child }) => child?.stop()))
  for (const seat of works.seats) seat.child = null
}
