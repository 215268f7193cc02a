import type { JSX, RefObject } from 'preact'
import { useTexts } from '../texts.ts'

/** Every key the page listens to, in a dialog: the browser keeps the focus inside and gives it back. */
export const ShortcutList = ({
  dialogRef,
}: {
  readonly dialogRef: RefObject<HTMLDialogElement | null>
}): JSX.Element => {
  const t = useTexts()
  return (
    <dialog id="shortcuts" ref={dialogRef} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">{t.shortcuts.title}</h2>
      <dl>
        {t.shortcuts.list.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="strong">
          {t.shortcuts.close}
        </button>
      </form>
    </dialog>
  )
}
