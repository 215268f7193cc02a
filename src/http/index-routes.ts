import { countFiles } from '../core/files.ts'
import type { Backend } from './backend.ts'
import type { App, AppDeps } from './context.ts'
import { unavailable } from './desk.ts'
import { indexRoute, renewRoute } from './routes.ts'

const FRESH = { 'cache-control': 'no-store' }

/** GET /index and POST /index. */
export const addIndexRoutes = (app: App, { backend }: AppDeps): void => {
  app.openapi(indexRoute, (c) => c.json(statusOf(backend), 200, FRESH))
  app.openapi(renewRoute, (c) => {
    if (backend.state().index.state === 'opening') throw unavailable(backend)
    const status = backend.renew() ? 202 : 200
    return c.json(statusOf(backend), status, FRESH)
  })
}

const statusOf = (backend: Backend) => {
  const loan = backend.borrow()
  const generation = loan?.item.generation
  const { building, error } = backend.state().index
  try {
    return {
      generation: generation?.info.generation ?? null,
      builtAt: generation?.builtAt ?? null,
      files: generation ? countFiles(generation.files) : 0,
      articles: generation?.info.articles ?? 0,
      passages: generation?.info.passages ?? 0,
      changed: backend.changed(),
      building,
      error,
      warnings: generation?.warnings ?? [],
    }
  } finally {
    loan?.release()
  }
}
