import type { Extract } from '../src/core/types.ts'
import type { ArticleBody } from '../src/http/schemas.ts'
import { absolute, article, original, type Result } from './api.ts'
import type { Original } from './check.ts'
import { canHash } from './digest.ts'
import { type HtmlWords, htmlFile, type Kept } from './export-html.ts'
import script from './exported/check.js?raw'
import style from './exported/page.css?raw'

/** Bytes of originals that one saved page may hold; it holds them in base64, a third larger. */
const MOST = 24 * 2 ** 20

/** The page that was made, or the key of the words for why there is none. */
export type Collected =
  | { readonly ok: true; readonly html: string }
  | { readonly ok: false; readonly why: 'failed' | 'tooLarge' | 'insecure' }

/** Fetches what the answers quote from and makes one file of it all. */
export const collectHtml = async (kept: readonly Kept[], words: HtmlWords): Promise<Collected> => {
  if (!canHash()) return { ok: false, why: 'insecure' }
  const extracts = kept.flatMap(({ answer }) => (answer.answered ? answer.extracts : answer.nearest))
  const originals = await collect(extracts, ({ citation }) => citation.fileId, original)
  if (originals === null) return { ok: false, why: 'failed' }
  const size = [...originals.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (size > MOST) return { ok: false, why: 'tooLarge' }
  const articles = await collect(
    extracts,
    ({ citation }) => citation.articleId,
    (id) => article(id),
  )
  const parts = {
    script,
    style,
    originals,
    articles: articles ?? new Map<string, ArticleBody>(),
    linkTo: ({ citation }: Extract) => absolute(citation.url),
    savedAt: new Date().toISOString(),
  }
  return { ok: true, html: await htmlFile(kept, words, parts) }
}

/** Everything the extracts name, each once; null when one of them does not come. */
const collect = async <T extends Original | ArticleBody>(
  extracts: readonly Extract[],
  idOf: (extract: Extract) => string,
  load: (id: string) => Promise<Result<T>>,
): Promise<ReadonlyMap<string, T> | null> => {
  const found = new Map<string, T>()
  for (const id of new Set(extracts.map(idOf))) {
    const loaded = await load(id)
    if (!loaded.ok) return null
    found.set(id, loaded.value)
  }
  return found
}
