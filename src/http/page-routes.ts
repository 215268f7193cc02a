import type { Context } from 'hono'
import type { Asset } from './assets.ts'
import { type App, type AppDeps, type Env, isFresh } from './context.ts'
import { PAGE_HEADERS } from './headers.ts'
import { refuse } from './problems.ts'
import { pageRoute } from './routes.ts'

const YEAR = 'public, max-age=31536000, immutable'

/** GET /, the chat page. Its other files are served by `serveAsset`. */
export const addPageRoutes = (app: App, deps: AppDeps): void => {
  app.openapi(pageRoute, (c) => servePage(c, deps))
}

/** The chat page itself, whatever the address: it reads the rest of the path. */
export const servePage = (c: Context<Env>, deps: AppDeps) => {
  const page = deps.assets.get('/index.html')
  if (!page) throw refuse('page-missing')
  return serve(c, page, { ...PAGE_HEADERS, vary: 'Accept' })
}

/** The page is also served at /articles/<id>, where its relative addresses point one folder down. */
const ONE_FOLDER_DOWN = /^\/articles\/(?=assets\/)/

/** A file of the page by its exact path; null when there is none. */
export const serveAsset = (c: Context<Env>, deps: AppDeps): Response | null => {
  const path = c.req.path.replace(ONE_FOLDER_DOWN, '/')
  const asset = path === '/index.html' ? undefined : deps.assets.get(path)
  if (!asset) return null
  return serve(c, asset, { 'content-type': asset.type, 'cache-control': asset.immutable ? YEAR : 'no-cache' })
}

const serve = (c: Context<Env>, asset: Asset, headers: Record<string, string>) => {
  const tagged = { ...headers, etag: asset.etag }
  return isFresh(c, asset.etag) ? c.body(null, 304, tagged) : c.body(asset.bytes, 200, tagged)
}
