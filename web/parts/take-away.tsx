import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Answer } from '../../src/core/types.ts'
import { absolute } from '../api.ts'
import { save } from '../clipboard.ts'
import { fileName, markdown } from '../export.ts'
import { asking, viewUrl } from '../route.ts'
import { surenessOf } from '../sureness.ts'
import { useTexts } from '../texts.ts'
import type { Texts } from '../texts.zh.ts'
import type { Turn } from '../turns.ts'
import { CopyButton } from './cite-actions.tsx'
import { filterText } from './filters.tsx'

/** A turn whose answer has come. */
type Answered = Turn & { readonly answer: Answer }

/** The turns that can be taken away. */
export const answeredOf = (turns: readonly Turn[]): readonly Answered[] =>
  turns.filter((turn): turn is Answered => turn.answer !== null)

/** What can be done with one whole answer. */
export const TakeAnswer = ({
  turn,
  answer,
}: {
  readonly turn: Turn
  readonly answer: Answer
}): JSX.Element => {
  const t = useTexts()
  return (
    <footer class="take actions">
      <span class="note">
        {t.answer.took(answer.timings.total < 1 ? '< 1' : answer.timings.total.toFixed(0))}
      </span>
      <CopyButton
        label={t.take.link}
        take={() => [
          absolute(viewUrl(asking({ ...turn.asked, question: standingAlone(turn.asked, answer) }))),
        ]}
      />
      <SaveButtons turns={[{ ...turn, answer }]} json={answer} />
      <button type="button" class="quiet" onClick={() => print()}>
        {t.take.print}
      </button>
    </footer>
  )
}

/** Without the questions before it, only what was made of the question still asks the same. */
const standingAlone = ({ question, history }: Turn['asked'], { understoodAs }: Answer): string =>
  history.length > 0 ? (understoodAs ?? question) : question

/** What can be done with the conversation, once it is one. */
export const TakeConversation = ({ turns }: { readonly turns: readonly Turn[] }): JSX.Element | null => {
  const t = useTexts()
  const answered = answeredOf(turns)
  if (answered.length < 2) return null
  return (
    <footer class="take actions">
      <span class="note">{t.take.conversation}</span>
      <SaveButtons turns={answered} json={answered.map(({ answer }) => answer)} />
    </footer>
  )
}

const SaveButtons = ({ turns, json }: { readonly turns: readonly Answered[]; readonly json: unknown }) => {
  const t = useTexts()
  const [said, setSaid] = useState('')
  const name = turns[0]?.asked.question ?? ''
  const asMarkdown = () => {
    const texts = turns.map(({ answer }) =>
      markdown(answer, wordsOf(t), ({ citation }) => absolute(citation.url)),
    )
    save(fileName(name, 'md'), 'text/markdown', texts.join('\n'))
  }
  const asHtml = async () => {
    setSaid(t.take.saving)
    // What is seldom wanted is loaded when it is.
    const { collectHtml } = await import('../collect.ts')
    const kept = turns.map(({ answer, asked, at }) => ({ answer, at, limits: filterText(asked) }))
    const made = await collectHtml(kept, wordsOf(t))
    if (made.ok) save(fileName(name, 'html'), 'text/html', made.html)
    setSaid(made.ok ? '' : t.take[made.why])
  }
  return (
    <>
      <button type="button" class="quiet" onClick={asMarkdown}>
        {t.take.markdown}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => save(fileName(name, 'json'), 'application/json', `${JSON.stringify(json, null, 2)}\n`)}
      >
        {t.take.json}
      </button>
      <button type="button" class="quiet" onClick={() => asHtml().catch(() => setSaid(t.take.failed))}>
        {t.take.html}
      </button>
      <span role="status" class="said">
        {said}
      </span>
    </>
  )
}

/** How the question was understood, how sure the answer is, what of the question stands nowhere. */
const remarksOf = (
  { understoodAs, answered, confidence, missing = [] }: Answer,
  t: Texts,
): readonly string[] => {
  const { band, tenths } = surenessOf(confidence)
  return [
    ...(understoodAs === undefined ? [] : [t.answer.understoodAs(understoodAs)]),
    ...(answered ? [t.answer[band], t.answer.sureness(tenths)] : []),
    ...(missing.length > 0 ? [t.refusal.missing(missing)] : []),
  ]
}

const wordsOf = (t: Texts) => ({
  ...t.cite,
  refused: (answer: Answer) => (answer.reason === 'not_sure' ? t.refusal.unsure : t.refusal.nothing),
  remarks: (answer: Answer) => remarksOf(answer, t),
  nearest: t.refusal.nearest,
  promise: t.promise,
  filtered: t.answer.filtered,
  exported: { ...t.exported, lang: t.lang },
})
