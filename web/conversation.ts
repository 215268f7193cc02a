import { useCallback, useEffect } from 'preact/hooks'
import type { Asked } from './ask.ts'
import type { Past } from './past.ts'
import { type Go, type Place, usePlace } from './place.ts'
import { START, type View } from './route.ts'
import { type Turn, type Turns, useTurns } from './turns.ts'

/** Questions of the conversation that go along with a new one; the server reads no more than 50. */
const HISTORY = 10

/** The conversation on the screen and what can be done in it. */
export interface Conversation {
  readonly place: Place
  readonly turns: readonly Turn[]
  readonly pending: boolean
  /** The turn and number of the extract whose source is open. */
  readonly source: { readonly turn: Turn; readonly cite: number } | null
  readonly send: (question: string) => void
  readonly again: (turn: Turn) => void
  readonly stop: () => void
  readonly open: (turn: Turn, n: number) => void
  readonly close: () => void
  /** Shows another view of the same place, in the same entry of the history. */
  readonly look: (view: View) => void
  readonly show: (screen: 'ask' | 'articles' | 'history') => void
  /** Begins a conversation of its own with a question that was asked before. */
  readonly revisit: (past: Past) => void
  readonly read: (article: string) => void
}

export const useConversation = (): Conversation => {
  const [place, go] = usePlace()
  const store = useTurns()
  useArrival(place, go, store)
  const turns = place.keys.flatMap((key) => store.all[key] ?? [])
  const { view } = place
  const citing = store.all[place.turn ?? ''] ?? turns.at(-1)
  const source =
    view.screen === 'ask' && view.cite !== null && citing?.state === 'done'
      ? { turn: citing, cite: view.cite }
      : null
  const pendingKey = turns.findLast((turn) => turn.state === 'pending')?.key

  const send = (question: string) => {
    const { from, to, source } = view
    const key = store.start({ question, from, to, source, history: historyOf(turns) })
    const next = { ...START, question, from, to, source }
    go({ view: next, keys: [...turns.map((turn) => turn.key), key], turn: key, opened: false }, 'push')
  }
  const open = (turn: Turn, n: number) => {
    const { question, from, to, source } = turn.asked
    const next = { ...START, question, from, to, source, cite: n, as: view.as }
    const how = view.cite === null ? 'push' : 'replace'
    go({ view: next, keys: place.keys, turn: turn.key, opened: how === 'push' || place.opened }, how)
  }
  const close = useCallback(() => {
    if (place.opened) history.back()
    else go({ ...place, view: { ...place.view, cite: null, as: 'article', at: null } }, 'replace')
  }, [place, go])
  const stop = useCallback(() => {
    if (pendingKey !== undefined) store.stop(pendingKey)
  }, [pendingKey, store.stop])

  return {
    place,
    turns,
    pending: pendingKey !== undefined,
    source,
    send,
    again: store.again,
    stop,
    open,
    close,
    look: (next) => go({ ...place, view: next }, 'replace'),
    show: (screen) => go({ view: { ...START, screen }, keys: [], turn: null, opened: false }, 'push'),
    revisit: ({ question, from, to, source }) =>
      go({ view: { ...START, question, from, to, source }, keys: [], turn: null, opened: false }, 'push'),
    read: (article) =>
      go({ view: { ...START, screen: 'article', article }, keys: [], turn: null, opened: false }, 'push'),
  }
}

const historyOf = (turns: readonly Turn[]): Asked['history'] =>
  turns.slice(-HISTORY).map(({ asked }) => ({ question: asked.question }))

/** An address with a question that this tab has not asked yet (a link, a reload after the answers went) asks it. */
const useArrival = (place: Place, go: Go, store: Turns): void => {
  const { view, keys } = place
  const kept = keys.filter((key) => store.all[key] !== undefined)
  const known = keys.length > 0 && kept.length === keys.length
  useEffect(() => {
    if (view.screen !== 'ask' || view.question === '' || known) return
    const { question, from, to, source } = view
    const key = store.start({ question, from, to, source, history: [] })
    go({ ...place, keys: [...kept, key], turn: key }, 'replace')
  }, [view, known, kept, place, go, store.start])
}
