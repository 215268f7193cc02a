import { setPriority } from 'node:os'
import { ChuchuError } from '../core/errors.ts'
import { wireModels } from '../wire.ts'
import { buildIndex } from './build.ts'
import type { IndexerNews, Order } from './indexer-protocol.ts'

/** The process that builds an index for the server, which goes on serving the old one. Goes when its parent goes. */

/** Of 19: how much way is given to the server that answers meanwhile. */
const NICENESS = 5
/** Milliseconds between two reports. */
const REPORT_MS = 200

const tell = (news: IndexerNews): Promise<void> =>
  new Promise((done) => {
    if (process.connected) process.send?.(news, () => done())
    else done()
  })

const work = async ({ config, folders, background }: Order): Promise<void> => {
  if (background) setPriority(NICENESS)
  const models = wireModels(config, undefined, { indexing: true })
  let last = Number.NEGATIVE_INFINITY
  try {
    const report = await buildIndex({
      folders,
      index: config.index,
      models,
      signal: stop.signal,
      onProgress: (progress) => {
        const now = performance.now()
        if (now - last < REPORT_MS) return
        last = now
        void tell({ type: 'progress', progress })
      },
    })
    const { generation, articles, passages, took_ms } = report
    await tell({
      type: 'done',
      generation,
      articles,
      passages,
      took_ms,
      warnings: report.warnings.slice(0, 100),
    })
  } finally {
    await models.close()
  }
}

/** Where it went wrong goes with this process. */
const stackOf = (error: unknown): string =>
  `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`

const stop = new AbortController()
process.on('disconnect', () => process.exit(1))
process.on('SIGINT', () => undefined) // Ctrl-C reaches the whole group: the server decides
process.on('SIGTERM', () => stop.abort())
process.once('message', (order: Order) => {
  work(order)
    .catch((error: unknown) => {
      if (!(error instanceof ChuchuError)) process.stderr.write(stackOf(error))
      return tell({
        type: 'failed',
        code: error instanceof ChuchuError ? error.code : null,
        message: error instanceof Error ? error.message : String(error),
      })
    })
    .finally(() => process.exit())
})
