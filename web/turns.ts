import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Answer, Extract } from '../src/core/types.ts'
import type { Trouble } from './api.ts'
import { type Asked, ask } from './ask.ts'
import { latestFirst } from './compare.ts'
import { noteDown } from './history.ts'
import { pastOf } from './past.ts'
import type { Sort } from './route.ts'

/** A question and what became of it. */
export interface Turn {
  readonly key: string
  readonly asked: Asked
  /** When the answer came, ISO 8601; empty before. */
  readonly at: string
  readonly state: 'pending' | 'done' | 'failed' | 'stopped'
  /** What has come of an answer that is still on its way. */
  readonly early: readonly Extract[]
  readonly answer: Answer | null
  readonly trouble: Trouble | null
}

/** Opens the source of extract n of a turn. */
export type OpenCite = (n: number) => void

/** The extracts a turn shows, in their order. Those that are only near an answer are always in that of nearness. */
export const shown = ({ answer }: Turn, sort: Sort): readonly Extract[] => {
  if (answer === null) return []
  if (!answer.answered) return answer.nearest
  return sort === 'time' ? [...answer.extracts].sort(latestFirst) : answer.extracts
}

const UNDER_WAY = { state: 'pending', early: [], trouble: null } as const
const BLANK = { ...UNDER_WAY, at: '', answer: null } as const

/** All turns of this tab, and what can be done to them. */
export interface Turns {
  readonly all: Readonly<Record<string, Turn>>
  /** Starts a question; returns its key. */
  readonly start: (asked: Asked) => string
  readonly again: (turn: Turn) => void
  readonly stop: (key: string) => void
}

/** Answers outlive a reload of the tab, and nothing else: this storage ends with the tab. */
const STORE = 'chuchu.turns'
const KEPT = 40

export const useTurns = (): Turns => {
  const [all, setAll] = useState(load)
  const aborts = useRef(new Map<string, AbortController>())
  useEffect(() => save(all), [all])

  const run = useCallback((key: string, asked: Asked) => {
    const abort = new AbortController()
    aborts.current.get(key)?.abort() // asked again before it was answered: the last one counts
    aborts.current.set(key, abort)
    const isLast = () => aborts.current.get(key) === abort
    const put = (turn: Partial<Turn>) =>
      setAll((old) => ({ ...old, [key]: { ...BLANK, ...old[key], key, asked, ...turn } }))
    // What was answered before stays on the screen until another answer, or why there is none, takes its place.
    put(UNDER_WAY)
    const onExtract = (extract: Extract) =>
      setAll((old) => {
        const turn = old[key]
        return turn === undefined || !isLast()
          ? old
          : { ...old, [key]: { ...turn, early: [...turn.early, extract] } }
      })
    void ask(asked, onExtract, abort.signal).then((result) => {
      if (!isLast()) return
      if (abort.signal.aborted) put({ ...BLANK, state: 'stopped' })
      else if (result.ok) {
        const at = new Date().toISOString()
        put({ state: 'done', early: [], answer: result.value, at })
        noteDown(pastOf(asked, result.value, at))
      } else put({ ...BLANK, state: 'failed', trouble: result.trouble })
    })
  }, [])

  const start = useCallback(
    (asked: Asked) => {
      const key = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 7)}`
      run(key, asked)
      return key
    },
    [run],
  )
  const again = useCallback((turn: Turn) => run(turn.key, turn.asked), [run])
  const stop = useCallback((key: string) => aborts.current.get(key)?.abort(), [])
  return { all, start, again, stop }
}

const load = (): Readonly<Record<string, Turn>> => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE) ?? '[]') as readonly Turn[]
    return Object.fromEntries(kept.map((turn) => [turn.key, { ...BLANK, ...turn }]))
  } catch {
    return {}
  }
}

const save = (all: Readonly<Record<string, Turn>>): void => {
  const done = Object.values(all).filter((turn) => turn.state === 'done')
  try {
    sessionStorage.setItem(STORE, JSON.stringify(done.slice(-KEPT)))
  } catch {
    // Storage is full or forbidden: a reload then asks again, which gives the same answer.
  }
}
