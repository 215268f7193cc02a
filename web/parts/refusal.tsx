import type { JSX } from 'preact'
import type { Answer } from '../../src/core/types.ts'
import { clozeQuestions } from '../samples.ts'
import { useShown, useTexts } from '../texts.ts'
import type { OpenCite, Turn } from '../turns.ts'
import { Extracts } from './answer.tsx'
import { QuestionList } from './question-list.tsx'

interface Props {
  readonly turn: Turn
  readonly answer: Answer
  readonly filtered: boolean
  readonly open: number | null
  readonly onOpen: OpenCite
  readonly onAsk: (question: string) => void
}

/** Questions offered in place of the one that has no answer. */
const OFFERED = 3

/** No answer: said as such, what is missing, what is nearest, and what these passages could answer instead. */
export const Refusal = ({ turn, answer, filtered, open, onOpen, onAsk }: Props): JSX.Element => {
  const t = useTexts()
  const missing = (answer.missing ?? []).map(useShown())
  const material = answer.nearest.map(({ text, citation }) => ({ title: citation.title, texts: [text] }))
  const instead = [...new Set(material.flatMap(clozeQuestions))].slice(0, OFFERED)
  return (
    <div class="refusal">
      <p class="headline">{answer.reason === 'not_sure' ? t.refusal.unsure : t.refusal.nothing}</p>
      {missing.length > 0 && <p>{t.refusal.missing(missing)}</p>}
      <p>{filtered ? t.refusal.adviceFilter : t.refusal.advice}</p>
      {instead.length > 0 && (
        <>
          <h3>{t.refusal.ask}</h3>
          <QuestionList questions={instead} onAsk={onAsk} />
        </>
      )}
      {answer.nearest.length === 0 ? (
        <p class="note">{t.refusal.none}</p>
      ) : (
        <section class="nearest" aria-label={t.refusal.nearest}>
          <h3>{t.refusal.nearest}</h3>
          <Extracts turn={turn} extracts={answer.nearest} open={open} onOpen={onOpen} />
        </section>
      )}
    </div>
  )
}
