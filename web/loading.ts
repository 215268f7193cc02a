import { useCallback, useEffect, useState } from 'preact/hooks'
import { articlesPage, type Readiness, type Result, readiness, type Trouble } from './api.ts'
import type { ArticleRow } from './bodies.ts'

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

/** Whether the server can answer; looked at again until it can, and whenever `refresh` is called. */
export const useReadiness = (): readonly [Result<Readiness> | null, () => void] => {
  const [state, setState] = useState<Result<Readiness> | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let timer = 0
    let gone = false
    const look = async () => {
      const found = await readiness()
      if (gone) return
      setState(found)
      if (!found.ok) timer = window.setTimeout(look, DOWN_EVERY)
      else if (!found.value.ready || found.value.building) timer = window.setTimeout(look, BUILDING_EVERY)
    }
    void look()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [round])
  return [state, useCallback(() => setRound((n) => n + 1), [])]
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
