import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ChuchuError } from '../core/errors.ts'
import { type FromChild, parseFromChild, type ToChild } from './protocol.ts'

/** A running child; gone after `onExit`, which is called once, or never when `stop` was. */
export interface Child {
  readonly pid: number | undefined
  readonly send: (message: ToChild) => void
  /** Kills at once: a hung native call hears nothing gentler. */
  readonly kill: () => void
  readonly stop: () => Promise<void>
  /** Whether the child keeps this process alive: only while something is awaited from it. */
  readonly hold: (alive: boolean) => void
}

interface Listeners {
  readonly onMessage: (message: FromChild) => void
  readonly onExit: (how: string) => void
}

/** Forks the model child: child.ts through tsx from the sources, child.js from dist. */
export const startChild = ({ onMessage, onExit }: Listeners): Child => {
  const source = import.meta.url.endsWith('.ts')
  const path = fileURLToPath(new URL(source ? './child.ts' : './child.js', import.meta.url))
  const child = fork(path, [], {
    serialization: 'advanced',
    execArgv: source ? ['--import', tsx()] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let over = false
  const end = (how: string): void => {
    if (over) return
    over = true
    onExit(how)
  }
  child.on('message', (raw) => {
    const message = parseFromChild(raw)
    if (message && !over) onMessage(message)
  })
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  child.on('error', (error) => end(error.message))
  return {
    pid: child.pid,
    send: (message) => {
      // a child that died a moment ago is reported by its exit event, not here
      if (child.connected) child.send(message, () => undefined)
    },
    kill: () => child.kill('SIGKILL'),
    stop: () => {
      over = true
      return gone(child)
    },
    hold: (alive) => hold(child, alive),
  }
}

/** Resolved from here, so that the working directory does not matter. Development only: dist needs no tsx. */
const tsx = (): string => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    hold(child, true)
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })

const hold = (child: ChildProcess, alive: boolean): void => {
  if (alive) {
    child.ref()
    child.channel?.ref()
  } else {
    child.unref()
    child.channel?.unref()
  }
}

/** What cannot be asked now, and what to do. */
export const unavailable = (why: string, pauseMs?: number): ChuchuError =>
  new ChuchuError(
    'model_unavailable',
    `The model process is down (${why}).${pauseMs === undefined ? '' : ` It is tried again after ${Math.ceil(pauseMs / 1000)} s;`} if it stays so, run: chuchu doctor`,
    pauseMs === undefined ? {} : { details: { retryAfterMs: Math.ceil(pauseMs) } },
  )
