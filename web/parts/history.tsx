import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { absolute } from '../api.ts'
import { allPast, dropAllPast, dropPast, keepsPast } from '../history.ts'
import { askingAgain, fitsPast, type Past } from '../past.ts'
import { type View, viewUrl } from '../route.ts'
import { useShown, useTexts } from '../texts.ts'
import { understood } from '../understood.ts'
import { Field } from './field.tsx'
import { filterText } from './filters.tsx'

interface Props {
  readonly view: View
  readonly onView: (view: View) => void
  readonly onAgain: (view: View) => void
}

/** The questions asked in this browser; they are nowhere else. */
export const History = ({ view, onView, onAgain }: Props): JSX.Element => {
  const t = useTexts()
  const [all, setAll] = useState(allPast)
  const [kept] = useState(keepsPast)
  const rows = all.filter((past) => fitsPast(past, view.find))
  const drop = (forget: () => void) => {
    forget()
    setAll(allPast())
  }
  return (
    <div class="library">
      <h1>{t.history.title}</h1>
      <p class="note">{kept ? t.history.where : t.history.off}</p>
      {all.length > 0 && (
        <search class="filters">
          <Field
            kind="search"
            name="find"
            label={t.history.find}
            value={view.find}
            onValue={(find) => onView({ ...view, find })}
          />
        </search>
      )}
      <p class="note" role="status">
        {all.length === 0 ? t.history.none : t.history.count(rows.length, all.length)}
      </p>
      <ol class="rows">
        {rows.map((past) => (
          <Row
            key={past.at + past.question}
            past={past}
            onAgain={onAgain}
            onDrop={() => drop(() => dropPast(past))}
          />
        ))}
      </ol>
      {all.length > 0 && <DropAll onDrop={() => drop(dropAllPast)} />}
    </div>
  )
}

const Row = ({
  past,
  onAgain,
  onDrop,
}: {
  readonly past: Past
  readonly onAgain: (view: View) => void
  readonly onDrop: () => void
}): JSX.Element => {
  const t = useTexts()
  const show = useShown()
  const { question, whole } = past
  const again = askingAgain(past)
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onAgain(again)
  }
  return (
    <li class="past">
      <div>
        <a href={absolute(viewUrl(again))} onClick={onClick}>
          <bdi>{show(question)}</bdi>
        </a>
        <span class="origin">
          <time dateTime={past.at}>{new Date(past.at).toLocaleString(t.lang)}</time>
          {whole !== undefined && <bdi>{understood(question, whole, t, show)}</bdi>}
          {past.short !== null && <bdi lang="zh">{past.short}</bdi>}
          {!past.answered && <span>{t.history.refused}</span>}
          {filterText(past) !== '' && <bdi>{filterText(past)}</bdi>}
        </span>
      </div>
      <button type="button" class="quiet" aria-label={t.history.deleteOne(show(question))} onClick={onDrop}>
        {t.history.delete}
      </button>
    </li>
  )
}

/** Deleting everything takes two presses. */
const DropAll = ({ onDrop }: { readonly onDrop: () => void }): JSX.Element => {
  const t = useTexts()
  const [asking, setAsking] = useState(false)
  if (!asking)
    return (
      <p class="actions">
        <button type="button" class="quiet" onClick={() => setAsking(true)}>
          {t.history.deleteAll}
        </button>
      </p>
    )
  return (
    <p class="actions" role="alert">
      <span class="note">{t.history.sure}</span>
      <button type="button" class="strong" onClick={onDrop}>
        {t.history.deleteAll}
      </button>
      <button type="button" class="quiet" onClick={() => setAsking(false)}>
        {t.history.keep}
      </button>
    </p>
  )
}
