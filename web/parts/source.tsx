import type { JSX } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { AnswerSpan, Extract } from '../../src/core/types.ts'
import type { ArticleBody } from '../../src/http/schemas.ts'
import { article as getArticle, file as getFile } from '../api.ts'
import { fragmentUrl } from '../fragment.ts'
import { useLoaded } from '../loading.ts'
import { piecesOf } from '../pieces.ts'
import { lineOf, pairOffsets, rangesUnder } from '../spans.ts'
import { useTexts } from '../texts.ts'
import { ArticleText, type Cited } from './article-text.tsx'
import { Choice } from './choice.tsx'
import { FileText } from './file-text.tsx'
import { firstQuote } from './highlighted.tsx'
import { Stands } from './stands.tsx'
import { TroubleNote } from './trouble.tsx'

interface Props {
  readonly articleId: string
  /** Level of the title below the headings around it. */
  readonly heading: 'h2' | 'h3'
  /** The extract to be shown; null when an article is read without a question. */
  readonly extract: Extract | null
  /** Further extracts of the same answer. */
  readonly others: readonly Extract[]
  readonly answer: AnswerSpan | null
  /** Paragraph to be shown when there is no extract, from 1. */
  readonly paragraph: number | null
  readonly as: 'article' | 'file'
  /** Where in the file a piece of the article begins that is to be seen instead. */
  readonly at: number | null
  readonly onJump: (at: number) => void
}

/** One article and its file, scrolled to what is cited. */
export const Source = (props: Props): JSX.Element => {
  const t = useTexts()
  const loaded = useLoaded(props.articleId, (signal) => getArticle(props.articleId, signal))
  if (loaded === null) return <p class="note waiting">{t.source.loading}</p>
  if (!loaded.ok) return <TroubleNote trouble={loaded.trouble} />
  return <Opened {...props} article={loaded.value} />
}

const Opened = ({
  article,
  extract,
  others,
  answer,
  ...props
}: Props & { article: ArticleBody }): JSX.Element => {
  const t = useTexts()
  const Title = props.heading
  const ref = useRef<HTMLDivElement>(null)
  const loaded = useLoaded(article.fileId, (signal) => getFile(article.fileId, signal))
  const text = loaded?.ok ? loaded.value : null
  const pieces = useMemo(() => (text === null ? [] : piecesOf(article, text)), [article, text])
  const piece = props.as === 'file' ? pieces.find(({ start }) => start === props.at) : undefined
  const cited = useMemo(() => {
    const found = citedOf(article, extract, others, answer, props.paragraph, text)
    return piece === undefined ? found : { ...found, quote: [[piece.start, piece.end] as const] }
  }, [article, extract, others, answer, props.paragraph, text, piece])
  useEffect(() => reveal(ref.current, extract === null ? props.paragraph : null), [cited, props.as])
  return (
    <div class="source" ref={ref}>
      <p class="note hint">{props.as === 'file' ? t.source.fileHint : t.source.articleHint}</p>
      {loaded?.ok === false && <TroubleNote trouble={loaded.trouble} />}
      {extract !== null && text !== null && <Places extract={extract} file={text} />}
      <FirstPublished url={article.url ?? ''} quote={extract?.text ?? ''} />
      {text !== null && (
        <Stands pieces={pieces} size={text.length} onJump={({ start }) => props.onJump(start)} />
      )}
      {props.as === 'article' ? (
        <ArticleText article={article} file={text} cited={cited} heading={props.heading} />
      ) : (
        <>
          <Title class="title file-name">
            <bdi>{article.file}</bdi>
          </Title>
          {text === null ? (
            loaded === null && <p class="note waiting">{t.source.loading}</p>
          ) : (
            <FileText file={text} cited={cited} />
          )}
        </>
      )}
    </div>
  )
}

/** The way to where the article was first published, at the very words where the browser can find them. */
const FirstPublished = ({ url, quote }: { readonly url: string; readonly quote: string }) => {
  const t = useTexts()
  const href = fragmentUrl(url, quote)
  if (href === null) return null
  return (
    <p class="places">
      <a href={href} target="_blank" rel="noopener noreferrer">
        {t.source.firstPublished}
      </a>
    </p>
  )
}

/** 文章 or 原文件. */
export const ViewSwitch = ({
  as,
  onAs,
}: {
  readonly as: 'article' | 'file'
  readonly onAs: (as: 'article' | 'file') => void
}): JSX.Element => {
  const t = useTexts()
  return (
    <Choice
      label={t.source.as}
      options={[
        ['article', t.source.article],
        ['file', t.source.file],
      ]}
      chosen={as}
      onChoose={onAs}
    />
  )
}

/** Where in the file the extract stands, in numbers; or that it does not stand there. */
const Places = ({ extract, file }: { readonly extract: Extract; readonly file: string }): JSX.Element => {
  const t = useTexts()
  if (pairOffsets(extract.text, file, extract.citation.ranges) === null)
    return (
      <p class="note fault" role="alert">
        {t.source.broken}
      </p>
    )
  return (
    <ul class="places">
      {extract.citation.ranges.map(([start, end]) => (
        <li key={start}>{t.source.place(start, end, lineOf(file, start))}</li>
      ))}
    </ul>
  )
}

const citedOf = (
  article: ArticleBody,
  extract: Extract | null,
  others: readonly Extract[],
  answer: AnswerSpan | null,
  paragraph: number | null,
  file: string | null,
): Cited => {
  if (extract === null) {
    const named = article.paragraphs.find(({ n }) => n === paragraph)
    return { quote: named?.ranges ?? [], other: [], answer: [] }
  }
  const here = others.filter(({ n, citation }) => n !== extract.n && citation.fileId === article.fileId)
  const offsets = file === null ? null : pairOffsets(extract.text, file, extract.citation.ranges)
  return {
    // An extract that does not match its file is not pointed at: the highlight would be a false claim.
    quote: file !== null && offsets === null ? [] : extract.citation.ranges,
    other: here.flatMap(({ citation }) => citation.ranges),
    answer: offsets && answer?.extract === extract.n ? rangesUnder(offsets, answer.start, answer.end) : [],
  }
}

/** Part of the height of what scrolls at which the quotation is put. */
const AT = 0.25

/** Scrolls to the quotation, or to a paragraph; a second time when blocks above it have got their real heights. */
const reveal = (within: HTMLElement | null, paragraph: number | null): (() => void) | undefined => {
  if (within === null) return
  const scroller = within.closest('.pane')
  const move = () => {
    const place =
      firstQuote(within) ??
      (paragraph === null ? null : within.querySelector(`#p${paragraph}`)?.getBoundingClientRect())
    if (!place) return
    if (scroller) {
      const box = scroller.getBoundingClientRect()
      scroller.scrollTop += place.top - box.top - box.height * AT
    } else scrollBy(0, place.top - innerHeight * AT)
  }
  move()
  let frame = requestAnimationFrame(() => {
    move()
    frame = requestAnimationFrame(move)
  })
  return () => cancelAnimationFrame(frame)
}
