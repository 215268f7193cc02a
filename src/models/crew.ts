import { ChuchuError } from '../core/errors.ts'
import type { FromChild, LoadOptions, ModelKind } from './protocol.ts'
import { settle } from './queue.ts'
import { type Child, startChild, unavailable } from './supervisor.ts'
import { hold, pump, type Seat, settleLoading, type Works } from './works.ts'

/** Children that die this often within WINDOW_MS are not started again for PAUSE_MS: they would only die again. */
const DEATHS = 3
const WINDOW_MS = 60_000
const PAUSE_MS = 30_000
/** Loading takes 0.4 s here; a large model fetched from afar takes minutes. */
const LOAD_MS = 60_000
const FETCH_MS = 1_800_000
/** Sent to a child at most this often: a request that kills two children is the likely cause. */
const TRIES = 2

/** Puts a child on every empty seat. */
export const startAll = (works: Works): void => {
  for (const seat of works.seats) start(works, seat)
}

const start = (works: Works, seat: Seat): void => {
  if (works.closed || seat.child) return
  const child = startChild({
    onMessage: (message) => hear(works, seat, message),
    onExit: (how) => mourn(works, seat, how),
  })
  seat.child = child
  for (const [kind, options] of works.options.loads) {
    const model = works.models.get(kind)
    if (model?.state !== 'ready') works.models.set(kind, { ...model, state: 'starting' })
    load(seat, child, kind, options)
  }
  hold(works)
}

const load = (seat: Seat, child: Child, kind: ModelKind, options: LoadOptions): void => {
  child.send({ type: 'load', kind, options })
  const limit = options.name.includes('/') ? FETCH_MS : LOAD_MS
  clearTimeout(seat.loading.get(kind))
  seat.loading.set(kind, setTimeout(() => child.kill(), limit).unref())
}

const hear = (works: Works, seat: Seat, message: FromChild): void => {
  if (message.type === 'loaded') {
    seat.loaded.add(message.kind)
    works.models.set(message.kind, { state: 'ready', identity: { id: message.id, dim: message.dim } })
    clearTimeout(seat.loading.get(message.kind))
    settleLoading(works)
  } else if (message.type === 'failed') {
    clearTimeout(seat.loading.get(message.kind))
    fail(works, message.kind, new ChuchuError(message.error.code, message.error.message))
  } else if (seat.current?.id === message.id) {
    const { job, timer } = seat.current
    clearTimeout(timer)
    seat.current = null
    settle(job, outcomeOf(message))
  }
  pump(works)
}

const outcomeOf = (message: FromChild): unknown => {
  if (message.type === 'vector') return message.vector
  if (message.type === 'readings') return message.readings
  if (message.type === 'error') return new ChuchuError(message.error.code, message.error.message)
  return undefined
}

/** A folder that cannot be loaded: refused until someone mends it; looked at again after a pause. */
const fail = (works: Works, kind: ModelKind, error: ChuchuError): void => {
  const known = works.models.get(kind)?.error?.message === error.message
  works.models.set(kind, { state: 'down', error })
  works.queue.refuse(error, kind)
  if (!known) works.options.onFault(error.message)
  settleLoading(works)
  later(works, () => loadAgain(works))
}

/** Every model that is down, since the others may have failed before the last one did. */
const loadAgain = (works: Works): void => {
  for (const [kind, options] of works.options.loads) {
    if (works.models.get(kind)?.state !== 'down') continue
    for (const seat of works.seats) if (seat.child) load(seat, seat.child, kind, options)
  }
}

/** A child is gone: what it was at is tried once more, and another is started unless too many died. */
const mourn = (works: Works, seat: Seat, how: string): void => {
  const now = performance.now()
  for (const timer of seat.loading.values()) clearTimeout(timer)
  seat.child = null
  seat.loaded.clear()
  works.deaths = [...works.deaths.filter((at) => now - at < WINDOW_MS), now]
  const lost = seat.current
  seat.current = null
  if (lost) {
    clearTimeout(lost.timer)
    if (lost.job.tries < TRIES) works.queue.retry(lost.job)
    else settle(lost.job, unavailable(how))
  }
  for (const [kind, model] of works.models) {
    const held = works.seats.some(({ loaded }) => loaded.has(kind))
    if (!held && model.state === 'ready') works.models.set(kind, { ...model, state: 'starting' })
  }
  works.options.onFault(`model process died (${how}), ${works.deaths.length} in ${WINDOW_MS / 1000} s`)
  if (works.deaths.length < DEATHS) start(works, seat)
  else if (works.seats.every(({ child }) => child === null)) pause(works, how)
  else later(works, () => startAll(works))
  pump(works)
}

const pause = (works: Works, how: string): void => {
  works.pausedUntil = performance.now() + PAUSE_MS
  const error = unavailable(how, PAUSE_MS)
  for (const kind of works.models.keys()) {
    works.models.set(kind, { ...works.models.get(kind), state: 'down', error })
  }
  works.queue.refuse(error)
  settleLoading(works)
  later(works, () => startAll(works))
}

/** One thing is tried later at a time: the last that went wrong. */
const later = (works: Works, act: () => void): void => {
  clearTimeout(works.retry)
  works.retry = setTimeout(() => {
    if (!works.closed) act()
  }, PAUSE_MS).unref()
}
