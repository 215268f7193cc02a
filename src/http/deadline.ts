import { ChuchuError } from '../core/errors.ts'

export interface Deadline {
  /** Fires when the client goes or the time is over. */
  readonly signal: AbortSignal
  /** Settles as `work` does, or rejects with `timeout` when the time is over first. */
  readonly race: <T>(work: Promise<T>) => Promise<T>
  readonly clear: () => void
}

/**
 * The time one request may take. Written out because AbortSignal.any and AbortSignal.timeout keep their
 * listeners alive on Node 20.
 */
export const makeDeadline = (client: AbortSignal, limit_ms: number): Deadline => {
  const controller = new AbortController()
  let reject: (error: ChuchuError) => void = () => undefined
  const late = new Promise<never>((_, fail) => {
    reject = fail
  })
  late.catch(() => undefined) // nobody may be racing when the time is over
  const timer = setTimeout(() => {
    const error = new ChuchuError('timeout', `Not done within ${limit_ms} ms`)
    controller.abort(error)
    reject(error)
  }, limit_ms)
  const gone = (): void => controller.abort(new ChuchuError('aborted', 'The client went away'))
  if (client.aborted) gone()
  else client.addEventListener('abort', gone, { once: true })
  return {
    signal: controller.signal,
    race: (work) => Promise.race([work, late]),
    clear: () => {
      clearTimeout(timer)
      client.removeEventListener('abort', gone)
    },
  }
}
