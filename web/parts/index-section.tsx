import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Warning } from '../../src/core/types.ts'
import type { Building, IndexBody } from '../../src/http/schemas.ts'
import { absolute, type Result, renewIndex, type Trouble } from '../api.ts'
import { useIndexStatus } from '../loading.ts'
import { reasonIn } from '../reasons.ts'
import { useTexts } from '../texts.ts'
import type { Texts } from '../texts.zh.ts'
import { TroubleNote } from './trouble.tsx'

interface Props {
  /** What the rest of the page shows. */
  readonly generation: string | null
  /** Has the rest of the page look at the server. */
  readonly onLook: () => void
}

type Known = Extract<Result<IndexBody>, { ok: true }>

/** What came of the button: nothing to do, a refusal, or a build that was not over in the status of that moment. */
type Pressed =
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  | { readonly kind: 'building'; readonly before: Result<IndexBody> | null }

/** What is indexed, whether the files have changed since, what could not be read, and a way to build it again. */
export const IndexSection = (props: Props): JSX.Element | null => {
  const t = useTexts()
  const { status, pressed, renew } = useRenewal(props)
  if (status?.ok !== true) return null
  const { building, warnings } = status.value
  return (
    <section class="index" aria-labelledby="index">
      <h2 id="index">{t.index.title}</h2>
      <Facts status={status.value} />
      {building !== null && <Bar building={building} />}
      <p class="actions">
        <button
          type="button"
          class="outlined"
          aria-disabled={building !== null}
          onClick={() => building === null && void renew()}
        >
          {t.index.renew}
        </button>
        <span role="status" class="note">
          {saidOf(status, pressed, t)}
        </span>
      </p>
      {pressed?.kind === 'refused' && <TroubleNote trouble={pressed.trouble} />}
      <Warnings warnings={warnings} />
    </section>
  )
}

const useRenewal = ({ generation, onLook }: Props) => {
  const [status, look] = useIndexStatus()
  const [pressed, setPressed] = useState<Pressed | null>(null)
  const latest = useRef(status)
  latest.current = status
  const renewed = status?.ok === true && status.value.generation !== generation
  useEffect(() => {
    if (renewed) onLook()
  }, [renewed, onLook])
  const renew = async () => {
    setPressed(null)
    const sent = await renewIndex()
    if (!sent.ok) return setPressed({ kind: 'refused', trouble: sent.trouble })
    const same = sent.value.building === null && !sent.value.changed
    setPressed(same ? { kind: 'same' } : { kind: 'building', before: latest.current })
    look()
    onLook()
  }
  return { status, pressed, renew }
}

const saidOf = (status: Known, pressed: Pressed | null, t: Texts): string => {
  const { building, changed, error, articles } = status.value
  if (building !== null || (pressed?.kind === 'building' && pressed.before === status)) return t.index.running
  if (error !== null) return t.index.failed(error)
  if (pressed?.kind === 'building') return t.index.done(articles)
  return pressed?.kind === 'same' && !changed ? t.index.same : ''
}

const Facts = ({ status }: { readonly status: IndexBody }): JSX.Element => {
  const t = useTexts()
  const { builtAt, files, articles, passages, changed } = status
  if (builtAt === null) return <p>{t.index.none}</p>
  return (
    <>
      <p class="summary">
        <time dateTime={builtAt}>{t.corpus.indexed(new Date(builtAt).toLocaleString(t.lang))}</time>
        <span>{t.corpus.files(files)}</span>
        <span>{t.corpus.articles(articles)}</span>
        <span>{t.index.passages(passages)}</span>
      </p>
      <p>{changed ? t.index.changed : t.index.unchanged}</p>
    </>
  )
}

const Bar = ({ building }: { readonly building: Building }): JSX.Element => {
  const t = useTexts()
  const { stage, done, total, percent } = building
  const said = t.index.progress(percent, t.ready.progress(t.ready.stages[stage] ?? stage, done, total))
  return (
    <>
      <progress max={100} value={percent} aria-label={said} />
      <p class="note">{said}</p>
    </>
  )
}

/** Warnings that are listed; who has more of them reads GET /index. */
const LISTED = 200

const Warnings = ({ warnings }: { readonly warnings: readonly Warning[] }): JSX.Element => {
  const t = useTexts()
  if (warnings.length === 0) return <p class="note">{t.index.noWarnings}</p>
  return (
    <details>
      <summary>{t.index.warnings(warnings.length)}</summary>
      <ul>
        {warnings.slice(0, LISTED).map(({ file, message }, i) => (
          <li key={`${i} ${file}`}>
            <bdi class="file-name">{file}</bdi>
            <span class="origin">{reasonIn(message, t.index.reasons)}</span>
          </li>
        ))}
      </ul>
      {warnings.length > LISTED && (
        <p>
          <a href={absolute('index')}>{t.index.all(warnings.length)}</a>
        </p>
      )}
    </details>
  )
}
