import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Answer } from '../../src/core/types.ts'
import { absolute } from '../api.ts'
import { save } from '../clipboard.ts'
import { fileName, markdown } from '../export.ts'
import { START, viewUrl } from '../route.ts'
import { useTexts } from '../texts.ts'
import type { Turn } from '../turns.ts'
import { Extracts, ShortAnswer } from './answer.tsx'
import { CopyButton } from './cite-actions.tsx'
import { Refusal } from './refusal.tsx'
import { TroubleNote } from './trouble.tsx'

interface Props {
  readonly turn: Turn
  /** Number of the extract whose source is open. */
  readonly open: number | null
  /** Generation the server answers from now; null when it is not known. */
  readonly generation: string | null
  readonly onOpen: (n: number) => void
  readonly onAgain: () => void
  readonly onEdit: () => void
  readonly onAsk: (question: string) => void
}

/** One question and what came of it. */
export const TurnView = (props: Props): JSX.Element => {
  const { turn } = props
  const t = useTexts()
  const ref = useRef<HTMLElement>(null)
  const isNew = useRef(turn.state === 'pending')
  useEffect(() => {
    if (isNew.current) ref.current?.scrollIntoView({ block: 'start', behavior: 'instant' })
  }, [])
  return (
    <section class="turn" ref={ref} aria-busy={turn.state === 'pending'}>
      <h2 class="question">
        <span class="unseen">{t.answer.you}：</span>
        <bdi>{turn.asked.question}</bdi>
      </h2>
      {limits(turn) !== '' && <p class="note">{t.answer.filtered(limits(turn))}</p>}
      <Outcome {...props} />
    </section>
  )
}

const limits = ({ asked }: Turn): string =>
  [asked.from, asked.to].some(Boolean)
    ? [`${asked.from || '…'} – ${asked.to || '…'}`, asked.source].filter(Boolean).join('，')
    : asked.source

const Outcome = (props: Props): JSX.Element => {
  const { turn, onAgain, onEdit } = props
  const t = useTexts()
  if (turn.state === 'pending')
    return turn.early.length === 0 ? (
      <Skeleton />
    ) : (
      <Extracts turn={turn.key} extracts={turn.early} answer={null} open={null} onOpen={() => undefined} />
    )
  if (turn.state === 'stopped')
    return (
      <p class="actions">
        {t.answer.stopped}{' '}
        <button type="button" class="quiet" onClick={onAgain}>
          {t.answer.again}
        </button>
      </p>
    )
  if (turn.trouble !== null) {
    const mustChange =
      turn.trouble.kind === 'problem' && turn.trouble.status < 429 && turn.trouble.status >= 400
    return (
      <TroubleNote trouble={turn.trouble} {...(mustChange ? {} : { onRetry: onAgain })}>
        {mustChange && (
          <button type="button" class="strong" onClick={onEdit}>
            {t.trouble.edit}
          </button>
        )}
      </TroubleNote>
    )
  }
  return turn.answer === null ? <Skeleton /> : <Answered {...props} answer={turn.answer} />
}

const Answered = ({ turn, answer, open, generation, onOpen, onAgain, onAsk }: Props & { answer: Answer }) => {
  const t = useTexts()
  const stale = generation !== null && generation !== answer.index.generation
  return (
    <>
      {stale && (
        <p class="note actions">
          {t.answer.stale}{' '}
          <button type="button" class="quiet" onClick={onAgain}>
            {t.answer.askAgain}
          </button>
        </p>
      )}
      {answer.degraded?.includes('embedder') && <p class="note">{t.answer.degraded}</p>}
      {answer.degraded?.includes('reader') && <p class="note">{t.answer.noReader}</p>}
      {answer.answered ? (
        <>
          <ShortAnswer answer={answer} />
          <h3 class="unseen">{t.answer.extracts}</h3>
          <Extracts
            turn={turn.key}
            extracts={answer.extracts}
            answer={answer.answer}
            open={open}
            onOpen={onOpen}
          />
        </>
      ) : (
        <Refusal
          turn={turn.key}
          answer={answer}
          filtered={limits(turn) !== ''}
          open={open}
          onOpen={onOpen}
          onAsk={onAsk}
        />
      )}
      <TakeAway turn={turn} answer={answer} />
    </>
  )
}

/** What can be done with a whole answer. */
const TakeAway = ({ turn, answer }: { readonly turn: Turn; readonly answer: Answer }): JSX.Element => {
  const t = useTexts()
  const { question, from, to, source } = turn.asked
  const words = {
    ...t.cite,
    refused: answer.reason === 'not_sure' ? t.refusal.unsure : t.refusal.nothing,
    nearest: t.refusal.nearest,
    promise: t.promise,
  }
  const asMarkdown = () =>
    save(
      fileName(question, 'md'),
      'text/markdown',
      markdown(answer, words, ({ citation }) => absolute(citation.url)),
    )
  const asJson = () =>
    save(fileName(question, 'json'), 'application/json', `${JSON.stringify(answer, null, 2)}\n`)
  return (
    <footer class="take actions">
      <span class="note">{t.answer.took(answer.timings.total.toFixed(0))}</span>
      <CopyButton
        label={t.take.link}
        take={() => [absolute(viewUrl({ ...START, question, from, to, source }))]}
      />
      <button type="button" class="quiet" onClick={asMarkdown}>
        {t.take.markdown}
      </button>
      <button type="button" class="quiet" onClick={asJson}>
        {t.take.json}
      </button>
      <button type="button" class="quiet" onClick={() => print()}>
        {t.take.print}
      </button>
    </footer>
  )
}

/** Stands in for the answer while it is on its way; drawn only after a moment, so that quick answers do not flicker. */
const Skeleton = (): JSX.Element => {
  const t = useTexts()
  return (
    <div class="skeleton">
      <p class="note">{t.answer.searching}</p>
      <i />
      <i />
      <i />
    </div>
  )
}
