import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ChuchuError } from '../core/errors.ts'
import { codeOf, type IndexerNews, type Order, parseNews } from './indexer-protocol.ts'

type Progress = Extract<IndexerNews, { type: 'progress' }>['progress']

/** How a run of the indexer ended; `died` when it ended without a word. */
export type Outcome =
  | Exclude<IndexerNews, { type: 'progress' }>
  | { readonly type: 'died'; readonly message: string }

export interface IndexerRun {
  readonly pid: number | undefined
  readonly outcome: Promise<Outcome>
  readonly stop: () => void
}

/** A fault of the program has no code: it is none that the index or the corpus has. */
export const failureOf = (outcome: Exclude<Outcome, { type: 'done' }>): Error => {
  if (outcome.type === 'failed' && outcome.code === null) return new Error(outcome.message)
  return new ChuchuError(
    outcome.type === 'died' ? 'index_missing' : codeOf(outcome.code ?? 'index_missing'),
    outcome.message,
  )
}

/** Forks the indexer: indexer.ts through tsx from the sources, indexer.js from dist. */
export const runIndexer = (order: Order, onProgress: (progress: Progress) => void): IndexerRun => {
  const source = import.meta.url.endsWith('.ts')
  const child = fork(fileURLToPath(new URL(`./indexer.${source ? 'ts' : 'js'}`, import.meta.url)), [], {
    execArgv: source ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.send(order, () => undefined) // a child that cannot be told ends, which `outcome` reports
  return { pid: child.pid, outcome: outcomeOf(child, onProgress), stop: () => end(child) }
}

/** Milliseconds that an indexer gets to end by itself; what it leaves, the next one clears away. */
const GRACE_MS = 5_000

const end = (child: ChildProcess): void => {
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  child.once('exit', () => clearTimeout(hard))
}

const outcomeOf = (child: ChildProcess, onProgress: (progress: Progress) => void): Promise<Outcome> =>
  new Promise((resolve) => {
    let last: Outcome | undefined
    child.on('message', (raw) => {
      const news = parseNews(raw)
      if (news?.type === 'progress') onProgress(news.progress)
      else if (news) last = news
    })
    const end = (how: string): void =>
      resolve(last ?? { type: 'died', message: `The indexer ended (${how})` })
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
    child.on('error', (error) => end(error.message))
  })
