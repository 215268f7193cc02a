import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Conversation } from '../conversation.ts'
import { NARROW, useMedia } from '../media.ts'
import { useTexts } from '../texts.ts'
import { shown, type Turn } from '../turns.ts'
import { CheckButton } from './check-button.tsx'
import { CiteActions } from './cite-actions.tsx'
import { Source, ViewSwitch } from './source.tsx'

interface Props {
  readonly talk: Conversation
  readonly turn: Turn
  readonly cite: number
}

/** The source of one extract: beside the conversation, or over it where there is no room beside. */
export const SourcePane = ({ talk, turn, cite }: Props): JSX.Element | null => {
  const t = useTexts()
  const { view } = talk.place
  const over = useMedia(NARROW)
  const heading = useRef<HTMLHeadingElement>(null)
  const extracts = shown(turn, view.sort)
  const at = extracts.findIndex(({ n }) => n === cite)
  const extract = extracts[at]
  const openAt = (index: number) => talk.open(turn, extracts[index]?.n ?? cite)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  if (extract === undefined) return null
  return (
    <section class="pane" role={over ? 'dialog' : 'complementary'} aria-labelledby="pane">
      <header>
        <h2 id="pane" ref={heading} tabIndex={-1}>
          {t.source.label} {extracts.length > 1 && <small>{t.source.position(cite, extracts.length)}</small>}
        </h2>
        <button type="button" class="close" onClick={talk.close}>
          {t.source.close}
        </button>
        <ViewSwitch as={view.as} onAs={(as) => talk.look({ ...view, as, at: null })} />
        {extracts.length > 1 && (
          <nav aria-label={t.answer.extracts}>
            <button type="button" disabled={at === 0} onClick={() => openAt(at - 1)}>
              {t.source.previous}
            </button>
            <button type="button" disabled={at === extracts.length - 1} onClick={() => openAt(at + 1)}>
              {t.source.next}
            </button>
          </nav>
        )}
      </header>
      <Source
        articleId={extract.citation.articleId}
        heading="h3"
        extract={extract}
        others={extracts}
        answer={turn.answer?.answer ?? null}
        paragraph={null}
        as={view.as}
        at={view.at}
        onJump={(at) => talk.look({ ...view, as: 'file', at })}
      />
      <footer>
        <CheckButton key={`${turn.key}-${cite}`} extract={extract} />
        <CiteActions extract={extract} whole />
      </footer>
    </section>
  )
}
