import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Trouble } from '../api.ts'
import { useTexts } from '../texts.ts'
import type { Texts } from '../texts.zh.ts'

interface Props {
  readonly trouble: Trouble
  readonly onRetry?: () => void
  readonly children?: ComponentChildren
}

/** What went wrong, why, and what to do next. */
export const TroubleNote = ({ trouble, onRetry, children }: Props): JSX.Element => {
  const t = useTexts()
  const { title, next } = wordsOf(trouble, t)
  const wait = useCountdown(trouble)
  return (
    <div class="trouble" role="alert">
      <p class="headline">{title}</p>
      <p>{next}</p>
      {trouble.kind === 'problem' && trouble.status === 500 && (
        <p class="note">{t.trouble.id(trouble.requestId)}</p>
      )}
      <p class="actions">
        {onRetry && (
          <button type="button" class="strong" onClick={onRetry} disabled={wait > 0}>
            {wait > 0 ? t.trouble.retryIn(wait) : t.trouble.retry}
          </button>
        )}
        {children}
      </p>
    </div>
  )
}

/** Titles of the statuses that have one of their own; the server's detail says what to do. */
const TITLES: Readonly<Record<number, keyof Texts['trouble']>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'notFound',
  413: 'tooLong',
  422: 'invalid',
  429: 'busy',
  500: 'internal',
  503: 'notYet',
}

const wordsOf = (trouble: Trouble, t: Texts): { readonly title: string; readonly next: string } => {
  if (trouble.kind === 'unreachable') return { title: t.trouble.unreachable, next: t.trouble.unreachableNext }
  if (trouble.kind === 'odd') return { title: t.trouble.odd, next: t.trouble.oddNext }
  const key = trouble.type === 'overloaded' ? 'busy' : (TITLES[trouble.status] ?? 'internal')
  const title = t.trouble[key]
  return {
    title: typeof title === 'string' ? title : t.trouble.internal,
    next: trouble.status === 404 ? t.trouble.notFoundNext : trouble.detail,
  }
}

/** Seconds that are left of the server's Retry-After. */
const useCountdown = (trouble: Trouble): number => {
  const total = trouble.kind === 'problem' ? Math.min(trouble.retryAfter, 60) : 0
  const [left, setLeft] = useState(total)
  useEffect(() => {
    setLeft(total)
    if (total === 0) return
    const end = Date.now() + total * 1000
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000))
      setLeft(seconds)
      if (seconds === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [trouble, total])
  return left
}
