import type { JSX } from 'preact'
import type { Conversation } from '../conversation.ts'
import { useTexts } from '../texts.ts'
import { TurnView } from './turn.tsx'

interface Props {
  readonly talk: Conversation
  readonly generation: string | null
  readonly onAsk: (question: string) => void
  readonly onEdit: (question: string) => void
}

/** The questions of the conversation and what came of them, oldest first; what is added is read out. */
export const Talk = ({ talk, generation, onAsk, onEdit }: Props): JSX.Element => {
  const t = useTexts()
  return (
    <div role="log" aria-live="polite" aria-label={t.answer.log}>
      {talk.turns.map((turn) => (
        <TurnView
          key={turn.key}
          talk={talk}
          turn={turn}
          generation={generation}
          onEdit={() => onEdit(turn.asked.question)}
          onAsk={onAsk}
        />
      ))}
    </div>
  )
}
