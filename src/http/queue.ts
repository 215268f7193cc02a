import { ChuchuError } from '../core/errors.ts'

interface Limits {
  /** Jobs at a time. */
  readonly running: number
  /** Jobs that may wait. */
  readonly waiting: number
  /** Milliseconds a job may wait for its turn. */
  readonly patience_ms: number
}

export interface Queue {
  /** Jobs under way and jobs in line. */
  readonly load: () => { readonly running: number; readonly waiting: number }
  /**
   * Waits for a turn and returns the function that ends it.
   * @throws ChuchuError overloaded when the line is full or too slow, aborted when `signal` fires first.
   */
  readonly turn: (signal: AbortSignal) => Promise<() => void>
}

interface Waiter {
  readonly start: () => void
}

/** First come, first served, with a bounded line: what cannot start soon is refused at once instead of piling up. */
export const makeQueue = (limits: Limits): Queue => {
  const line = new Set<Waiter>()
  let running = 0
  const leave = (): void => {
    running--
    const [next] = line
    next?.start()
  }
  const enter = (): (() => void) => {
    running++
    let left = false
    return () => {
      if (!left) leave()
      left = true
    }
  }
  const wait = (signal: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        line.delete(waiter)
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
      }
      const giveUp = (): void => {
        settle()
        reject(new ChuchuError('aborted', 'The client went away while waiting'))
      }
      const timer = setTimeout(() => {
        settle()
        reject(new ChuchuError('overloaded', `No turn within ${limits.patience_ms} ms`))
      }, limits.patience_ms)
      const waiter: Waiter = {
        start: () => {
          settle()
          resolve(enter())
        },
      }
      signal.addEventListener('abort', giveUp)
      line.add(waiter)
    })
  return {
    load: () => ({ running, waiting: line.size }),
    turn: async (signal) => {
      if (signal.aborted) throw new ChuchuError('aborted', 'The client went away')
      if (running < limits.running) return enter()
      if (line.size >= limits.waiting)
        throw new ChuchuError('overloaded', `${limits.waiting} questions are waiting already`)
      return wait(signal)
    },
  }
}
