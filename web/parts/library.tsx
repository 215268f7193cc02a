import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { absolute } from '../api.ts'
import type { ArticleRow } from '../bodies.ts'
import type { Catalog } from '../loading.ts'
import type { View } from '../route.ts'
import { useTexts } from '../texts.ts'
import { Field } from './field.tsx'
import { TroubleNote } from './trouble.tsx'

interface Props {
  readonly view: View
  readonly catalog: Catalog
  readonly onView: (view: View) => void
  readonly onRead: (id: string) => void
}

/** Rows drawn at first, and with each further wish. */
const STEP = 200

/** All articles, with a search and a span of dates that stand in the address. */
export const Library = ({ view, catalog, onView, onRead }: Props): JSX.Element => {
  const t = useTexts()
  const [drawn, setDrawn] = useState(STEP)
  const rows = useMemo(() => catalog.rows.filter((row) => fits(row, view)), [catalog.rows, view])
  const limited = view.find !== '' || view.from !== '' || view.to !== ''
  return (
    <div class="library">
      <h1>{t.library.title}</h1>
      <Conditions view={view} onView={onView} />
      {catalog.trouble !== null && <TroubleNote trouble={catalog.trouble} />}
      <p class="note" role="status">
        {catalog.complete ? t.library.count(rows.length, catalog.total) : t.library.loading}
      </p>
      {catalog.complete && rows.length === 0 && (
        <p>
          {t.library.none}{' '}
          {limited && (
            <button
              type="button"
              class="quiet"
              onClick={() => onView({ ...view, find: '', from: '', to: '' })}
            >
              {t.library.clear}
            </button>
          )}
        </p>
      )}
      <ol class="rows">
        {rows.slice(0, drawn).map((row) => (
          <Row key={row.id} row={row} onRead={onRead} />
        ))}
      </ol>
      {rows.length > drawn && (
        <button type="button" class="strong" onClick={() => setDrawn(drawn + STEP)}>
          {t.library.more}
        </button>
      )}
    </div>
  )
}

const Conditions = ({ view, onView }: Pick<Props, 'view' | 'onView'>): JSX.Element => {
  const t = useTexts()
  return (
    <search class="filters">
      {(['find', 'from', 'to'] as const).map((key) => (
        <Field
          key={key}
          kind={key === 'find' ? 'search' : 'date'}
          name={key}
          label={t.library[key]}
          value={view[key]}
          onValue={(value) => onView({ ...view, [key]: value })}
        />
      ))}
    </search>
  )
}

const Row = ({
  row,
  onRead,
}: {
  readonly row: ArticleRow
  readonly onRead: (id: string) => void
}): JSX.Element => {
  const t = useTexts()
  const onClick = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onRead(row.id)
  }
  return (
    <li>
      <a href={absolute(`articles/${encodeURIComponent(row.id)}`)} onClick={onClick} lang="zh">
        <bdi>{row.title ?? t.cite.untitled}</bdi>
      </a>
      <span class="origin">
        {row.date !== null && <time dateTime={row.date}>{row.date}</time>}
        {[row.byline, row.source].filter(Boolean).map((part) => (
          <bdi key={part}>{part}</bdi>
        ))}
        <span>{t.library.paragraphs(row.paragraphs)}</span>
        <bdi class="file-name">{row.file}</bdi>
      </span>
    </li>
  )
}

/** Every word of the search stands somewhere in the row; dates compare as far as the article's own goes. */
const fits = (row: ArticleRow, { find, from, to }: View): boolean => {
  const text = [row.title, row.byline, row.source, row.section, row.file, row.date].join('\n').toLowerCase()
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every((word) => text.includes(word))) return false
  if (from === '' && to === '') return true
  if (row.date === null) return false
  const day = row.date
  return (from === '' || day >= from.slice(0, day.length)) && (to === '' || day <= to.slice(0, day.length))
}
