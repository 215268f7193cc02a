import type { JSX } from 'preact'
import type { Readiness, Result } from '../api.ts'
import { useTexts } from '../texts.ts'
import { TroubleNote } from './trouble.tsx'

interface Props {
  readonly readiness: Result<Readiness> | null
  readonly onRetry: () => void
}

/** Why nothing can be asked yet, or what is going on meanwhile; nothing when all is well. */
export const StateNote = ({ readiness, onRetry }: Props): JSX.Element | null => {
  const t = useTexts()
  if (readiness === null) return null
  if (!readiness.ok) return <TroubleNote trouble={readiness.trouble} onRetry={onRetry} />
  const { ready, type, building, detail, info } = readiness.value
  if (ready && building === null)
    return info?.articles === 0 ? <Note title={t.ready.empty} next={t.ready.emptyNext} /> : null
  if (building !== null) return <Building building={building} serving={ready} />
  if (type === 'starting') return <Note title={t.ready.starting} next={t.ready.startingNext} />
  if (type === 'model-unavailable') return <Note title={t.ready.model} next={detail || t.ready.modelNext} />
  return <Note title={t.ready.failed} next={detail || t.ready.failedNext} />
}

const Note = ({ title, next }: { readonly title: string; readonly next: string }): JSX.Element => (
  <div class="trouble" role="status">
    <p class="headline">{title}</p>
    <p>{next}</p>
  </div>
)

const Building = (props: {
  readonly building: NonNullable<Readiness['building']>
  readonly serving: boolean
}): JSX.Element => {
  const t = useTexts()
  const { stage, done, total } = props.building
  const said = t.ready.progress(t.ready.stages[stage] ?? stage, done, total)
  return (
    <div class={props.serving ? 'note' : 'trouble'}>
      <p class="headline">{props.serving ? t.ready.rebuilding : t.ready.building}</p>
      <progress max={Math.max(1, total)} value={done} aria-label={said} />
      <p class="note">{said}</p>
      {!props.serving && <p>{t.ready.buildingNext}</p>}
    </div>
  )
}
