import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { Conversation } from '../conversation.ts'
import { MOST_EXTRACTS, USUAL_EXTRACTS } from '../route.ts'
import { useTexts } from '../texts.ts'
import { shown, type Turn } from '../turns.ts'
import { Choice } from './choice.tsx'

interface Props {
  readonly talk: Conversation
  readonly turn: Turn
}

const NUMBERS = Array.from({ length: MOST_EXTRACTS }, (_, i) => i + 1)

/** In which order the extracts of an answer stand, and how many are wanted; nothing when there is one and no more. */
export const Arrange = ({ talk, turn }: Props): JSX.Element | null => {
  const t = useTexts()
  const id = useId()
  const { view } = talk.place
  const { length } = shown(turn, view.sort)
  const wanted = turn.asked.top ?? USUAL_EXTRACTS
  if (length === 1 && wanted > 1) return null
  return (
    <div class="arrange">
      {length > 1 && (
        <Choice
          label={t.arrange.sort}
          options={[
            ['sure', t.arrange.sure],
            ['time', t.arrange.time],
          ]}
          chosen={view.sort}
          onChoose={(sort) => talk.look({ ...view, sort })}
        />
      )}
      <label for={id}>
        {t.arrange.most}{' '}
        <select
          id={id}
          value={wanted}
          onChange={(event) => talk.want(turn, Number(event.currentTarget.value))}
        >
          {NUMBERS.map((n) => (
            <option key={n}>{n}</option>
          ))}
        </select>{' '}
        {t.arrange.extracts}
      </label>
      <span role="status">{turn.state === 'pending' && t.answer.searching}</span>
    </div>
  )
}
