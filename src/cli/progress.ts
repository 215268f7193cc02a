import type { Progress } from '../core/ports.ts'
import type { Terminal } from './terminal.ts'

/** Share of the whole that each stage takes, measured on 2,308 passages; embedding is nearly all of it. */
const SHARES: readonly (readonly [Progress['stage'], number])[] = [
  ['read', 3],
  ['words', 5],
  ['embed', 88],
  ['graph', 3],
  ['write', 1],
]

/** 0 to 100 over all stages, never 100 before the end. */
export const percentOf = ({ stage, done, total }: Progress): number => {
  let before = 0
  for (const [name, share] of SHARES) {
    if (name === stage) return Math.min(99, Math.floor(before + share * (total > 0 ? done / total : 1)))
    before += share
  }
  return 0
}

/** Milliseconds between two drawings of a bar, and between two lines where there is none. */
const REDRAW_MS = 100
const LINE_MS = 10_000

const UNIT: Readonly<Record<Progress['stage'], string>> = {
  read: 'MB',
  words: 'passages',
  embed: 'passages',
  graph: 'passages',
  write: 'files',
}

export interface Meter {
  readonly show: (progress: Progress) => void
  /** Leaves the cursor on an empty line. */
  readonly end: () => void
}

/** A bar with rate and time left on a terminal; elsewhere a line a stage and every ten seconds. */
export const makeMeter = (terminal: Terminal, now: () => number = () => performance.now()): Meter => {
  let stage = ''
  let began = 0
  let first = 0
  let drawn = Number.NEGATIVE_INFINITY
  let dirty = false
  const show = (progress: Progress): void => {
    const at = now()
    const fresh = progress.stage !== stage
    if (fresh) {
      stage = progress.stage
      began = at
      first = progress.done
    }
    const over = progress.done >= progress.total
    if (!fresh && !over && at - drawn < (terminal.live ? REDRAW_MS : LINE_MS)) return
    if (!terminal.live && over && !fresh && at - began < LINE_MS) return
    drawn = at
    const text = describe(progress, (progress.done - first) / Math.max(0.001, (at - began) / 1000))
    if (terminal.live) terminal.err(`\r\u001b[2K${bar(progress, text, terminal.width())}`)
    else terminal.err(`${String(percentOf(progress)).padStart(3)} % ${text}\n`)
    dirty = terminal.live
  }
  return {
    show,
    end: () => {
      if (dirty) terminal.err('\r\u001b[2K')
      dirty = false
    },
  }
}

const describe = (progress: Progress, rate: number): string => {
  const { stage, done, total } = progress
  const scale = stage === 'read' ? 1e6 : 1
  const digits = stage === 'read' ? (total < 1e7 ? 2 : 0) : 0
  const count = `${(done / scale).toFixed(digits)}/${(total / scale).toFixed(digits)} ${UNIT[stage]}`
  const left = rate > 0 && done < total ? `, ${seconds((total - done) / rate)} left` : ''
  const speed = rate > 0 ? ` (${(rate / scale).toFixed(rate / scale < 10 ? 1 : 0)}/s${left})` : ''
  return `${stage} ${count}${speed}`
}

const seconds = (s: number): string =>
  s < 90 ? `${Math.ceil(s)} s` : s < 5400 ? `${Math.ceil(s / 60)} min` : `${(s / 3600).toFixed(1)} h`

const bar = (progress: Progress, text: string, width: number): string => {
  const percent = percentOf(progress)
  const room = Math.max(0, Math.min(30, width - text.length - 8))
  const full = Math.round((room * percent) / 100)
  return `${'█'.repeat(full)}${'░'.repeat(room - full)} ${String(percent).padStart(3)} % ${text}`.slice(
    0,
    width - 1,
  )
}
