import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { FEEDBACK } from '../core/index-names.ts'
import { makeApp } from '../http/app.ts'
import { readAssets } from '../http/assets.ts'
import { makeKeepFeedback } from '../http/feedback.ts'
import { type Address, isExposed } from '../http/guard.ts'
import { type Log, makeLog } from '../http/log.ts'
import { makeMetrics } from '../http/metrics.ts'
import { makeOriginals } from '../http/originals.ts'
import { makeQueue } from '../http/queue.ts'
import { makeRate } from '../http/rate.ts'
import { listen, type Running } from '../http/server.ts'
import { readCalibrations } from '../models/calibration.ts'
import type { Models } from '../models/client.ts'
import { wireModels } from '../wire.ts'
import { type Keeper, makeKeeper } from './keeper.ts'
import { makeMeter } from './progress.ts'
import type { Settings } from './settings.ts'
import type { Terminal } from './terminal.ts'

/** Questions at a time: while one waits for the model, the other computes. More only lengthens both. */
const RUNNING = 2
/** Questions in line, and milliseconds one waits there. */
const WAITING = 32
const PATIENCE_MS = 2_000
/** Milliseconds for one question, waiting included. */
const DEADLINE_MS = 10_000
/** Requests of one address under way at once, and how many more a second. One at a time is never limited. */
const BURST = 1_000
const REFILL = 100
/** Milliseconds that questions under way get to finish when the server is told to stop. */
const GRACE_MS = 10_000

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Of package.json. */
export const VERSION: string = JSON.parse(readFileSync(root('package.json'), 'utf8')).version

/**
 * Serves until told to stop. SIGTERM and Ctrl-C let questions under way finish; a second one ends at once.
 * @throws ChuchuError port_taken, bad_config, model_missing, model_damaged, and what keeps the first index from being built
 */
export const serve = async (settings: Settings, terminal: Terminal): Promise<void> => {
  exposeCollector()
  const { config } = settings
  const meter = makeMeter(terminal)
  const log = makeLog(config.log, (line) => {
    meter.end()
    terminal.err(line)
  })
  const stopping = new Promise<string>((resolve) => watchSignals(resolve))
  const { embedder, reader } = config
  if (!readCalibrations(config.models, embedder, reader).fitted)
    log.warn({ embedder, reader }, 'confidence was fitted with other models: take it for a guess')
  const models = wireModels(config, (fault) => log.warn({ fault }, 'model_fault'))
  const keeper = makeKeeper({ settings, models, log, onProgress: meter.show })
  let running: Running | null = null
  let isStopping = false
  try {
    running = await open(settings, keeper, log)
    greet(running.address, log, terminal)
    const fault = (err: unknown, what: string): void => {
      if (!isStopping) log.error({ err }, what) // a model that is closed while it loads has not failed
    }
    const why = await Promise.race([stopping, work(keeper, models, embedder, fault)])
    log.info({ why }, 'stopping')
  } finally {
    isStopping = true
    meter.end()
    await running?.stop(GRACE_MS)
    keeper.stop()
    await models.close()
  }
  log.info({}, 'stopped')
}

/**
 * Runs until something ends the server that is no signal. A model that cannot be loaded and an index that cannot be
 * renewed do so only when nothing can be served: words find without the embedder, rules read without the reader.
 */
const work = async (
  keeper: Keeper,
  models: Models,
  embedder: string,
  fault: (err: unknown, what: string) => void,
): Promise<never> => {
  const loaded = models.ready()
  loaded.catch(() => undefined) // awaited below
  if (embedder.includes('/')) {
    await loaded.catch((fault) => {
      if (models.state().embedder !== 'ready') throw fault // a fetched model is known only once it is here
    })
  }
  const [model, index] = await Promise.allSettled([loaded, keeper.start()])
  if (model.status === 'rejected') fault(model.reason, 'model_not_loaded')
  if (index.status === 'rejected') {
    if (keeper.state().index.state !== 'ready') throw index.reason
    fault(index.reason, 'index_not_renewed')
  }
  return new Promise<never>(() => undefined)
}

const open = async ({ config, folders }: Settings, keeper: Keeper, log: Log): Promise<Running> => {
  let address: Address | null = null
  const queue = makeQueue({ running: RUNNING, waiting: WAITING, patience_ms: PATIENCE_MS })
  const app = makeApp({
    backend: keeper,
    log,
    queue,
    rate: makeRate({ burst: BURST, refill: REFILL }),
    metrics: makeMetrics(keeper.state, queue),
    address: () => address,
    assets: readAssets(root('web/dist')),
    originals: makeOriginals(folders),
    feedback: config.feedback ? makeKeepFeedback(join(config.index, FEEDBACK)) : null,
    version: VERSION,
    deadline_ms: DEADLINE_MS,
  })
  const running = await listen(app, { host: config.host, port: config.port }, (fault) =>
    log.error({ err: fault }, 'request_failed'),
  )
  address = running.address
  return running
}

const greet = ({ host, port }: Address, log: Log, terminal: Terminal): void => {
  log.info({ host, port, pid: process.pid, version: VERSION }, 'listening')
  if (isExposed(host))
    log.warn({ host }, 'other machines can reach this server, and it asks nobody for a password')
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  terminal.err(`出处 http://${name}:${port}\n`)
}

const watchSignals = (onFirst: (signal: string) => void): void => {
  let told = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (told) process.exit(signal === 'SIGINT' ? 130 : 143)
      told = true
      onFirst(signal)
    })
}

/** hnswlib's memory is freed only when its JavaScript object is collected, and V8 does not see how large it is. */
const exposeCollector = (): void => {
  if (globalThis.gc) return
  setFlagsFromString('--expose_gc')
  globalThis.gc = runInNewContext('gc')
}
