import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { dayOf } from '../day.ts'
import { useTexts } from '../texts.ts'

interface Props {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
}

/** One labelled field of a filter. */
export const Field = ({
  kind,
  name,
  label,
  value,
  onValue,
}: Props & { readonly kind: 'text' | 'search' }): JSX.Element => {
  const id = useId()
  const common = {
    id,
    name,
    value,
    maxLength: 200,
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement }) =>
      onValue(event.currentTarget.value),
  }
  return (
    <div class={`field ${name}`}>
      <label for={id}>{label}</label>
      {kind === 'text' ? <input type="text" {...common} /> : <input type="search" {...common} />}
    </div>
  )
}

/** A day, typed year first: the browser's own field orders day and month as each machine is set. */
export const DayField = ({ name, label, value, onValue }: Props): JSX.Element => {
  const t = useTexts()
  const id = useId()
  const [editing, setEditing] = useState(false)
  const day = dayOf(value)
  const wrong = day === null && !editing
  const leave = () => {
    setEditing(false)
    if (day !== null && day !== value) onValue(day)
  }
  return (
    <div class={`field ${name}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputmode="numeric"
        autocomplete="off"
        name={name}
        value={value}
        maxLength={11}
        placeholder={t.box.dayForm}
        aria-invalid={wrong}
        aria-describedby={`${id}-fault`}
        onInput={(event) => {
          setEditing(true)
          onValue(event.currentTarget.value)
        }}
        onBlur={leave}
      />
      <span id={`${id}-fault`} class="fault" role="status">
        {wrong && t.box.day}
      </span>
    </div>
  )
}
