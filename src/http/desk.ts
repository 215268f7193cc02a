import { ChuchuError } from '../core/errors.ts'
import type { Desk } from '../core/ports.ts'
import type { Backend } from './backend.ts'
import type { AppDeps } from './context.ts'
import { makeDeadline } from './deadline.ts'
import { refuse } from './problems.ts'
import type { Loan } from './shelf.ts'

/** A question whose turn has come. */
export interface Job {
  /** Runs `work` until it is done or the time is over; the desk stays open until `work` itself has ended. */
  readonly run: <T>(work: (desk: Desk, signal: AbortSignal) => Promise<T>) => Promise<T>
  readonly end: () => void
}

/**
 * Waits for a turn, then opens the desk.
 * @throws HTTPException when there is no index, ChuchuError overloaded, timeout or aborted
 */
export const takeTurn = async (deps: AppDeps, client: AbortSignal): Promise<Job> => {
  if (deps.backend.state().index.state !== 'ready') throw unavailable(deps.backend)
  const deadline = makeDeadline(client, deps.deadline_ms)
  try {
    const leave = await deps.queue.turn(deadline.signal)
    const end = (): void => {
      deadline.clear()
      leave()
    }
    return {
      run: (work) => {
        const { item, release } = borrow(deps.backend)
        return deadline.race(work(item, deadline.signal).finally(release))
      },
      end,
    }
  } catch (error) {
    deadline.clear()
    throw isWaitingForModels(deps.backend, error) ? refuse('starting', MODELS_START) : error
  }
}

const MODELS_START = '模型正在重新启动，请几秒后再试。'

/** The line stands still because a model process died, not because many ask. */
const isWaitingForModels = ({ state }: Backend, error: unknown): boolean => {
  const { embedder, reader } = state().models
  return (
    error instanceof ChuchuError &&
    error.code === 'overloaded' &&
    (embedder === 'starting' || reader === 'starting')
  )
}

/** @throws HTTPException when there is no index */
export const borrow = (backend: Backend): Loan<Desk> => {
  const loan = backend.borrow()
  if (!loan) throw unavailable(backend)
  return loan
}

/** Why there is no index to answer from, with how far it is. */
export const unavailable = (backend: Backend, extra: Readonly<Record<string, unknown>> = {}) => {
  const { index } = backend.state()
  if (index.building)
    return refuse('building', `正在建立索引（${index.building.percent}%），完成后即可提问。`, extra)
  if (index.state === 'opening') return refuse('starting', undefined, extra)
  const why = index.error === null ? undefined : `没有可用的索引：${index.error}`
  return refuse('index-unavailable', why, extra)
}

/** An index that was sound when it was opened and is not any more is built again. */
export const tellOfDamage = (backend: Backend, fault: unknown): void => {
  if (fault instanceof ChuchuError && fault.code === 'index_damaged') backend.damaged(fault)
}
