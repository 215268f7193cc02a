import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { article } from '../api.ts'
import type { Catalog } from '../loading.ts'
import { type Material, sampleQuestions } from '../samples.ts'
import { useTexts } from '../texts.ts'
import { QuestionList } from './question-list.tsx'

interface Props {
  readonly catalog: Catalog
  /** ISO 8601; null when it is not known. */
  readonly builtAt: string | null
  readonly onAsk: (question: string) => void
}

/** Articles that are opened to make sample questions, and questions shown. */
const OPENED = 10
const SHOWN = 4

/** The empty page: what the corpus is, and questions it can answer. */
export const Welcome = ({ catalog, builtAt, onAsk }: Props): JSX.Element => {
  const t = useTexts()
  const [turn, setTurn] = useState(0)
  const samples = useSamples(catalog, turn)
  return (
    <div class="welcome">
      <h1>{t.tagline}</h1>
      {catalog.total > 0 && <Summary catalog={catalog} builtAt={builtAt} />}
      {samples.length > 0 && (
        <section aria-labelledby="samples">
          <h2 id="samples">
            {t.samples.title}
            <button type="button" class="quiet" onClick={() => setTurn(turn + 1)}>
              {t.samples.more}
            </button>
          </h2>
          <QuestionList questions={samples} onAsk={onAsk} />
          <p class="note">{t.samples.made}</p>
        </section>
      )}
      <p class="promise">{t.promise}</p>
    </div>
  )
}

const Summary = ({ catalog, builtAt }: Pick<Props, 'catalog' | 'builtAt'>): JSX.Element => {
  const t = useTexts()
  const { files, first, last, undated } = useMemo(() => summaryOf(catalog), [catalog])
  return (
    <p class="summary">
      <span>{t.corpus.articles(catalog.total)}</span>
      <span>{catalog.complete ? t.corpus.files(files) : t.corpus.filesAtLeast(files)}</span>
      {catalog.complete && first !== '' && <span>{t.corpus.span(first, last)}</span>}
      {catalog.complete && undated > 0 && <span>{t.corpus.undated(undated)}</span>}
      {builtAt !== null && (
        <time dateTime={builtAt}>{t.corpus.indexed(new Date(builtAt).toLocaleString(t.lang))}</time>
      )}
    </p>
  )
}

const summaryOf = ({ rows }: Catalog) => {
  const dates = rows.flatMap(({ date }) => date ?? []).sort()
  return {
    files: new Set(rows.map(({ file }) => file.replace(/#.*$/, ''))).size,
    first: dates[0] ?? '',
    last: dates.at(-1) ?? '',
    undated: rows.length - dates.length,
  }
}

/** Sample questions from articles spread over the list; another `turn` opens others. */
const useSamples = (catalog: Catalog, turn: number): readonly string[] => {
  const [samples, setSamples] = useState<readonly string[]>([])
  useEffect(() => {
    if (!catalog.complete || catalog.rows.length === 0) return
    const abort = new AbortController()
    const load = async () => {
      const opened = await Promise.all(
        spread(catalog.rows, OPENED, turn).map(({ id }) => article(id, abort.signal)),
      )
      if (abort.signal.aborted) return
      const materials = opened.flatMap((each): readonly Material[] =>
        each.ok ? [{ title: each.value.title, texts: each.value.paragraphs.map(({ text }) => text) }] : [],
      )
      setSamples(sampleQuestions(materials, SHOWN, turn))
    }
    void load()
    return () => abort.abort()
  }, [catalog, turn])
  return samples
}

const spread = <T,>(list: readonly T[], wanted: number, turn: number): readonly T[] => {
  const step = Math.max(1, Math.floor(list.length / wanted))
  return Array.from(
    { length: Math.min(wanted, list.length) },
    (_, i) => list[(i * step + turn * 7) % list.length],
  ).filter((each) => each !== undefined)
}
