import type { JSX } from 'preact'
import type { Figure } from '../compare.ts'
import { useTexts } from '../texts.ts'
import type { OpenCite } from '../turns.ts'

interface Leading {
  readonly onOpen: OpenCite
}

/** Figures that differ, side by side with their dates; which of them is right is for the reader to find. */
export const Differing = ({
  figures,
  onOpen,
}: Leading & { readonly figures: readonly Figure[] }): JSX.Element => {
  const t = useTexts()
  return (
    <table class="differing">
      <caption>{t.compare.differ}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{t.compare.figure}</th>
          <th scope="col">{t.compare.date}</th>
          <th scope="col" colSpan={2}>
            {t.cite.source}
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ text, extracts }) =>
          extracts.map(({ n, citation }, i) => (
            <tr key={n}>
              {i === 0 && (
                <td class="value" rowSpan={extracts.length} lang="zh">
                  <bdi>{text}</bdi>
                </td>
              )}
              <td class="date">
                {citation.date === null ? (
                  t.compare.undated
                ) : (
                  <time dateTime={citation.date}>{citation.date}</time>
                )}
              </td>
              <td>
                <CiteNumber n={n} onOpen={onOpen} />
              </td>
              <td class="of" lang="zh">
                <bdi>{citation.title ?? t.cite.untitled}</bdi>
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  )
}

/** Other articles that say the same. */
export const Agreeing = ({
  numbers,
  onOpen,
}: Leading & { readonly numbers: readonly number[] }): JSX.Element => (
  <p class="note agreeing">
    {useTexts().compare.same}
    {numbers.map((n) => (
      <CiteNumber key={n} n={n} onOpen={onOpen} />
    ))}
  </p>
)

const CiteNumber = ({ n, onOpen }: Leading & { readonly n: number }): JSX.Element => (
  <button type="button" class="quiet" aria-label={useTexts().compare.open(n)} onClick={() => onOpen(n)}>
    [{n}]
  </button>
)
