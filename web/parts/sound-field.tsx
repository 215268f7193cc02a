import type { JSX } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { type Suggesting, useSuggestions } from '../suggestions.ts'
import { pointsTo, SuggestionList } from './suggestion-list.tsx'

interface Props {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** A search of the articles that proposes what sounds like letters that are typed. */
export const SoundField = ({ name, label, value, onValue }: Props): JSX.Element => {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const suggesting = useSuggestions(field, value, onValue)
  return (
    <div class={`field ${name}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={field}
        type="search"
        name={name}
        value={value}
        maxLength={200}
        autocomplete="off"
        {...combobox(suggesting)}
        {...pointsTo(suggesting)}
        {...suggesting.on}
        onKeyDown={suggesting.onKeyDown}
        onInput={(event) => {
          onValue(event.currentTarget.value)
          suggesting.onTyped()
        }}
      />
      <SuggestionList of={suggesting} />
    </div>
  )
}

const combobox = ({ items }: Suggesting) => ({
  role: 'combobox' as const,
  list: undefined,
  'aria-expanded': items.length > 0,
})
