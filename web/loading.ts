import { useCallback, useEffect, useState } from 'preact/hooks'
import type { ArticleRow, IndexBody } from '../src/http/schemas.ts'
import { articlesPage, indexStatus, type Readiness, type Result, readiness, type Trouble } from './api.ts'

/** What a request brought, or null while it is under way. */
export const useLoaded = <T>(
  key: string,
  load: (signal: AbortSignal) => Promise<Result<T>>,
): Result<T> | null => {
  const [state, setState] = useState<{ key: string; result: Result<T> } | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    void load(abort.signal).then((result) => {
      if (!abort.signal.aborted) setState({ key, result })
    })
    return () => abort.abort()
  }, [key])
  return state !== null && state.key === key ? state.result : null
}

/** Milliseconds between looks at a server that is building, and at one that does not answer. */
const BUILDING_EVERY = 800
const DOWN_EVERY = 3000

/** What is known, and a way to have it looked at again. */
type Watched<T> = readonly [Result<T> | null, () => void]

/** What `load` brings; looked at again while it moves or nothing comes, and whenever that is asked for. */
const useWatched = <T>(load: () => Promise<Result<T>>, isMoving: (value: T) => boolean): Watched<T> => {
  const [state, setState] = useState<Result<T> | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let timer = 0
    let gone = false
    const look = async () => {
      const found = await load()
      if (gone) return
      setState(found)
      if (!found.ok) timer = window.setTimeout(look, DOWN_EVERY)
      else if (isMoving(found.value)) timer = window.setTimeout(look, BUILDING_EVERY)
    }
    void look()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [round])
  return [state, useCallback(() => setRound((n) => n + 1), [])]
}

/** Whether the server can answer; looked at until it can. */
export const useReadiness = (): Watched<Readiness> =>
  useWatched(readiness, ({ ready, building }) => !ready || building !== null)

/** What the index is; looked at while it is being built, and when the reader comes back to the window. */
export const useIndexStatus = (): Watched<IndexBody> => {
  const [status, look] = useWatched(indexStatus, ({ building }) => building !== null)
  useEffect(() => {
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [look])
  return [status, look]
}

/** The list of all articles, as far as it has come. */
export interface Catalog {
  readonly rows: readonly ArticleRow[]
  readonly total: number
  readonly complete: boolean
  readonly trouble: Trouble | null
}

const NOTHING: Catalog = { rows: [], total: 0, complete: false, trouble: null }

/** Loads the list page by page; another generation of the index is another list. */
export const useCatalog = (generation: string | null): Catalog => {
  const [catalog, setCatalog] = useState(NOTHING)
  useEffect(() => {
    if (generation === null) return
    let gone = false
    const load = async () => {
      const rows: ArticleRow[] = []
      let cursor: string | null = null
      do {
        const page = await articlesPage(cursor)
        if (gone) return
        if (!page.ok) return setCatalog({ ...NOTHING, trouble: page.trouble })
        rows.push(...page.value.articles)
        cursor = page.value.next
        setCatalog({ rows: [...rows], total: page.value.total, complete: cursor === null, trouble: null })
      } while (cursor !== null)
    }
    void load()
    return () => {
      gone = true
    }
  }, [generation])
  return catalog
}
