import { createContext, type JSX } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { Answer, Extract } from '../../src/core/types.ts'
import type { FeedbackBody } from '../../src/http/requests.ts'
import { sendFeedback } from '../api.ts'
import type { Asked } from '../ask.ts'
import { useTexts } from '../texts.ts'

/** Whether the server keeps verdicts. */
export const FeedbackContext = createContext(false)

const VERDICTS = ['right', 'wrong', 'not_asked'] as const
type Verdict = (typeof VERDICTS)[number]

interface Props {
  readonly asked: Asked
  readonly answer: Answer
  readonly extract: Extract
}

/** Lets the reader say what an extract is worth, and says where that is kept. */
export const VerdictButtons = (props: Props): JSX.Element | null => {
  const t = useTexts()
  const wanted = useContext(FeedbackContext)
  const [given, setGiven] = useState<Verdict | null>(null)
  const [said, setSaid] = useState('')
  if (!wanted) return null
  const give = async (verdict: Verdict) => {
    setGiven(verdict)
    const sent = await sendFeedback(feedbackOf(props, verdict))
    if (!sent.ok) setGiven(null)
    const why = !sent.ok && sent.trouble.kind === 'problem' ? ` ${sent.trouble.detail}` : ''
    setSaid(sent.ok ? t.feedback.kept : t.feedback.failed + why)
  }
  return (
    <>
      <fieldset class="verdict">
        <legend class="unseen">{t.feedback.label(props.extract.n)}</legend>
        <span class="note" aria-hidden="true">
          {t.feedback.prompt}
        </span>
        {VERDICTS.map((verdict) => (
          <button
            key={verdict}
            type="button"
            class="quiet"
            aria-pressed={given === verdict}
            onClick={() => give(verdict)}
          >
            {t.feedback[verdict]}
          </button>
        ))}
      </fieldset>
      <span role="status" class="said">
        {said}
      </span>
    </>
  )
}

/** What the question was, what was judged and how: enough to ask again and to compare. */
const feedbackOf = ({ asked, answer, extract }: Props, verdict: Verdict): FeedbackBody => {
  const { n, text, citation } = extract
  return {
    question: asked.question,
    ...(asked.history.length > 0 ? { history: asked.history } : {}),
    verdict,
    answered: answer.answered,
    generation: answer.index.generation,
    extract: {
      n,
      text,
      answer: answer.answer?.extract === n ? answer.answer.text : null,
      file: citation.file,
      fileId: citation.fileId,
      ranges: citation.ranges,
    },
  }
}
