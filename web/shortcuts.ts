import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** What there is to be closed or stopped. */
interface Doing {
  readonly open: boolean
  readonly close: () => void
  readonly pending: boolean
  readonly stop: () => void
}

/** Esc closes the source, else stops the question under way; Ctrl or ⌘ with K, or Shift+Esc, goes to the question box. */
export const useShortcuts = (box: RefObject<HTMLTextAreaElement | null>, doing: Doing): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      if (toBox(event)) {
        event.preventDefault()
        box.current?.focus()
      } else if (event.key === 'Escape' && !popoverOpen()) leave(doing)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [box, doing])
}

/** The browser closes an open popover by Esc itself; nothing else is to close with it. */
const popoverOpen = (): boolean =>
  'popover' in HTMLElement.prototype && document.querySelector(':popover-open') !== null

const toBox = (event: KeyboardEvent): boolean =>
  (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === 'Escape' && event.shiftKey)

const leave = (doing: Doing): void => {
  if (doing.open) doing.close()
  else if (doing.pending) doing.stop()
}
