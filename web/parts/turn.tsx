import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Answer } from '../../src/core/types.ts'
import type { Trouble } from '../api.ts'
import { compare } from '../compare.ts'
import type { Conversation } from '../conversation.ts'
import { useShown, useTexts } from '../texts.ts'
import { shown, type Turn } from '../turns.ts'
import { understood } from '../understood.ts'
import { Extracts, ShortAnswer } from './answer.tsx'
import { Arrange } from './arrange.tsx'
import { Differing } from './comparison.tsx'
import { filterText } from './filters.tsx'
import { Refusal } from './refusal.tsx'
import { TakeAnswer } from './take-away.tsx'
import { TroubleNote } from './trouble.tsx'

interface Props {
  readonly talk: Conversation
  readonly turn: Turn
  /** Generation the server answers from now; null when it is not known. */
  readonly generation: string | null
  readonly onEdit: () => void
  readonly onAsk: (question: string) => void
}

/** One question and what came of it. */
export const TurnView = (props: Props): JSX.Element => {
  const { turn } = props
  const limits = filterText(turn.asked)
  const t = useTexts()
  const show = useShown()
  const ref = useRef<HTMLElement>(null)
  const isNew = useRef(turn.state === 'pending')
  useEffect(() => {
    if (isNew.current) ref.current?.scrollIntoView({ block: 'start', behavior: 'instant' })
  }, [])
  return (
    <section class="turn" ref={ref} aria-busy={turn.state === 'pending'}>
      <h2 class="question">
        <span class="unseen">{t.answer.you}：</span>
        <bdi>{show(turn.asked.question)}</bdi>
      </h2>
      {limits !== '' && <p class="note">{t.answer.filtered(limits)}</p>}
      <Outcome {...props} />
    </section>
  )
}

const Outcome = (props: Props): JSX.Element => {
  const { talk, turn, onEdit } = props
  const t = useTexts()
  const onAgain = () => talk.again(turn)
  if (turn.answer !== null) return <Answered {...props} answer={turn.answer} />
  if (turn.state === 'pending')
    return turn.early.length === 0 ? (
      <Skeleton />
    ) : (
      <Extracts turn={turn} extracts={turn.early} open={null} onOpen={() => undefined} />
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
  if (turn.trouble === null) return <Skeleton />
  return <Failed trouble={turn.trouble} onAgain={onAgain} onEdit={onEdit} />
}

/** A question that the server does not take is to be changed; anything else can be tried again as it is. */
const Failed = (props: {
  readonly trouble: Trouble
  readonly onAgain: () => void
  readonly onEdit: () => void
}): JSX.Element => {
  const t = useTexts()
  const { trouble, onAgain, onEdit } = props
  const mustChange = trouble.kind === 'problem' && trouble.status < 429 && trouble.status >= 400
  if (!mustChange) return <TroubleNote trouble={trouble} onRetry={onAgain} />
  return (
    <TroubleNote trouble={trouble}>
      <button type="button" class="strong" onClick={onEdit}>
        {t.trouble.edit}
      </button>
    </TroubleNote>
  )
}

const Answered = ({ talk, turn, answer, generation, onAsk }: Props & { answer: Answer }) => {
  const t = useTexts()
  const show = useShown()
  const { view } = talk.place
  const open = talk.source?.turn.key === turn.key ? view.cite : null
  const onOpen = (n: number) => talk.open(turn, n)
  const { same, differing } = useMemo(() => compare(answer), [answer])
  const stale = generation !== null && generation !== answer.index.generation
  return (
    <>
      {stale && (
        <p class="note actions">
          {t.answer.stale}{' '}
          <button type="button" class="quiet" onClick={() => talk.again(turn)}>
            {t.answer.askAgain}
          </button>
        </p>
      )}
      {answer.understoodAs !== undefined && (
        <p class="note">{understood(answer.question, answer.understoodAs, t, show)}</p>
      )}
      {answer.degraded?.includes('embedder') && <p class="note">{t.answer.degraded}</p>}
      {answer.degraded?.includes('reader') && <p class="note">{t.answer.noReader}</p>}
      {answer.answered ? (
        <>
          <ShortAnswer answer={answer} />
          {differing.length > 0 && <Differing figures={differing} onOpen={onOpen} />}
          <h3 class="unseen">{t.answer.extracts}</h3>
          <Arrange talk={talk} turn={turn} />
          <Extracts turn={turn} extracts={shown(turn, view.sort)} same={same} open={open} onOpen={onOpen} />
        </>
      ) : (
        <Refusal
          turn={turn}
          answer={answer}
          filtered={filterText(turn.asked) !== ''}
          open={open}
          onOpen={onOpen}
          onAsk={onAsk}
        />
      )}
      <TakeAnswer turn={turn} answer={answer} />
    </>
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
