import type { JSX } from 'preact'
import type { Answer, AnswerSpan, Extract } from '../../src/core/types.ts'
import { absolute } from '../api.ts'
import { surenessOf } from '../sureness.ts'
import { useTexts } from '../texts.ts'
import type { OpenCite, Turn } from '../turns.ts'
import { CiteActions } from './cite-actions.tsx'
import { Agreeing } from './comparison.tsx'
import { VerdictButtons } from './verdict.tsx'

/** The id of the link that opens extract n of a turn: focus comes back to it. */
export const citeId = (turn: string, n: number): string => `cite-${turn}-${n}`

/** Code units from which a short answer is set smaller. */
const LONG = 16

/** The short answer in large type, when there is one, and how sure it is. */
export const ShortAnswer = ({ answer }: { readonly answer: Answer }): JSX.Element => {
  const t = useTexts()
  const { band, tenths } = surenessOf(answer.confidence)
  return (
    <div class="short">
      {answer.answer !== null && (
        <p class={answer.answer.text.length > LONG ? 'figure long' : 'figure'}>
          <span class="unseen">{t.answer.short}：</span>
          <bdi>{answer.answer.text}</bdi>
        </p>
      )}
      <details class="note">
        <summary>{t.answer[band]}</summary>
        {t.answer.sureness(tenths)}
      </details>
    </div>
  )
}

interface ExtractsProps {
  readonly turn: Turn
  readonly extracts: readonly Extract[]
  /** Number of an extract → those of other articles that say the same. */
  readonly same?: ReadonlyMap<number, readonly number[]>
  readonly open: number | null
  readonly onOpen: OpenCite
}

/** The extracts, numbered as the server numbers them. */
export const Extracts = ({ turn, extracts, same, open, onOpen }: ExtractsProps): JSX.Element => (
  <ol class="extracts">
    {extracts.map((extract) => (
      <li key={`${extract.n} ${extract.text}`} class={open === extract.n ? 'open' : undefined}>
        <figure>
          <blockquote cite={absolute(extract.citation.url)} lang="zh">
            <Quoted extract={extract} answer={turn.answer?.answer ?? null} />
          </blockquote>
          <figcaption>
            <CiteLink turn={turn.key} extract={extract} open={open === extract.n} onOpen={onOpen} />
            <Origin extract={extract} />
          </figcaption>
        </figure>
        {same?.has(extract.n) && <Agreeing numbers={same.get(extract.n) ?? []} onOpen={onOpen} />}
        <div class="actions">
          <CiteActions extract={extract} />
          {turn.answer?.answered === true && (
            <VerdictButtons asked={turn.asked} answer={turn.answer} extract={extract} />
          )}
        </div>
      </li>
    ))}
  </ol>
)

/** The extract's own words, the short answer marked where it stands in them. */
const Quoted = ({ extract, answer }: { readonly extract: Extract; readonly answer: AnswerSpan | null }) => {
  if (answer?.extract !== extract.n) return <p>{extract.text}</p>
  return (
    <p>
      {extract.text.slice(0, answer.start)}
      <mark>{extract.text.slice(answer.start, answer.end)}</mark>
      {extract.text.slice(answer.end)}
    </p>
  )
}

/** Opens the source here; with a key held, the browser opens the address as it would any link. */
const openHere =
  (open: () => void) =>
  (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    open()
  }

const CiteLink = (props: {
  readonly turn: string
  readonly extract: Extract
  readonly open: boolean
  readonly onOpen: OpenCite
}): JSX.Element => {
  const t = useTexts()
  const { n, citation } = props.extract
  return (
    <a
      id={citeId(props.turn, n)}
      class="cite"
      href={absolute(citation.url)}
      onClick={openHere(() => props.onOpen(n))}
      aria-expanded={props.open}
    >
      <span class="number">{n}</span>
      <span class="label">{t.cite.source}</span>
      <bdi lang="zh">{citation.title === null ? t.cite.untitled : `《${citation.title}》`}</bdi>
    </a>
  )
}

/** Date, byline, source, file: what is known of where an extract comes from. */
const Origin = ({ extract }: { readonly extract: Extract }): JSX.Element => {
  const t = useTexts()
  const { date, byline, source, file, paragraph } = extract.citation
  return (
    <span class="origin">
      {date !== null && <time dateTime={date}>{date}</time>}
      {[byline, source].filter(Boolean).map((part) => (
        <bdi key={part}>{part}</bdi>
      ))}
      <span>{t.cite.paragraph(paragraph)}</span>
      <bdi class="file-name">{file}</bdi>
    </span>
  )
}
