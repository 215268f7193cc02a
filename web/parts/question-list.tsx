import type { JSX } from 'preact'
import { useShown } from '../texts.ts'

interface Props {
  readonly questions: readonly string[]
  readonly onAsk: (question: string) => void
}

/** Questions that are asked by a click, as they are in the articles whatever script they are shown in. */
export const QuestionList = ({ questions, onAsk }: Props): JSX.Element => {
  const show = useShown()
  return (
    <ul class="samples">
      {questions.map((question) => (
        <li key={question}>
          <button type="button" class="sample" onClick={() => onAsk(question)}>
            {show(question)}
          </button>
        </li>
      ))}
    </ul>
  )
}
