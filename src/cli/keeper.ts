import { setTimeout as sleep } from 'node:timers/promises'
import { ChuchuError } from '../core/errors.ts'
import type { Desk, Progress } from '../core/ports.ts'
import type { Backend, Building, State } from '../http/backend.ts'
import type { Log } from '../http/log.ts'
import { makeShelf, type Shelf } from '../http/shelf.ts'
import { readCurrent } from '../index/generations.ts'
import { isBeingBuilt } from '../index/lock.ts'
import type { Models } from '../models/client.ts'
import { wireDesk } from '../wire.ts'
import { failureOf, type IndexerRun, runIndexer } from './indexer-run.ts'
import { isOutdated, orGone } from './outdated.ts'
import { percentOf } from './progress.ts'
import type { Settings } from './settings.ts'
import { indexTrouble, modelTrouble } from './trouble.ts'
import { warm } from './warm.ts'

interface KeeperDeps {
  readonly settings: Settings
  readonly models: Models
  readonly log: Log
  readonly onProgress: (progress: Progress) => void
}

export interface Keeper extends Backend {
  /**
   * Opens the index there is, then has one built when there is none or the corpus has changed.
   * @throws ChuchuError when the build fails; what was served before is served on
   */
  readonly start: () => Promise<void>
  /** Ends a build and closes the index once its last reader is done. */
  readonly stop: () => void
}

/** An indexer that dies (kill -9, out of memory) is started again so often, with a pause. */
const TRIES = 3
const PAUSE_MS = 1_000
/** Milliseconds between two looks at an index that another process builds. */
const LOCKED_MS = 2_000
/** Milliseconds before a damaged index is built again, when that failed. */
const MENDING_MS = 30_000

const BEGUN: Building = { stage: 'start', done: 0, total: 0, percent: 0 }

/** Everything that changes, in one place. */
interface Kept {
  readonly deps: KeeperDeps
  readonly shelf: Shelf<Desk>
  looked: boolean
  building: Building | null
  error: string | null
  run: IndexerRun | null
  /** Bringing the index up to date, by building or by waiting for who builds: one at a time. */
  refreshing: Promise<void> | null
  look: Look | null
  /** Whether what is served was found damaged since it was opened, and when it is mended at the earliest. */
  damaged: boolean
  mendFrom_ms: number
  stopped: boolean
}

/** What a look at the corpus found, and until when it is believed (milliseconds of performance.now). */
interface Look {
  readonly changed: boolean
  readonly until_ms: number
}

/** A look reads the whole corpus, so what it found is believed for so many times as long as it took. */
const BELIEVED = 20

/** Keeps the index that is served: opens it, has it built in a process of its own, swaps it while it is in use. */
export const makeKeeper = (deps: KeeperDeps): Keeper => {
  const shelf = makeShelf<Desk>(({ generation }) => {
    generation.close()
    deps.log.info({ generation: generation.info.generation }, 'index_closed')
    setImmediate(() => globalThis.gc?.()) // its native memory goes only with the JavaScript object
  })
  const kept: Kept = {
    deps,
    shelf,
    looked: false,
    building: null,
    error: null,
    run: null,
    refreshing: null,
    look: null,
    damaged: false,
    mendFrom_ms: 0,
    stopped: false,
  }
  return {
    borrow: shelf.borrow,
    state: () => stateOf(kept),
    changed: () => changed(kept),
    damaged: (fault) => mend(kept, fault),
    renew: () => renew(kept),
    start: () => start(kept),
    stop: () => {
      kept.stopped = true
      kept.run?.stop()
      shelf.clear()
    },
  }
}

const stateOf = ({ deps, shelf, looked, building, error }: Kept): State => {
  const generation = shelf.current()?.generation
  const info = generation?.info ?? null
  const { embedder, reader, faults } = deps.models.state()
  const served = !looked ? 'opening' : info ? 'ready' : error === null ? 'missing' : 'failed'
  const builtAt = generation?.builtAt ?? null
  return {
    index: { state: served, info, builtAt, building, error },
    models: { embedder, reader, error: faults.map(modelTrouble).join('') || null },
  }
}

const start = async (kept: Kept): Promise<void> => {
  openIfSound(kept)
  const loan = kept.shelf.borrow()
  if (loan) await warm(loan.item).finally(loan.release)
  kept.looked = true
  await bringUpToDate(kept)
}

