import type { JSX } from 'preact'

interface Props<T extends string> {
  /** What is chosen, for those who do not see it. */
  readonly label: string
  readonly options: readonly (readonly [value: T, words: string])[]
  readonly chosen: T
  readonly onChoose: (value: T) => void
}

/** Two or three ways to see the same thing, one of which is chosen. */
export const Choice = <T extends string>({ label, options, chosen, onChoose }: Props<T>): JSX.Element => (
  <fieldset class="switch">
    <legend class="unseen">{label}</legend>
    {options.map(([value, words]) => (
      <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
        {words}
      </button>
    ))}
  </fieldset>
)
