import { useCallback, useEffect, useState } from 'preact/hooks'
import { root } from './api.ts'
import { parseView, type View, viewUrl } from './route.ts'

/** Where the reader is: what the address says, and which turns of this tab belong to it. */
export interface Place {
  readonly view: View
  /** Keys of the turns on the screen, oldest first. */
  readonly keys: readonly string[]
  /** Key of the turn whose source is open. */
  readonly turn: string | null
  /** The entry before this one in the history is the same place with the source closed. */
  readonly opened: boolean
}

export type Go = (next: Place, how: 'push' | 'replace') => void

/** The place, kept in the browser's history so that reload, back and forward bring it back. */
export const usePlace = (): readonly [Place, Go] => {
  const [place, setPlace] = useState(current)
  useEffect(() => {
    const follow = () => setPlace(current())
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  const go = useCallback<Go>((next, how) => {
    const url = new URL(viewUrl(next.view), root())
    const state = { keys: next.keys, turn: next.turn, opened: next.opened }
    try {
      if (how === 'push') history.pushState(state, '', url)
      else history.replaceState(state, '', url)
    } catch {
      // Safari allows a hundred changes in half a minute; typing in a search goes on without the address.
    }
    setPlace(next)
  }, [])
  return [place, go]
}

const current = (): Place => {
  const state = (history.state ?? {}) as Partial<Place>
  return {
    view: parseView(location.pathname, location.search, location.hash),
    keys: Array.isArray(state.keys) ? state.keys : [],
    turn: typeof state.turn === 'string' ? state.turn : null,
    opened: state.opened === true,
  }
}
