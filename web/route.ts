import { dayOf } from './day.ts'

/** What the address says is to be seen. Everything a reload or a link must bring back is in here. */
export interface View {
  readonly screen: 'ask' | 'articles' | 'article' | 'history'
  readonly question: string
  /** Number of the extract whose source is open, from 1. */
  readonly cite: number | null
  /** How the source is shown: as repaired article, or as the original file. */
  readonly as: 'article' | 'file'
  /** Where in the file a piece of the article begins that is to be seen, in code units. */
  readonly at: number | null
  readonly article: string | null
  /** From 1. */
  readonly paragraph: number | null
  readonly find: string
  /** YYYY-MM-DD or empty; in an open filter, whatever has been typed so far. */
  readonly from: string
  readonly to: string
  readonly source: string
  /** Extracts wanted, 1 to MOST_EXTRACTS; null leaves it to the server. */
  readonly top: number | null
  /** Order of the extracts of an answer. */
  readonly sort: Sort
}

/** As the server ranks them, or the latest first. */
export type Sort = 'sure' | 'time'

/** Extracts the server gives when no number is asked for, and at most. */
export const USUAL_EXTRACTS = 5
export const MOST_EXTRACTS = 20

/** The empty page. */
export const START: View = {
  screen: 'ask',
  question: '',
  cite: null,
  as: 'article',
  at: null,
  article: null,
  paragraph: null,
  find: '',
  from: '',
  to: '',
  source: '',
  top: null,
  sort: 'sure',
}

/** A question, or what is remembered of one. */
interface Wanted extends Pick<View, 'question' | 'from' | 'to' | 'source'> {
  readonly top?: number | null
}

/** The view that asks a question. */
export const asking = ({ question, from, to, source, top = null }: Wanted): View => ({
  ...START,
  question,
  from,
  to,
  source,
  top,
})

const ARTICLE_PATH = /^(.*\/)articles\/([^/]+)$/

/** Path of the page's folder, with the slash at its end: the page may lie below a path of a shared host. */
export const rootOf = (pathname: string): string =>
  ARTICLE_PATH.exec(pathname)?.[1] ?? pathname.slice(0, pathname.lastIndexOf('/') + 1)

/** Reads an address. Unknown or malformed parts are as if they were not there. */
export const parseView = (pathname: string, search: string, hash: string): View => {
  const params = new URLSearchParams(search)
  const article = ARTICLE_PATH.exec(pathname)?.[2]
  const filters = {
    from: day(params.get('from')),
    to: day(params.get('to')),
    source: params.get('source') ?? '',
    as: params.get('as') === 'file' ? ('file' as const) : ('article' as const),
    at: offset(params.get('at')),
    top: topOf(params.get('top')),
    sort: params.get('sort') === 'time' ? ('time' as const) : ('sure' as const),
  }
  if (article !== undefined) {
    const paragraph = count(/^#p(\d{1,6})$/.exec(hash)?.[1] ?? null)
    return { ...START, ...filters, screen: 'article', article: decoded(article), paragraph }
  }
  for (const screen of ['articles', 'history'] as const)
    if (params.has(screen)) return { ...START, ...filters, screen, find: params.get('find') ?? '' }
  return { ...START, ...filters, question: params.get('q') ?? '', cite: count(params.get('cite')) }
}

/** The address of a view, relative to the root of the page. */
export const viewUrl = (view: View): string => {
  const listed = view.screen === 'articles' || view.screen === 'history'
  const given = Object.entries(partsOf(view)).filter(([, value]) => value !== '')
  const params = new URLSearchParams({
    ...(listed ? { [view.screen]: '' } : {}),
    ...Object.fromEntries(given),
  })
  const query = params.size === 0 ? '' : `?${params}`
  if (view.screen !== 'article' || view.article === null) return query === '' ? './' : `./${query}`
  return `./articles/${encodeURIComponent(view.article)}${query}${view.paragraph === null ? '' : `#p${view.paragraph}`}`
}

/** What the query of an address says; what is empty is left out of it. */
const partsOf = (view: View): Readonly<Record<string, string>> => ({
  q: view.question,
  cite: String(view.cite ?? ''),
  find: view.find,
  from: view.from,
  to: view.to,
  source: view.source,
  as: view.as === 'file' ? 'file' : '',
  at: String(view.at ?? ''),
  top: String(view.top ?? ''),
  sort: view.sort === 'time' ? 'time' : '',
})

const day = (value: string | null): string => dayOf(value ?? '') ?? ''

const count = (value: string | null): number | null =>
  value !== null && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : null

const topOf = (value: string | null): number | null => {
  const top = count(value)
  return top !== null && top <= MOST_EXTRACTS ? top : null
}

const offset = (value: string | null): number | null =>
  value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
