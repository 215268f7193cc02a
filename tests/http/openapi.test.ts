import { anything, asyncProperty, assert as holds, integer, oneof, record, string } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectDocumented } from './documented.ts'
import { openDesk, post, send, startServer, type TestServer } from './harness.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer((await openDesk()).desk, { feedback: async () => true })
})
afterAll(() => server.stop())

interface Description {
  readonly openapi: string
  readonly paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  readonly components: { readonly schemas: Record<string, unknown> }
}

const read = async (): Promise<Description> =>
  JSON.parse((await send(server.port, 'GET', '/openapi.json')).text)

describe('the description', () => {
  test('names every route and every status it may have', async () => {
    const { openapi, paths } = await read()
    expect(openapi).toBe('3.1.0')
    const table = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { responses }]) => `${method.toUpperCase()} ${path} ${Object.keys(responses).join(' ')}`,
      ),
    )
    expect(table).toMatchInlineSnapshot(`
      [
        "POST /ask 200 400 403 408 413 415 417 422 429 431 500 503",
        "POST /search 200 400 403 408 413 415 417 422 429 431 500 503",
        "GET /suggest 200 400 403 408 417 422 429 431 500 503",
        "GET /articles 200 400 403 408 417 422 429 431 500 503",
        "GET /articles/{id} 200 304 400 403 404 408 417 429 431 500 503",
        "GET /files/{id} 200 304 400 403 404 408 417 429 431 500 503",
        "GET /files/{id}/original 200 304 400 403 404 408 417 429 431 500 503",
        "GET /index 200 400 403 408 417 429 431 500",
        "POST /index 200 202 400 403 408 413 415 417 422 429 431 500 503",
        "POST /feedback 201 400 403 408 413 415 417 422 429 431 500 507",
        "GET / 200 304 400 403 408 417 429 431 500 503",
        "GET /healthz 200 400 403 408 417 429 431 500",
        "GET /readyz 200 400 403 408 417 429 431 500 503",
        "GET /metrics 200 400 403 408 417 429 431 500",
        "GET /openapi.json 200 400 403 408 417 429 431 500",
        "GET /docs 200 400 403 408 417 429 431 500",
      ]
    `)
  })

  test('tells which problems a question may meet, and which the state of the server', async () => {
    const { paths } = await read()
    const of = (method: string, path: string): unknown => paths[path]?.[method]?.responses['503']
    for (const path of ['/ask', '/search'])
      expect(of('post', path)).toMatchObject({
        description: 'starting, building, index-unavailable, overloaded, timeout',
      })
    expect(of('get', '/readyz')).toMatchObject({
      description: 'starting, building, index-unavailable, model-unavailable',
    })
  })

  test('refers only to schemas it holds', async () => {
    const description = await read()
    const names = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      (match) => match[1],
    )
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) expect(description.components.schemas).toHaveProperty(name ?? '')
  })

  test('gives the limits that are kept', async () => {
    const { components } = await read()
    expect(components.schemas['AskRequest']).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['question'],
      properties: {
        question: { type: 'string', minLength: 1, maxLength: 500 },
        top: { type: 'integer', minimum: 1, maximum: 20, default: 5 },
      },
    })
  })
})

test('2,000 random bodies bring documented statuses only, and never 500', { timeout: 120_000 }, async () => {
  const body = oneof(
    record(
      {
        question: oneof(string({ unit: 'binary', maxLength: 520 }), string({ maxLength: 40 }), anything()),
        top: oneof(integer({ min: -2, max: 25 }), anything()),
        history: anything({ maxDepth: 3 }),
        from: oneof(string(), anything()),
        to: oneof(string(), anything()),
        source: oneof(string({ unit: 'binary' }), anything()),
      },
      { requiredKeys: [] },
    ),
    record({
      question: string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      top: integer({ min: 1, max: 20 }),
    }),
    anything({ withNullPrototype: false }),
  )
  const seen = new Set<number>()
  await holds(
    asyncProperty(body, async (value) => {
      const text = JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one)) ?? ''
      for (const path of ['/ask', '/search']) {
        const reply = await post(server.port, path, text)
        seen.add(reply.status)
        expect(reply.status).not.toBe(500)
        expectDocumented('POST', path, reply)
      }
    }),
    { numRuns: 1000 },
  )
  expect(seen).toContain(200)
  expect(seen).toContain(422)
})
