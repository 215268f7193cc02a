import { randomUUID } from 'node:crypto'
import type { App } from './context.ts'
import type { KeepFeedback } from './feedback.ts'
import { refuse } from './problems.ts'
import { feedbackRoute } from './routes.ts'

/** POST /feedback. */
export const addFeedbackRoutes = (app: App, keep: KeepFeedback): void => {
  app.openapi(feedbackRoute, async (c) => {
    const said = c.req.valid('json')
    const id = randomUUID()
    if (!(await keep({ id, at: new Date().toISOString(), ...said }))) throw refuse('feedback-full')
    return c.json({ id }, 201, { 'cache-control': 'no-store' })
  })
}
