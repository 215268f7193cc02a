import { expect } from 'vitest'
import { z } from 'zod'
import * as routes from '../../src/http/routes.ts'
import type { Reply } from './harness.ts'

interface Documented {
  readonly method: string
  readonly path: string
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >
}

const all = Object.values(routes) as unknown as readonly Documented[] // their types differ in what is not looked at here

/** Fails unless the description of the route knows this status and the body is of the schema it gives for it. */
export const expectDocumented = (method: string, path: string, reply: Reply): void => {
  const route = all.find((one) => one.method === method.toLowerCase() && one.path === path)
  const response = route?.responses[String(reply.status)]
  expect(response, `${method} ${path} → ${reply.status} ${reply.text.slice(0, 300)}`).toBeDefined()
  const type = String(reply.headers['content-type'] ?? '').split(';')[0] ?? ''
  if (reply.status === 304) return
  const content = response?.content?.[type]
  expect(content, `${method} ${path} → ${reply.status} ${type}`).toBeDefined()
  const schema = content?.schema
  if (schema instanceof z.ZodType) {
    const parsed = schema.safeParse(reply.json())
    expect(parsed.success ? '' : z.prettifyError(parsed.error), `${method} ${path} → ${reply.status}`).toBe(
      '',
    )
  }
}

/** Every problem has the members of RFC 9457 and gives nothing of the inside away. */
export const expectProblem = (reply: Reply, status: number, type: string): void => {
  expect(`${reply.status} ${reply.text.slice(0, 200)}`).toMatch(new RegExp(`^${status} `))
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
  const body = reply.json()
  expect(body).toMatchObject({ type: `/docs#${type}`, status })
  for (const key of ['title', 'detail', 'instance', 'requestId']) expect(typeof body[key]).toBe('string')
  expect(reply.text).not.toMatch(/node_modules|\.ts\b|\n\s+at |\/home\/|\/root\/|\/tmp\//)
}
