import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import { addAskRoutes } from './ask-routes.ts'
import { type App, type AppDeps, type Env, prefers } from './context.ts'
import { tellOfDamage } from './desk.ts'
import { faultsOf } from './faults.ts'
import { addFeedbackRoutes } from './feedback-routes.ts'
import { isAllowed } from './guard.ts'
import { PAGE_HEADERS, SAFE_HEADERS } from './headers.ts'
import { addIndexRoutes } from './index-routes.ts'
import { addLibraryRoutes } from './library-routes.ts'
import { addPageRoutes, serveAsset } from './page-routes.ts'
import { problemPage } from './problem-page.ts'
import { PROBLEMS, type ProblemType, problemBody, problemHeaders, refusalOf, refuse } from './problems.ts'
import { addSystemRoutes } from './system-routes.ts'

/** Bytes. A question of 500 astral characters with 50 earlier ones, all escaped, fits. */
const BODY_MAX = 320 * 1024

/** What takes a POST; elsewhere it is refused for its path or method, not for its type. */
const POSTED = ['/ask', '/search', '/index']

/** The whole HTTP application; http/server.ts gives it a port. */
export const makeApp = (deps: AppDeps): App => {
  const app: App = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = faultsOf(result.error.issues)
      const detail = errors
        .map(({ field, message }) => (field === '' ? message : `${field}：${message}`))
        .join('；')
      throw refuse('invalid', detail, { errors })
    },
  })
  app.use(frame(deps), guard(deps), admit(deps))
  const limit = bodyLimit({
    maxSize: BODY_MAX,
    onError: () => {
      throw refuse('too-large')
    },
  })
  for (const path of deps.feedback ? [...POSTED, '/feedback'] : POSTED) app.post(path, jsonOnly, limit)
  addAskRoutes(app, deps)
  addLibraryRoutes(app, deps)
  addIndexRoutes(app, deps)
  if (deps.feedback) addFeedbackRoutes(app, deps.feedback)
  addPageRoutes(app, deps)
  addSystemRoutes(app, deps)
  const allowed = makeAllowed(app)
  app.notFound((c) => {
    const asset = serveAsset(c, deps)
    if (asset && ['GET', 'HEAD'].includes(c.req.method)) return asset
    const methods = asset ? ['GET'] : allowed(c.req.path)
    if (methods.length === 0) return respond(c, deps, 'not-found')
    c.header('allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '))
    return respond(c, deps, 'method-not-allowed')
  })
  app.onError((error, c) => {
    const { type, detail, extra } = refusalOf(error)
    const requestId = c.get('requestId')
    tellOfDamage(deps.backend, error)
    if (type === 'internal') deps.log.error({ requestId, err: error }, 'request_failed')
    else if (!('getResponse' in error)) deps.log.debug({ requestId, err: error }, 'request_refused')
    return respond(c, deps, type, detail, extra)
  })
  return app
}

const respond = (
  c: Context<Env>,
  { assets }: AppDeps,
  type: ProblemType,
  detail?: string,
  extra?: Readonly<Record<string, unknown>>,
) => {
  const { method, path } = c.req
  const { status } = PROBLEMS[type]
  const problem = problemBody(type, path, c.get('requestId'), detail, extra)
  const headers = { ...problemHeaders(type), vary: 'Accept' }
  const isOpened = ['GET', 'HEAD'].includes(method) && prefers(c, 'text/html')
  if (!isOpened) return c.body(JSON.stringify(problem), status, headers)
  return c.body(problemPage(problem, path, assets), status, { ...headers, ...PAGE_HEADERS })
}

/** Outermost: request id, safe headers, one line of log and one measurement a request, at the end of its stream. */
const frame =
  (deps: AppDeps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const started = performance.now()
    const given = c.req.header('x-request-id')
    const requestId = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : randomUUID()
    c.set('requestId', requestId)
    await next()
    const { headers, status } = c.res
    headers.set('x-request-id', requestId)
    for (const [name, value] of Object.entries(SAFE_HEADERS)) if (!headers.has(name)) headers.set(name, value)
    const measure = (ended: number): void => {
      const took = performance.now() - started
      const route = matchedRoutes(c).findLast(({ path }) => !path.includes('*'))?.path ?? 'other'
      deps.metrics.request(route, c.req.method, ended, took)
      const gone = c.env.outgoing.destroyed ? { gone: true } : {}
      const fields = {
        requestId,
        method: c.req.method,
        path: c.req.path.slice(0, 200),
        status: ended,
        ms: Math.round(took * 10) / 10,
        ...gone,
      }
      deps.log[ended >= 500 && ended !== 503 ? 'error' : 'info'](fields, 'request')
    }
    const streamed = c.get('streamed')
    if (streamed) void streamed.then(measure)
    else measure(status)
  }

const guard =
  (deps: AppDeps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const address = deps.address()
    const origins = {
      method: c.req.method,
      host: c.req.header('host'),
      origin: c.req.header('origin'),
      fetchSite: c.req.header('sec-fetch-site'),
      fetchMode: c.req.header('sec-fetch-mode'),
      fetchDest: c.req.header('sec-fetch-dest'),
    }
    if (!address || !isAllowed(origins, address)) throw refuse('forbidden')
    await next()
  }

const admit =
  (deps: AppDeps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const done = deps.rate.admit(c.env.incoming.socket.remoteAddress ?? '', performance.now())
    if (!done) throw refuse('rate-limited')
    try {
      await next()
    } finally {
      const streamed = c.get('streamed')
      if (streamed) void streamed.then(done)
      else done()
    }
  }

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i

/** Forms and text/plain can be sent across sites without asking; JSON cannot. */
const jsonOnly: MiddlewareHandler<Env> = async (c, next) => {
  if (!JSON_TYPE.test(c.req.header('content-type') ?? '')) throw refuse('unsupported-type')
  await next()
}

/** Methods a path is served under; empty for a path there is not. */
const makeAllowed = (app: App) => {
  const table = app.routes
    .filter(({ path, method }) => method !== 'ALL' && !path.includes('*'))
    .map(({ path, method }) => ({
      method,
      form: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
    }))
  return (path: string): readonly string[] => [
    ...new Set(table.filter(({ form }) => form.test(path)).map(({ method }) => method)),
  ]
}
