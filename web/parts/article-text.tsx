import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Range } from '../../src/core/ranges.ts'
import type { ArticleBody } from '../../src/http/schemas.ts'
import { pairOffsets, spansIn } from '../spans.ts'
import { useTexts } from '../texts.ts'
import { Highlighted, type Spans } from './highlighted.tsx'

/** What is to be highlighted: ranges of the file. */
export interface Cited {
  readonly quote: readonly Range[]
  readonly other: readonly Range[]
  readonly answer: readonly Range[]
}

interface Props {
  readonly article: ArticleBody
  /** null while it is on its way: the text shows, the highlights follow. */
  readonly file: string | null
  readonly cited: Cited
  readonly heading: 'h2' | 'h3'
}

const NONE: Spans = {}

/** Paragraphs a browser lays out together or, while they are out of sight, not at all. */
const GROUP = 40

const groupsOf = <T,>(paragraphs: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(paragraphs.length / GROUP) }, (_, i) =>
    paragraphs.slice(i * GROUP, (i + 1) * GROUP),
  )

/** The repaired article, read as its paragraphs, with what is cited of it highlighted. */
export const ArticleText = ({ article, file, cited, heading: Title }: Props): JSX.Element => {
  const t = useTexts()
  const spans = useMemo(() => {
    const of = (text: string, ranges: readonly Range[]) => spansOf(text, ranges, file, cited)
    return {
      title: of(article.title ?? '', article.titleRanges),
      byline: of(article.byline ?? '', article.bylineRanges),
      paragraphs: article.paragraphs.map(({ text, ranges }) => of(text, ranges)),
    }
  }, [article, file, cited])
  const about = [article.source, article.date, article.section && t.source.section(article.section)]
  return (
    <article class="reading" lang="zh">
      <Title class="title">
        {article.title === null ? t.cite.untitled : <Highlighted text={article.title} spans={spans.title} />}
      </Title>
      {article.subtitle !== null && <p class="subtitle">{article.subtitle}</p>}
      <p class="about">
        {article.byline !== null && (
          <bdi>
            <Highlighted text={article.byline} spans={spans.byline} />
          </bdi>
        )}
        {about.filter(Boolean).map((part) => (
          <bdi key={part}>{part}</bdi>
        ))}
      </p>
      {groupsOf(article.paragraphs).map((group) => (
        <div class="block" key={group[0]?.n}>
          {group.map(({ n, text }) => (
            <p key={n} id={`p${n}`}>
              <Highlighted text={text} spans={spans.paragraphs[n - 1] ?? NONE} />
            </p>
          ))}
        </div>
      ))}
    </article>
  )
}

const spansOf = (text: string, ranges: readonly Range[], file: string | null, cited: Cited): Spans => {
  const touched = Object.values(cited).some((list: readonly Range[]) =>
    list.some(([from, to]) => ranges.some(([start, end]) => from < end && start < to)),
  )
  if (file === null || !touched) return NONE
  const offsets = pairOffsets(text, file, ranges)
  if (offsets === null) return NONE
  return {
    quote: spansIn(offsets, cited.quote),
    other: spansIn(offsets, cited.other),
    answer: spansIn(offsets, cited.answer),
  }
}
