import type { JSX } from 'preact'
import type { Readiness, Result } from '../api.ts'
import type { Conversation } from '../conversation.ts'
import { useCatalog } from '../loading.ts'
import type { View } from '../route.ts'
import { useTexts } from '../texts.ts'
import { History } from './history.tsx'
import { IndexSection } from './index-section.tsx'
import { Library } from './library.tsx'
import { Reading } from './reading.tsx'
import { StateNote } from './state.tsx'
import { TakeConversation } from './take-away.tsx'
import { Talk } from './talk.tsx'
import { FeedbackContext } from './verdict.tsx'
import { Welcome } from './welcome.tsx'

interface Props {
  readonly talk: Conversation
  readonly readiness: Result<Readiness> | null
  readonly onLook: () => void
  readonly onAsk: (question: string) => void
  readonly onEdit: (question: string) => void
}

/** What stands between the top and the question box. */
export const Screen = ({ talk, readiness, onLook, onAsk, onEdit }: Props): JSX.Element => {
  const { view } = talk.place
  const t = useTexts()
  const state = readiness?.ok === true ? readiness.value : null
  const generation = state?.info?.generation ?? null
  const catalog = useCatalog(state?.ready === true ? generation : null)
  const talking = talk.turns.length > 0
  return (
    <main class={view.screen === 'ask' && !talking ? 'empty' : ''}>
      {!isSaidBelow(view.screen, readiness, talking) && <StateNote readiness={readiness} onRetry={onLook} />}
      {view.screen === 'articles' && (
        <Library view={view} catalog={catalog} onView={talk.look} onRead={talk.read} onAsk={talk.begin}>
          <IndexSection generation={generation} onLook={onLook} />
        </Library>
      )}
      {view.screen === 'history' && <History view={view} onView={talk.look} onAgain={talk.begin} />}
      {view.screen === 'article' && <Reading view={view} onView={talk.look} />}
      {view.screen === 'ask' && !talking && (
        <Welcome catalog={catalog} builtAt={state?.builtAt ?? null} onAsk={onAsk} />
      )}
      {view.screen === 'ask' && talking && <h1 class="unseen">{t.answer.log}</h1>}
      {view.screen === 'ask' && (
        <FeedbackContext.Provider value={state?.feedback === true}>
          <Talk talk={talk} generation={generation} onAsk={onAsk} onEdit={onEdit} />
          <TakeConversation turns={talk.turns} />
        </FeedbackContext.Provider>
      )}
    </main>
  )
}

/** A turn that found no server says so itself, and the list of articles how far its index is. */
const isSaidBelow = (screen: View['screen'], readiness: Props['readiness'], talking: boolean): boolean => {
  if (readiness?.ok !== true) return talking && readiness?.ok === false
  return screen === 'articles' && readiness.value.ready && readiness.value.building !== null
}
