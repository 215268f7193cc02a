import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Conversation, useConversation } from './conversation.ts'
import { useReadiness } from './loading.ts'
import { NARROW, useMedia } from './media.ts'
import { citeId } from './parts/answer.tsx'
import { AskBox } from './parts/ask-box.tsx'
import { DropNote } from './parts/drop-note.tsx'
import { Header } from './parts/header.tsx'
import { Screen } from './parts/screen.tsx'
import { ShortcutList } from './parts/shortcut-list.tsx'
import { SourcePane } from './parts/source-pane.tsx'
import { useShortcuts } from './shortcuts.ts'
import { useShown, useTexts } from './texts.ts'

/** The whole page. */
export const App = (): JSX.Element => {
  const [readiness, lookAgain] = useReadiness()
  const talk = useConversation()
  const [draft, setDraft] = useState('')
  const box = useRef<HTMLTextAreaElement>(null)
  const list = useRef<HTMLDialogElement>(null)
  const { view } = talk.place
  const { source } = talk
  const covered = useMedia(NARROW) && source !== null

  useTitle(useShown()(view.question))
  useReturnOfFocus(source?.turn.key ?? null, view.cite)
  useShortcuts(
    { box, list },
    { open: source !== null, close: talk.close, pending: talk.pending, stop: talk.stop },
  )
  useRecovery(talk, readiness?.ok === true && readiness.value.ready, lookAgain)

  const send = (question: string) => {
    setDraft('')
    talk.send(question)
    // On a phone the keyboard would cover the answer.
    if (matchMedia('(pointer: coarse)').matches) box.current?.blur()
    else box.current?.focus()
  }
  const edit = (question: string) => {
    setDraft(question)
    box.current?.focus()
  }
  return (
    <div class={source === null ? 'page' : 'page beside'}>
      <div class="column" inert={covered}>
        <Header screen={view.screen} onScreen={talk.show} />
        <DropNote onArticles={() => talk.show('articles')} />
        <Screen talk={talk} readiness={readiness} onLook={lookAgain} onAsk={send} onEdit={edit} />
        {(view.screen === 'ask' || view.screen === 'article') && (
          <AskBox
            talk={talk}
            boxRef={box}
            draft={draft}
            onDraft={setDraft}
            onSend={send}
            onKeys={() => list.current?.showModal()}
          />
        )}
      </div>
      <ShortcutList dialogRef={list} />
      {source !== null && <SourcePane talk={talk} turn={source.turn} cite={source.cite} />}
    </div>
  )
}

/** Problems that pass by themselves, after which the question is asked again without being told to. */
const PASSING: readonly string[] = ['building', 'starting']

/** A question that failed says that the server is no longer in the state it was in. */
const useRecovery = (talk: Conversation, ready: boolean, lookAgain: () => void): void => {
  const last = talk.turns.at(-1)
  const failed = last?.state === 'failed' ? last : null
  const passing = failed?.trouble?.kind === 'problem' && PASSING.includes(failed.trouble.type)
  const { again } = talk
  useEffect(() => {
    if (failed !== null) lookAgain()
  }, [failed, lookAgain])
  useEffect(() => {
    if (ready && passing && failed !== null) again(failed)
  }, [ready])
}

const useTitle = (question: string): void => {
  const t = useTexts()
  useEffect(() => {
    document.documentElement.lang = t.lang
    document.title = question === '' ? t.name : `${question} · ${t.name}`
  }, [question, t])
}

/** When the source closes, the focus goes back to the link that opened it. */
const useReturnOfFocus = (turn: string | null, cite: number | null): void => {
  const opener = useRef('')
  useEffect(() => {
    if (turn !== null && cite !== null) opener.current = citeId(turn, cite)
    else if (opener.current !== '') {
      document.getElementById(opener.current)?.focus({ preventScroll: true })
      opener.current = ''
    }
  }, [turn, cite])
}
