import { useCallback, useEffect } from 'preact/hooks'
import type { Asked } from './ask.ts'
import { dayOf } from './day.ts'
import { type Go, type Place, usePlace } from './place.ts'
import { asksSomething } from './question.ts'
import { asking, START, type View } from './route.ts'
import { shown, type Turn, type Turns, useTurns } from './turns.ts'

/** Questions of the conversation that go along with a new one; the server takes 50 and reads the last few. */
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
  /** Asks a question again for another number of extracts. */
  readonly want: (turn: Turn, top: number) => void
  readonly stop: () => void
  readonly open: (turn: Turn, n: number) => void
  readonly close: () => void
  /** Shows another view of the same place, in the same entry of the history. */
  readonly look: (view: View) => void
  readonly show: (screen: 'ask' | 'articles' | 'history') => void
  /** Begins a conversation of its own with the question of a view. */
  readonly begin: (view: View) => void
  readonly read: (article: string, as: View['as']) => void
}

export const useConversation = (): Conversation => {
  const [place, go] = usePlace()
  const store = useTurns()
  useArrival(place, go, store)
  const turns = place.keys.flatMap((key) => store.all[key] ?? [])
  const { view } = place
  const citing = store.all[place.turn ?? ''] ?? turns.at(-1)
  const cited = citing && shown(citing, view.sort).find(({ n }) => n === view.cite)
  const source = view.screen === 'ask' && citing && cited ? { turn: citing, cite: cited.n } : null
  const pendingKey = turns.findLast((turn) => turn.state === 'pending')?.key

  const send = (question: string) => {
    const { source, top, sort } = view
    const [from, to] = [dayOf(view.from) ?? '', dayOf(view.to) ?? '']
    const asked = { question, from, to, source, top, history: historyOf(turns) }
    const key = store.start(asked)
    const next = { ...asking(asked), sort }
    go({ view: next, keys: [...turns.map((turn) => turn.key), key], turn: key, opened: false }, 'push')
  }
  const open = (turn: Turn, n: number) => {
    const next = { ...asking(turn.asked), cite: n, as: view.as, sort: view.sort }
    const how = view.cite === null ? 'push' : 'replace'
    go({ view: next, keys: place.keys, turn: turn.key, opened: how === 'push' || place.opened }, how)
  }
  const want = (turn: Turn, top: number) => {
    store.again({ ...turn, asked: { ...turn.asked, top } })
    if (turn.key === turns.at(-1)?.key) go({ ...place, view: { ...view, top } }, 'replace')
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
    want,
    stop,
    open,
    close,
    look: (next) => go({ ...place, view: next }, 'replace'),
    show: (screen) => go({ view: { ...START, screen }, keys: [], turn: null, opened: false }, 'push'),
    begin: (next) => go({ view: next, keys: [], turn: null, opened: false }, 'push'),
    read: (article, as) =>
      go({ view: { ...START, screen: 'article', article, as }, keys: [], turn: null, opened: false }, 'push'),
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
    if (view.screen !== 'ask' || !asksSomething(view.question) || known) return
    const { question, from, to, source, top } = view
    const key = store.start({ question, from, to, source, top, history: [] })
    go({ ...place, keys: [...kept, key], turn: key }, 'replace')
  }, [view, known, kept, place, go, store.start])
}
