import type { RefObject } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Suggestion } from '../src/core/types.ts'
import { suggestions } from './api.ts'

type FieldRef = RefObject<HTMLTextAreaElement | HTMLInputElement | null>

/** Words and titles of the articles that sound like the letters before the caret of a field. */
export interface Suggesting {
  /** None while nothing is proposed. */
  readonly items: readonly Suggestion[]
  /** Place of the one that Enter would pick; -1 for none. */
  readonly chosen: number
  readonly listId: string
  readonly pick: (item: Suggestion) => void
  /** Whether the key was for the list. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean
  /** For the field. */
  readonly on: {
    readonly onCompositionStart: () => void
    readonly onPointerDown: () => void
    readonly onBlur: () => void
  }
  /** To be called when the field has been typed in. */
  readonly onTyped: () => void
}

/** Keys that move the caret away from the letters. */
const LEAVING = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', 'Tab'])

/** A list of what sounds like the letters, gone through by the arrow keys; picking one puts it in their place. */
export const useSuggestions = (field: FieldRef, text: string, onText: (text: string) => void): Suggesting => {
  const { proposal, close, onTyped, onCompositionStart } = useProposal(field, text)
  const [at, setAt] = useState(-1)
  const putCaret = useCaret(field, text)
  const listId = useId()
  const items = proposal?.items ?? []
  useEffect(() => setAt(-1), [proposal])

  const pick = ({ text: words }: Suggestion) => {
    if (proposal === null) return
    putCaret(proposal.before.length + words.length)
    onText(proposal.before + words + text.slice(field.current?.selectionEnd ?? text.length))
    close()
  }
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (items.length === 0 || isChord(event)) return false
    const item = items[at]
    const move = MOVES[event.key]
    if (move !== undefined) setAt(move(at, items.length))
    else if (event.key === 'Enter' && item !== undefined) pick(item)
    else if (event.key === 'Escape') close()
    else {
      if (LEAVING.has(event.key)) close()
      return false
    }
    event.preventDefault()
    return true
  }
  const on = { onCompositionStart, onPointerDown: close, onBlur: close }
  return { items, chosen: items.length === 0 ? -1 : at, listId, pick, onKeyDown, on, onTyped }
}

const isChord = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || shiftKey

/** From the last one on to none, and from none to the first. */
const MOVES: Readonly<Record<string, (at: number, all: number) => number>> = {
  ArrowDown: (at, all) => (at + 1 < all ? at + 1 : -1),
  ArrowUp: (at, all) => (at < 0 ? all - 1 : at - 1),
}

/** What is proposed for the letters that stand after `before`. */
interface Proposal {
  readonly before: string
  readonly items: readonly Suggestion[]
}

/** Milliseconds without a key after which the server is asked. */
const PAUSE_MS = 120

/** Asks the server a moment after the last key. Whoever has an input method is left in peace for good. */
const useProposal = (field: FieldRef, text: string) => {
  const [proposal, setProposal] = useState<Proposal | null>(null)
  const composes = useRef(false)
  const cancel = useRef<() => void>(() => undefined)
  const close = () => {
    cancel.current()
    setProposal(null)
  }
  const onTyped = () => {
    cancel.current()
    const typed = composes.current ? null : typedIn(field.current)
    if (typed === null) return setProposal(null)
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const reply = await suggestions(typed.shown, abort.signal)
      if (abort.signal.aborted) return
      const { typed: letters, suggestions: items } = reply.ok ? reply.value : { typed: '', suggestions: [] }
      setProposal({ before: typed.before.slice(0, typed.before.length - letters.length), items })
    }, PAUSE_MS)
    cancel.current = () => {
      clearTimeout(timer)
      abort.abort()
    }
  }
  useEffect(() => () => cancel.current(), [])
  const onCompositionStart = () => {
    composes.current = true
    close()
  }
  return {
    proposal: proposal && standsIn(proposal, text) ? proposal : null,
    close,
    onTyped,
    onCompositionStart,
  }
}

/** While the next list is on its way the last one stays, as long as its letters do. */
const standsIn = ({ before, items }: Proposal, text: string): boolean =>
  items.length > 0 && text.startsWith(before) && /[a-z]/i.test(text.charAt(before.length))

/** Two letters or more, apart by spaces or apostrophes, and nothing after them. */
const LETTERS = /[a-z][ '’]*[a-z]$/i
/** UTF-16 code units before the caret that the server is shown. */
const SHOWN = 80

/** All before the caret, and the end of it, on one line, that the server is shown; null when it can be no pinyin. */
const typedIn = (
  field: HTMLTextAreaElement | HTMLInputElement | null,
): { readonly before: string; readonly shown: string } | null => {
  if (field === null || field.selectionStart === null || field.selectionStart !== field.selectionEnd)
    return null
  const before = field.value.slice(0, field.selectionStart)
  const shown = /[^\n]*$/.exec(before.slice(-SHOWN))?.[0].replace(/^[\udc00-\udfff]/, '') ?? ''
  return LETTERS.test(shown) && !/^[a-z]/i.test(field.value.slice(before.length)) ? { before, shown } : null
}

/** Puts the caret at a place of the text that comes next. */
const useCaret = (field: FieldRef, text: string): ((place: number) => void) => {
  const place = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (place.current === null) return
    field.current?.setSelectionRange(place.current, place.current)
    place.current = null
  }, [field, text])
  return (wanted) => {
    place.current = wanted
  }
}
