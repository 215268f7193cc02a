import type { JSX } from 'preact'
import type { View } from '../route.ts'
import { useTexts } from '../texts.ts'
import { Source, ViewSwitch } from './source.tsx'

interface Props {
  readonly view: View
  readonly onView: (view: View) => void
}

/** An article read for itself, at the address every citation links to. */
export const Reading = ({ view, onView }: Props): JSX.Element => {
  const t = useTexts()
  return (
    <div class="alone">
      <h1 class="unseen">{t.reading.title}</h1>
      <ViewSwitch as={view.as} onAs={(as) => onView({ ...view, as, at: null })} />
      <Source
        articleId={view.article ?? ''}
        heading="h2"
        extract={null}
        others={[]}
        answer={null}
        paragraph={view.paragraph}
        as={view.as}
        at={view.at}
        onJump={(at) => onView({ ...view, as: 'file', at })}
      />
    </div>
  )
}