const renew = (kept: Kept): boolean => {
  if (kept.refreshing !== null) return true
  if (!look(kept)) return false
  bringUpToDate(kept).catch((err: unknown) => kept.deps.log.error({ err }, 'index_not_renewed'))
  return true
}

/** However many questions meet the damage: once, and again after a pause when that failed. */
const mend = (kept: Kept, fault: Error): void => {
  if (performance.now() < kept.mendFrom_ms) return
  kept.mendFrom_ms = performance.now() + MENDING_MS
  kept.deps.log.error({ fault: fault.message }, 'index_damaged')
  kept.damaged = true
  kept.look = null
  renew(kept)
}

const bringUpToDate = (kept: Kept): Promise<void> => {
  kept.refreshing ??= refreshed(kept)
  return kept.refreshing
}

const refreshed = async (kept: Kept): Promise<void> => {
  kept.error = null
  try {
    await refresh(kept)
  } catch (fault) {
    if (kept.stopped) return
    kept.error = indexTrouble(fault)
    throw fault
  } finally {
    kept.building = null
    kept.refreshing = null
  }
}

const openNow = (kept: Kept): void => {
  const { deps, shelf } = kept
  const { log, models, settings } = deps
  const desk = wireDesk(settings.config, models, (fault) =>
    log.error({ fault: fault.message }, 'index_passed_over'),
  )
  shelf.put(desk)
  kept.look = null
  kept.damaged = false
  kept.mendFrom_ms = 0
  log.info({ ...desk.generation.info }, 'index_opened')
}

const openIfSound = (kept: Kept): void => {
  try {
    openNow(kept)
  } catch (fault) {
    if (!(fault instanceof ChuchuError) || !fault.code.startsWith('index_')) throw fault
    const level = fault.code === 'index_missing' ? 'info' : 'warn' // the first start has none
    kept.deps.log[level]({ code: fault.code, fault: fault.message }, 'index_not_usable')
  }
}

const isStale = (kept: Kept): boolean =>
  kept.damaged || isOutdated(kept.deps.settings, kept.shelf.current()?.generation.info.generation)

const changed = (kept: Kept): boolean =>
  kept.look !== null && performance.now() < kept.look.until_ms ? kept.look.changed : look(kept)

const look = (kept: Kept): boolean => {
  const before = performance.now()
  const changed = orGone(() => isStale(kept))
  const after = performance.now()
  kept.look = { changed, until_ms: after + BELIEVED * (after - before) }
  return changed
}

/** Builds until the index is that of the corpus; again after a death, and while another process holds the lock. */
const refresh = async (kept: Kept): Promise<void> => {
  const { index } = kept.deps.settings.config
  for (let deaths = 0; !kept.stopped && isStale(kept); ) {
    if (isBeingBuilt(index)) {
      await othersBuild(kept)
      continue
    }
    const outcome = await build(kept)
    if (kept.stopped) return
    if (outcome.type === 'done') return openNow(kept)
    kept.deps.log.warn({ fault: outcome.message }, 'index_build_failed')
    if (outcome.type === 'died' && ++deaths < TRIES) await sleep(PAUSE_MS)
    else if (outcome.type !== 'failed' || outcome.code !== 'index_locked') throw failureOf(outcome)
  }
}

/** Waits while another process builds, then opens what it built. */
const othersBuild = async (kept: Kept): Promise<void> => {
  const { index } = kept.deps.settings.config
  kept.building = BEGUN // how far it is, only the other process knows
  while (!kept.stopped && isBeingBuilt(index)) await sleep(LOCKED_MS)
  const serving = kept.shelf.current()?.generation.info.generation
  if (!kept.stopped && readCurrent(index)?.generation !== serving) openIfSound(kept)
}

const build = async (kept: Kept) => {
  const { log, settings, onProgress } = kept.deps
  const { config, folders } = settings
  kept.building = BEGUN
  const background = kept.shelf.current() !== null
  const run = runIndexer({ config, folders, background }, (progress) => {
    kept.building = { ...progress, percent: percentOf(progress) }
    onProgress(progress)
  })
  kept.run = run
  log.info({ folders, pid: run.pid }, 'index_building')
  const outcome = await run.outcome
  kept.run = null
  if (outcome.type === 'done') {
    for (const { file, message } of outcome.warnings) log.warn({ file, message }, 'corpus_warning')
    const { generation, articles, passages, took_ms } = outcome
    log.info({ generation, articles, passages, took_ms }, 'index_built')
  }
  return outcome
}
