import type { Context } from 'hono'
import { ChuchuError } from '../core/errors.ts'
import type { Generation } from '../core/ports.ts'
import { hullOf, type Range, render } from '../core/ranges.ts'
import type { Article } from '../core/types.ts'
import { type App, type AppDeps, type Env, isFresh, prefers } from './context.ts'
import { borrow, tellOfDamage } from './desk.ts'
import { DOWNLOAD_HEADERS } from './headers.ts'
import type { Original } from './originals.ts'
import { servePage } from './page-routes.ts'
import { refuse } from './problems.ts'
import { articleRoute, articlesRoute, fileRoute, originalRoute } from './routes.ts'
import { streamText } from './text-stream.ts'

/** A copy may be kept, but has to be checked: the same id holds another text after the next build. */
const CHECKED = { 'cache-control': 'private, no-cache' }
const TEXT = { ...CHECKED, 'content-type': 'text/plain; charset=utf-8' }

/** GET /articles, /articles/{id}, /files/{id} and /files/{id}/original. */
export const addLibraryRoutes = (app: App, deps: AppDeps): void => {
  const placesOf = makePlaces()
  app.openapi(articlesRoute, (c) => {
    const { limit, cursor } = c.req.valid('query')
    return withGeneration(deps, (generation) => {
      const from = cursor === undefined ? 0 : placesOf(generation).articles.get(cursor)
      if (from === undefined)
        throw refuse('invalid', '这一页已经不在了（索引已更新），请从头列起。', {
          errors: [{ field: 'cursor', message: '不是有效的 next' }],
        })
      const page = generation.articles.slice(from, from + limit)
      const articles = page.map((article) => ({
        ...headingOf(generation, article),
        paragraphs: article.paragraphs.length,
      }))
      const next = generation.articles[from + limit]?.id ?? null
      return c.json({ articles, total: generation.articles.length, next }, 200, CHECKED)
    })
  })
  app.openapi(articleRoute, (c) => {
    if (prefers(c, 'text/html')) return servePage(c, deps)
    return withGeneration(deps, (generation) => {
      const { id } = c.req.valid('param')
      const place = placesOf(generation).articles.get(id)
      const article = place === undefined ? undefined : generation.articles[place]
      if (!article) throw refuse('not-found', '没有这篇文章。它可能已从资料中移走，请重新提问。')
      return tagged(c, `"${generation.info.generation}.${id}"`, () =>
        c.json(readArticle(generation, article), 200, { ...CHECKED, vary: 'Accept' }),
      )
    })
  })
  app.openapi(fileRoute, (c) =>
    withGeneration(deps, (generation) => {
      const { file, place } = fileOf(generation, placesOf(generation), c.req.valid('param').id)
      return tagged(c, `"${file.sha256}"`, () =>
        send(c, () => streamText(stretchOf(deps, generation, place)), TEXT),
      )
    }),
  )
  app.openapi(originalRoute, async (c) => {
    const { name, encoding, sha256, text } = withGeneration(deps, (generation) => {
      const { file, place } = fileOf(generation, placesOf(generation), c.req.valid('param').id)
      return { ...file, text: isLine(file.name) ? generation.fileText(place) : null }
    })
    const original = text === null ? await deps.originals(name) : lineAsOriginal(text, sha256)
    if (original === null) throw refuse('not-found', '这个文件已不在资料夹里，只能看建立索引时读到的文字。')
    return tagged(c, original.etag, () =>
      send(c, original.stream, {
        ...CHECKED,
        ...DOWNLOAD_HEADERS,
        'content-type': `text/plain; charset=${text === null ? encoding : 'utf-8'}`,
        'content-length': String(original.size_bytes),
      }),
    )
  })
}

const fileOf = (generation: Generation, { files }: Places, id: string) => {
  const place = files.get(id)
  const file = place === undefined ? undefined : generation.files[place]
  if (place === undefined || !file)
    throw refuse('not-found', '没有这个文件。它可能已从资料中移走，请重新提问。')
  return { file, place }
}

/** Reads of a file while its generation is served; nothing is held between two reads. */
const stretchOf =
  (deps: AppDeps, { info }: Generation, place: number) =>
  (start: number, end: number): string =>
    withGeneration(deps, (now) => {
      if (now.info.generation !== info.generation)
        throw new ChuchuError('aborted', 'The index was replaced while the file was read.')
      try {
        return now.fileText(place, start, end)
      } catch (fault) {
        tellOfDamage(deps.backend, fault)
        throw fault
      }
    })

/** A line of a .jsonl has no bytes of its own on the disk: its hash is that of its text. */
const isLine = (name: string): boolean => /\.jsonl#/i.test(name)

const lineAsOriginal = (text: string, sha256: string): Original => {
  const bytes = new TextEncoder().encode(text)
  return { size_bytes: bytes.length, etag: `"${sha256}"`, stream: () => new Blob([bytes]).stream() }
}

const withGeneration = <T>(deps: AppDeps, read: (generation: Generation) => T): T => {
  const { item, release } = borrow(deps.backend)
  try {
    return read(item.generation)
  } finally {
    release()
  }
}

const tagged = <R>(c: Context<Env>, etag: string, make: () => R) => {
  c.header('etag', etag)
  return isFresh(c, etag) ? c.body(null, 304, { ...CHECKED, vary: 'Accept' }) : make()
}

/** Opens the stream only for who asked for the body. */
const send = (c: Context<Env>, open: () => ReadableStream<Uint8Array>, headers: Record<string, string>) =>
  c.req.method === 'HEAD' ? c.body(null, 200, headers) : c.body(open(), 200, headers)

interface Places {
  readonly articles: ReadonlyMap<string, number>
  readonly files: ReadonlyMap<string, number>
}

/** Ids → places, made once a generation and forgotten with it. */
const makePlaces = (): ((generation: Generation) => Places) => {
  const known = new WeakMap<Generation, Places>()
  return (generation) => {
    const places = known.get(generation) ?? {
      articles: new Map(generation.articles.map(({ id }, i) => [id, i])),
      files: new Map(generation.files.map(({ id }, i) => [id, i])),
    }
    known.set(generation, places)
    return places
  }
}

const headingOf = (generation: Generation, article: Article) => ({
  id: article.id,
  title: article.title,
  date: article.date,
  byline: article.byline,
  source: article.source,
  section: article.section,
  file: generation.files[article.file]?.name ?? '',
  fileId: generation.files[article.file]?.id ?? '',
})

/** One article with its text. Reads only the stretch of the file that the article spans. */
const readArticle = (generation: Generation, article: Article) => {
  const [low, high] = hullOf(article.paragraphs.flat())
  const stretch = high === 0 ? '' : generation.fileText(article.file, low, high)
  const shifted = (ranges: readonly Range[]): readonly Range[] =>
    ranges.map(([start, end]) => [start - low, end - low])
  return {
    ...headingOf(generation, article),
    titleRanges: article.titleRanges,
    subtitle: article.subtitle,
    subtitleRanges: article.subtitleRanges,
    bylineRanges: article.bylineRanges,
    fileSha256: generation.files[article.file]?.sha256 ?? '',
    ...(article.url === null ? {} : { url: article.url }),
    paragraphs: article.paragraphs.map((ranges, i) => ({
      n: i + 1,
      text: render(stretch, shifted(ranges)).text,
      ranges,
    })),
  }
}
