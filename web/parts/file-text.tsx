import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Range } from '../../src/core/ranges.ts'
import { blocksOf } from '../blocks.ts'
import type { Span } from '../spans.ts'
import { useTexts } from '../texts.ts'
import type { Cited } from './article-text.tsx'
import { Highlighted, type Spans } from './highlighted.tsx'

interface Props {
  readonly file: string
  readonly cited: Cited
}

/** The file as it lies on the disk, line by line, with the cited ranges highlighted where they stand. */
export const FileText = ({ file, cited }: Props): JSX.Element => {
  const t = useTexts()
  const blocks = useMemo(() => blocksOf(file), [file])
  const spans = useMemo(() => blocks.map(([from, to]) => within(from, to, cited)), [blocks, cited])
  if (file.trim() === '') return <p class="note">{t.source.empty}</p>
  return (
    <div class="file" lang="zh">
      {blocks.map(([from, to], i) => (
        <div class="block" key={from}>
          <Highlighted text={file.slice(from, to)} spans={spans[i] ?? {}} />
        </div>
      ))}
    </div>
  )
}

const NONE: Spans = {}

const within = (from: number, to: number, cited: Cited): Spans => {
  const cut = (ranges: readonly Range[]): readonly Span[] =>
    ranges
      .filter(([start, end]) => start < to && from < end)
      .map(([start, end]) => [Math.max(start, from) - from, Math.min(end, to) - from])
  const spans = { quote: cut(cited.quote), other: cut(cited.other), answer: cut(cited.answer) }
  return spans.quote.length + spans.other.length + spans.answer.length === 0 ? NONE : spans
}
