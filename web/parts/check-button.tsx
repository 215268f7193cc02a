import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Extract } from '../../src/core/types.ts'
import { original, type Trouble } from '../api.ts'
import { type Check, checkExtract } from '../check.ts'
import { useTexts } from '../texts.ts'

type State =
  | { kind: 'idle' | 'running' }
  | { kind: 'done'; check: Check }
  | { kind: 'failed'; trouble: Trouble }

/** Fetches the file anew, holds the extract against it in this browser and shows what came of it. */
export const CheckButton = ({ extract }: { readonly extract: Extract }): JSX.Element => {
  const t = useTexts()
  const [state, setState] = useState<State>({ kind: 'idle' })
  const run = async () => {
    setState({ kind: 'running' })
    const got = await original(extract.citation.fileId)
    setState(
      got.ok
        ? { kind: 'done', check: await checkExtract(extract, got.value) }
        : { kind: 'failed', trouble: got.trouble },
    )
  }
  return (
    <section class="check">
      <button type="button" class="outlined" onClick={run} aria-disabled={state.kind === 'running'}>
        {state.kind === 'running' ? t.check.running : t.check.button}
      </button>
      <div role="status">
        {state.kind === 'failed' && (
          <p class="fault">
            {t.check.failed} {state.trouble.kind === 'problem' && state.trouble.detail}
          </p>
        )}
        {state.kind === 'done' && <Outcome check={state.check} />}
      </div>
    </section>
  )
}

const Outcome = ({ check }: { readonly check: Check }): JSX.Element => {
  const t = useTexts()
  return (
    <>
      <p class={check.verbatim ? 'held' : 'fault'}>
        <strong>{check.verbatim ? t.check.verbatim : t.check.differs}</strong> {t.check.how}
      </p>
      <ul class="checked">
        {check.ranges.map(({ range: [start, end], text, equal }) => (
          <li key={start}>
            <span>
              {t.check.range(start, end)}：<strong>{equal ? t.check.equal : t.check.unequal}</strong>
            </span>
            <bdi>{text}</bdi>
          </li>
        ))}
      </ul>
      {check.sha256 === null ? (
        <p class="note">{t.check.insecure}</p>
      ) : (
        <>
          <p class={check.sha256.equal ? 'held' : 'fault'}>
            <strong>{check.sha256.equal ? t.check.shaEqual : t.check.shaDiffers}</strong>
            {!check.sha256.equal && ` ${t.check.shaReason}`}
          </p>
          <p class="hash">{check.sha256.found}</p>
        </>
      )}
    </>
  )
}
