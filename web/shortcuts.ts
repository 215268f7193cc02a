import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** What there is to be closed or stopped. */
interface Doing {
  readonly open: boolean
  readonly close: () => void
  readonly pending: boolean
  readonly stop: () => void
}

/** Where the keys lead. */
interface Places {
  readonly box: RefObject<HTMLTextAreaElement | null>
  /** The list of the keys (parts/shortcut-list.tsx), which is kept in step with this file. */
  readonly list: RefObject<HTMLDialogElement | null>
}

/**
 * Keys of the whole page. All are chords or Esc: a single character would go off under those who speak to their
 * browser or type elsewhere (WCAG 2.1.4).
 */
export const useShortcuts = ({ box, list }: Places, doing: Doing): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || onTop() !== null) return
      const action = actionOf(event, { box, list }, doing)
      if (action === null) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [box, list, doing])
}

/** What lies over the page and closes by Esc itself: nothing else is to happen meanwhile. */
const onTop = (): Element | null => document.querySelector(':popover-open, dialog[open]')

const actionOf = (event: KeyboardEvent, { box, list }: Places, doing: Doing): (() => void) | null => {
  const chord = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if ((chord && key === 'k') || (key === 'escape' && event.shiftKey)) return () => toField(box.current)
  if (chord && key === '/') return () => list.current?.showModal()
  if (chord && event.shiftKey && key === 'c') return copyQuotation
  if (key !== 'escape') return null
  if (doing.open) return doing.close
  return doing.pending ? doing.stop : null
}

/** The question box, or the search of a list, which has no question box below it. */
const toField = (box: HTMLElement | null): void =>
  (box ?? document.querySelector<HTMLElement>('input[type=search]'))?.focus()

/** Presses the button that copies the open extract, or the first of the last answer, which then says so itself. */
const copyQuotation = (): void => {
  const from = document.querySelector('.pane') ?? [...document.querySelectorAll('.turn')].at(-1)
  from?.querySelector<HTMLElement>('.copy button')?.click()
}
