import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

interface Props {
  readonly kind: 'date' | 'text' | 'search'
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** One labelled field of a filter. */
export const Field = ({ kind, name, label, value, onValue }: Props): JSX.Element => {
  const id = useId()
  const common = {
    id,
    name,
    value,
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement }) =>
      onValue(event.currentTarget.value),
  }
  return (
    <label class={name} for={id}>
      <span>{label}</span>
      {kind === 'date' && <input type="date" max="9999-12-31" {...common} />}
      {kind === 'text' && <input type="text" maxLength={200} {...common} />}
      {kind === 'search' && <input type="search" maxLength={200} {...common} />}
    </label>
  )
}
