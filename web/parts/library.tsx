import type { ComponentChildren, JSX } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { ArticleRow } from '../../src/http/schemas.ts'
import { absolute } from '../api.ts'
import { dayOf } from '../day.ts'
import type { Catalog } from '../loading.ts'
import { useNear } from '../near.ts'
import { asksSomething, overOf } from '../question.ts'
import { asking, START, type View, viewUrl } from '../route.ts'
import { useTexts } from '../texts.ts'
import { DayField, Field } from './field.tsx'
import { SoundField } from './sound-field.tsx'
import { TroubleNote } from './trouble.tsx'

interface Props {
  readonly view: View
  readonly catalog: Catalog
  readonly onView: (view: View) => void
  readonly onRead: Read
  /** Asks the question of a view. */
  readonly onAsk: (view: View) => void
  /** Said of the list as a whole. */
  readonly children: ComponentChildren
}

type Read = (id: string, as: View['as']) => void

/** All articles, with a search, a source and a span of dates that stand in the address. */
export const Library = ({ view, catalog, onView, onRead, onAsk, children }: Props): JSX.Element => {
  const t = useTexts()
  const rows = useMemo(() => catalog.rows.map(searched), [catalog.rows])
  const found = useMemo(() => fitting(rows, view), [rows, view])
  const limited = KEYS.some((key) => view[key] !== '')
  return (
    <div class="library">
      <h1>{t.library.title}</h1>
      {children}
      <Conditions view={view} onView={onView} />
      {catalog.trouble !== null && <TroubleNote trouble={catalog.trouble} />}
      <p class="note" role="status">
        {catalog.complete ? t.library.count(found.length, catalog.total) : t.library.loading}
      </p>
      {catalog.complete && found.length === 0 && (
        <p>
          {t.library.none}{' '}
          {limited && (
            <button
              type="button"
              class="quiet"
              onClick={() => onView({ ...view, find: '', source: '', from: '', to: '' })}
            >
              {t.library.clear}
            </button>
          )}
        </p>
      )}
      {catalog.complete && <InTexts view={view} onAsk={onAsk} />}
      <div class="rows">
        {groupsOf(found).map((rows, i) => (
          <Group key={rows[0]?.id} rows={rows} first={i === 0} onRead={onRead} />
        ))}
      </div>
    </div>
  )
}

/** The list is searched by what stands in it; for a word of the texts, the way is to ask. */
const InTexts = ({ view, onAsk }: Pick<Props, 'view' | 'onAsk'>): JSX.Element | null => {
  const t = useTexts()
  const question = view.find.trim()
  if (!asksSomething(question) || overOf(question) > 0) return null
  const next = asking({ ...view, question })
  return (
    <p class="note">
      {t.library.listOnly}{' '}
      <a
        href={absolute(viewUrl(next))}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          onAsk(next)
        }}
      >
        {t.library.inTexts(question)}
      </a>
    </p>
  )
}

const KEYS = ['find', 'source', 'from', 'to'] as const

const Conditions = ({ view, onView }: Pick<Props, 'view' | 'onView'>): JSX.Element => {
  const t = useTexts()
  const field = (name: (typeof KEYS)[number]) => ({
    name,
    label: name === 'source' ? t.box.source : t.library[name],
    value: view[name],
    onValue: (value: string) => onView({ ...view, [name]: value }),
  })
  return (
    <search class="filters">
      <SoundField {...field('find')} />
      <Field kind="text" {...field('source')} />
      <DayField {...field('from')} />
      <DayField {...field('to')} />
    </search>
  )
}

/** Rows that are drawn together when the reader comes near: a list of ten thousand is as quick as one of fifty. */
const GROUP = 25
/** Height that a row is thought to have before it is drawn, in rem. */
const ROW = 5.5

const groupsOf = (rows: readonly ArticleRow[]): readonly (readonly ArticleRow[])[] =>
  Array.from({ length: Math.ceil(rows.length / GROUP) }, (_, i) => rows.slice(i * GROUP, (i + 1) * GROUP))

const Group = (props: {
  readonly rows: readonly ArticleRow[]
  readonly first: boolean
  readonly onRead: Read
}): JSX.Element => {
  const { rows, first, onRead } = props
  const ref = useRef<HTMLOListElement>(null)
  const near = useNear(ref, first)
  return (
    <ol ref={ref} style={near ? undefined : { blockSize: `${rows.length * ROW}rem` }}>
      {near && rows.map((row) => <Row key={row.id} row={row} onRead={onRead} />)}
    </ol>
  )
}

const Row = ({ row, onRead }: { readonly row: ArticleRow; readonly onRead: Read }): JSX.Element => {
  const t = useTexts()
  const link = (as: View['as'], words: string, name = '') => (
    <a
      href={absolute(viewUrl({ ...START, screen: 'article', article: row.id, as }))}
      class={name}
      lang="zh"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        onRead(row.id, as)
      }}
    >
      <bdi>{words}</bdi>
    </a>
  )
  return (
    <li>
      {link('article', row.title ?? t.cite.untitled)}
      <span class="origin">
        {row.date !== null && <time dateTime={row.date}>{row.date}</time>}
        {[row.byline, row.source].filter(Boolean).map((part) => (
          <bdi key={part}>{part}</bdi>
        ))}
        <span>{t.library.paragraphs(row.paragraphs)}</span>
        {link('file', row.file, 'file-name')}
      </span>
    </li>
  )
}

/** A row with what is searched in it, folded once and not with each key. */
interface Searched {
  readonly row: ArticleRow
  readonly text: string
  readonly origin: string
}

const searched = (row: ArticleRow): Searched => {
  const origin = [row.source, row.byline, row.file].join('\n')
  const text = [row.title, origin, row.section, row.date].join('\n')
  return { row, text: text.toLowerCase(), origin: origin.toLowerCase() }
}

/** Every word of the search stands somewhere in the row; dates compare as far as the article's own goes. */
const fitting = (rows: readonly Searched[], { find, source, ...days }: View): readonly ArticleRow[] => {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  const part = source.trim().toLowerCase()
  const [from, to] = [dayOf(days.from) ?? '', dayOf(days.to) ?? '']
  const fits = ({ row, text, origin }: Searched): boolean =>
    words.every((word) => text.includes(word)) && origin.includes(part) && isWithin(row.date, from, to)
  return rows.filter(fits).map(({ row }) => row)
}

const isWithin = (day: string | null, from: string, to: string): boolean => {
  if (from === '' && to === '') return true
  if (day === null) return false
  return (from === '' || day >= from.slice(0, day.length)) && (to === '' || day <= to.slice(0, day.length))
}
