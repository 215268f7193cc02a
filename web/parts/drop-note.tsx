import type { JSX } from 'preact'
import { useDropped } from '../drop.ts'
import { useTexts } from '../texts.ts'

/** Says how files come among the articles, once some were dropped on the page. */
export const DropNote = ({ onArticles }: { readonly onArticles: () => void }): JSX.Element => {
  const t = useTexts()
  const [dropped, forget] = useDropped()
  const go = () => {
    forget()
    onArticles()
  }
  return (
    <div role="alert">
      {dropped && (
        <div class="trouble">
          <p class="headline">{t.drop.title}</p>
          <p>{t.drop.next}</p>
          <p class="actions">
            <button type="button" class="quiet" onClick={go}>
              {t.drop.go}
            </button>
            <button type="button" class="quiet" onClick={forget}>
              {t.drop.close}
            </button>
          </p>
        </div>
      )}
    </div>
  )
}
