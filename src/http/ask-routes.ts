import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Answer, Query } from '../core/types.ts'
import { type App, type AppDeps, type Env, prefers } from './context.ts'
import { borrow, type Job, takeTurn, tellOfDamage } from './desk.ts'
import { PROBLEMS, problemBody, refusalOf } from './problems.ts'
import { askRoute, searchRoute, suggestRoute } from './routes.ts'

const FRESH = { 'cache-control': 'no-store' }

/** Milliseconds between comments that keep proxies from closing a quiet stream. */
const HEARTBEAT_MS = 2000

/** A checked body; what was left out is `undefined` there and absent in a Query. */
interface Body {
  readonly question: string
  readonly history?: readonly { readonly question: string }[] | undefined
  readonly top: number
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly source?: string | undefined
}

const queryOf = ({ question, history, top, from, to, source }: Body): Query => ({
  question,
  history: history ?? [],
  top,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(source === undefined ? {} : { source }),
})

/** POST /ask, POST /search and GET /suggest. */
export const addAskRoutes = (app: App, deps: AppDeps): void => {
  app.openapi(askRoute, async (c) => {
    const query = queryOf(c.req.valid('json'))
    deps.log.debug({ requestId: c.get('requestId'), question: query.question }, 'asked')
    const job = await takeTurn(deps, c.req.raw.signal)
    if (prefers(c, 'text/event-stream')) return streamAnswer(c, deps, job, query)
    try {
      const answer = await job.run((desk, signal) => desk.ask(query, { signal }))
      record(deps, c.get('requestId'), answer)
      return c.json(answer, 200, FRESH)
    } finally {
      job.end()
    }
  })
  app.openapi(searchRoute, async (c) => {
    const query = queryOf(c.req.valid('json'))
    deps.log.debug({ requestId: c.get('requestId'), question: query.question }, 'searched')
    const job = await takeTurn(deps, c.req.raw.signal)
    try {
      const found = await job.run((desk, signal) => desk.search(query, { signal }))
      return c.json(found, 200, FRESH)
    } finally {
      job.end()
    }
  })
  // Not in the queue: it needs no model, and whoever types must not be in the way of whoever asks.
  app.openapi(suggestRoute, async (c) => {
    const { q, limit } = c.req.valid('query')
    const { item, release } = borrow(deps.backend)
    try {
      return c.json(await item.suggest(q, limit), 200, FRESH)
    } finally {
      release()
    }
  })
}

const record = (deps: AppDeps, requestId: string, answer: Answer): void => {
  deps.metrics.answer(answer)
  const { answered, reason, confidence, timings, degraded } = answer
  deps.log.debug({ requestId, answered, reason, confidence, timings, degraded }, 'answer')
}

/** The answer as events. Its status is 200 from here on: what fails now is an event `error`. */
const streamAnswer = (c: Context<Env>, deps: AppDeps, job: Job, query: Query) => {
  const requestId = c.get('requestId')
  let end: (status: number) => void = () => undefined
  c.set(
    'streamed',
    new Promise((resolve) => {
      end = resolve
    }),
  )
  let status = 200
  const response = streamSSE(c, async (stream) => {
    let sent = 0
    const send = (event: string, data: unknown): Promise<void> =>
      stream.writeSSE({ event, id: String(++sent), data: JSON.stringify(data) })
    const heartbeat = setInterval(() => stream.write(': heartbeat\n\n'), HEARTBEAT_MS)
    try {
      const answer = await job.run((desk, signal) => {
        send('meta', { requestId, question: query.question, index: desk.generation.info })
        return desk.ask(query, { signal, onExtract: (extract) => send('extract', extract) })
      })
      record(deps, requestId, answer)
      await send('answer', answer)
      await send('done', { id: answer.id })
    } catch (error) {
      tellOfDamage(deps.backend, error)
      const { type, detail, extra } = refusalOf(error)
      status = PROBLEMS[type].status
      if (type === 'internal') deps.log.error({ requestId, err: error }, 'ask_failed')
      await send('error', problemBody(type, c.req.path, requestId, detail, extra))
    } finally {
      clearInterval(heartbeat)
      job.end()
      end(status)
    }
  })
  response.headers.set('cache-control', 'no-store')
  return response
}
