import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Extract } from '../../src/core/types.ts'
import { absolute } from '../api.ts'
import { gbtReference, htmlQuotation, plainQuotation } from '../citation.ts'
import { copy } from '../clipboard.ts'
import { useTexts } from '../texts.ts'

/** A button that copies, and says so in its own place. */
export const CopyButton = ({
  label,
  take,
}: {
  readonly label: string
  readonly take: () => readonly [plain: string, html?: string]
}): JSX.Element => {
  const t = useTexts()
  const [done, setDone] = useState<boolean | null>(null)
  const onClick = async () => {
    setDone(await copy(...take()))
    setTimeout(() => setDone(null), 2500)
  }
  const said = done === null ? '' : done ? t.cite.copied : t.cite.copyFailed
  return (
    <span class="copy">
      <button type="button" class="quiet" onClick={onClick}>
        {label}
      </button>
      <span role="status" class="said">
        {said}
      </span>
    </span>
  )
}

/** What can be taken away of one extract. `whole` adds what is wanted less often. */
export const CiteActions = ({
  extract,
  whole = false,
}: {
  readonly extract: Extract
  readonly whole?: boolean
}): JSX.Element => {
  const t = useTexts()
  const link = () => absolute(extract.citation.url)
  return (
    <>
      <CopyButton
        label={t.cite.copy}
        take={() => [plainQuotation(extract, link(), t.cite), htmlQuotation(extract, link(), t.cite)]}
      />
      <CopyButton label={t.cite.copyLink} take={() => [link()]} />
      {whole && (
        <>
          <CopyButton label={t.cite.copyWords} take={() => [extract.text]} />
          <CopyButton
            label={t.cite.copyReference}
            take={() => [gbtReference(extract.citation, link(), t.cite.untitled)]}
          />
        </>
      )}
    </>
  )
}
