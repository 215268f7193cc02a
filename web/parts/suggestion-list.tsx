import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Suggesting } from '../suggestions.ts'
import { useTexts } from '../texts.ts'

/** What is proposed for a field, in the words of the articles. The focus stays in the field. */
export const SuggestionList = ({ of }: { readonly of: Suggesting }): JSX.Element | null => {
  const t = useTexts()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[of.chosen]?.scrollIntoView({ block: 'nearest' })
  }, [of.chosen])
  if (of.items.length === 0) return null
  return (
    <div
      id={of.listId}
      ref={list}
      class="suggestions"
      role="listbox"
      aria-label={t.suggest.label}
      onMouseDown={(event) => event.preventDefault()}
    >
      {of.items.map((item, i) => (
        <button
          type="button"
          tabIndex={-1}
          key={`${item.kind} ${item.text}`}
          id={optionId(of, i)}
          role="option"
          aria-selected={i === of.chosen}
          lang="zh"
          onClick={() => of.pick(item)}
        >
          <bdi>{item.text}</bdi>
          {item.kind === 'title' && <small lang={t.lang}>{t.suggest.title}</small>}
        </button>
      ))}
    </div>
  )
}

const optionId = ({ listId }: Suggesting, place: number): string => `${listId}-${place}`

/** What tells assistive technology of the list, for any field. */
export const pointsTo = (of: Suggesting) => ({
  'aria-autocomplete': 'list' as const,
  'aria-controls': of.items.length > 0 ? of.listId : undefined,
  'aria-activedescendant': of.chosen >= 0 ? optionId(of, of.chosen) : undefined,
})
