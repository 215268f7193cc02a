import type { JSX } from 'preact'
import type { FilePiece } from '../pieces.ts'
import { useTexts } from '../texts.ts'

interface Props {
  readonly pieces: readonly FilePiece[]
  /** Code units of the file. */
  readonly size: number
  readonly onJump: (piece: FilePiece) => void
}

/** Where an article stands in its file: its lines, a map of its pieces, and the way to each of them. */
export const Stands = ({ pieces, size, onJump }: Props): JSX.Element | null => {
  const t = useTexts()
  if (pieces.length === 0) return null
  const from = Math.min(...pieces.map(({ fromLine }) => fromLine))
  const to = Math.max(...pieces.map(({ toLine }) => toLine))
  return (
    <details class="stands">
      <summary>
        {t.source.stands(from, to, pieces.length)}
        <span class="map" aria-hidden="true">
          {pieces.map(({ start, end }) => (
            <i
              key={start}
              style={{
                insetInlineStart: `${(100 * start) / size}%`,
                width: `${(100 * (end - start)) / size}%`,
              }}
            />
          ))}
        </span>
      </summary>
      <p class="note">{t.source.jump}</p>
      <ol>
        {pieces.map((piece) => (
          <li key={piece.start}>
            <button type="button" class="quiet" onClick={() => onJump(piece)}>
              {t.source.lines(piece.fromLine, piece.toLine)}
            </button>
          </li>
        ))}
      </ol>
    </details>
  )
}
