import type { App, AppDeps } from './context.ts'
import { unavailable } from './desk.ts'
import { DOCS_STYLE, type Document, docsPage } from './docs-page.ts'
import { PAGE_HEADERS } from './headers.ts'
import { refuse } from './problems.ts'
import { docsRoute, healthRoute, metricsRoute, openapiRoute, readyRoute } from './routes.ts'

const FRESH = { 'cache-control': 'no-store' }

/** GET /healthz, /readyz, /metrics, /openapi.json and /docs. Call last: the description holds the routes there are. */
export const addSystemRoutes = (app: App, deps: AppDeps): void => {
  app.openapi(healthRoute, (c) => c.json({ status: 'ok' as const, version: deps.version }, 200, FRESH))
  app.openapi(readyRoute, (c) => {
    const state = deps.backend.state()
    if (state.index.state !== 'ready') throw unavailable(deps.backend, { ...state })
    const { embedder, reader, error } = state.models
    if (embedder === 'down' || reader === 'down')
      throw refuse('model-unavailable', error ?? undefined, { ...state })
    if (embedder === 'starting' || reader === 'starting') throw refuse('starting', undefined, { ...state })
    const feedback = deps.feedback !== null
    return c.json({ status: 'ready' as const, ...state, feedback }, 200, FRESH)
  })
  app.openapi(metricsRoute, async (c) =>
    c.body(await deps.metrics.text(), 200, { ...FRESH, 'content-type': deps.metrics.contentType }),
  )
  const description = once(() => describe(app, deps))
  const page = once(() => docsPage(description()))
  app.openAPIRegistry.registerPath(openapiRoute)
  app.get(openapiRoute.path, (c) => c.json(description(), 200, { 'cache-control': 'no-cache' }))
  app.openapi(docsRoute, (c) => c.body(page(), 200, PAGE_HEADERS))
  app.get('/docs/style.css', (c) =>
    c.body(DOCS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  )
}

const describe = (app: App, deps: AppDeps): Document =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: '出处 Chuchu',
      version: deps.version,
      description:
        'Ask a folder of Chinese articles a question, get back the sentences that answer it, word for word, each with its source.',
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [{ url: '/' }],
  })

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
