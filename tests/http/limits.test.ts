import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ChuchuError } from '../../src/core/errors.ts'
import type { Desk } from '../../src/core/ports.ts'
import { expectDocumented, expectProblem } from './documented.ts'
import { openDesk, post, send, speak, startServer, type TestServer } from './harness.ts'

let real: Desk
let server: TestServer | undefined

beforeAll(async () => {
  real = (await openDesk()).desk
})
afterEach(async () => {
  await server?.stop()
  server = undefined
})

/** The real desk, with an ask that does something else first. */
const desk = (before: (signal: AbortSignal | undefined) => Promise<void>): Desk => ({
  ...real,
  ask: async (query, options) => {
    await before(options?.signal)
    return real.ask(query, options)
  },
})

const slow = (ms: number): Desk => desk(() => sleep(ms))

/** Questions stay under way until they are let go, however slow the machine is. */
const held = () => {
  let open = (): void => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return { desk: desk(() => gate), letGo: () => open() }
}

describe('a body over 320 KB', () => {
  test('is refused by its declared length, before it is read', async () => {
    server = await startServer(real)
    const body = Buffer.alloc(10_000_000, 97)
    const started = performance.now()
    const reply = await send(server.port, 'POST', '/ask', {
      headers: { 'content-type': 'application/json' },
      body,
    })
    expectProblem(reply, 413, 'too-large')
    expectDocumented('POST', '/ask', reply)
    expect(performance.now() - started).toBeLessThan(1500)
  })

  test('is refused when it comes in chunks of unknown number', async () => {
    server = await startServer(real)
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const before = process.memoryUsage().rss
    const reply = await send(server.port, 'POST', '/ask', { headers, body: Buffer.alloc(10_000_000, 97) })
    expectProblem(reply, 413, 'too-large')
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6) // client and server are one process here
  })

  test('one of 320 KB is read', async () => {
    server = await startServer(real)
    const body = `{"question":"桥"${' '.repeat(320 * 1024 - 19)}}`
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(320 * 1024)
    expect((await post(server.port, '/ask', body)).status).toBe(200)
  })

  test('the longest question there is with the most and longest before it is read', async () => {
    server = await startServer(real)
    const question = '\\ud840\\udc00'.repeat(500)
    const history = Array.from({ length: 50 }, () => `{"question":"${question}"}`).join(',')
    const reply = await post(server.port, '/ask', `{"question":"${question}","history":[${history}]}`)
    expect(reply.status).toBe(200)
  })

  test('a small body in chunks is read', async () => {
    server = await startServer(real)
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const reply = await send(server.port, 'POST', '/ask', { headers, body: '{"question":"桥长"}' })
    expect(reply.status).toBe(200)
  })
})

describe('a slow sender', () => {
  test('whose body never ends is told 408 and closed, and others are served meanwhile', async () => {
    server = await startServer(real, { sending: { headers_ms: 300, request_ms: 500 } })
    const head = `POST /ask HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"question":`
    const stalled = Array.from({ length: 50 }, () => speak(server?.port ?? 0, head))
    await sleep(50)
    expect((await post(server.port, '/ask', { question: '桥长' })).status).toBe(200)
    for (const heard of await Promise.all(stalled)) {
      expect(heard).toMatch(/^HTTP\/1\.1 408 /)
      expect(heard).toContain('application/problem+json')
      expect(heard).toContain('/docs#request-timeout')
    }
  })

  test('whose headers never end is told 408 and closed', async () => {
    server = await startServer(real, { sending: { headers_ms: 300, request_ms: 500 } })
    expect(await speak(server.port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow:')).toMatch(/^HTTP\/1\.1 408 /)
  })
})

describe('what is not HTTP', () => {
  test.each([
    ['garbage', 'hello\r\n\r\n', 400, '不是 HTTP'],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nbad header\r\n\r\n', 400, '不是 HTTP'],
    [
      'two lengths',
      'POST /ask HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
      400,
      '不是 HTTP',
    ],
    ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'Host'],
    ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400, 'Host'],
    ['headers of 20 KB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, '请求头太长'],
    [
      'an expectation',
      'GET / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
      417,
      'Expect',
    ],
    ['a tunnel', 'CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n', 0, ''],
  ])('%s is told what is wrong', async (_, bytes, status, detail) => {
    server = await startServer(real)
    const heard = await speak(server.port, bytes)
    if (status === 0) expect(heard).toBe('')
    else {
      expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
      expect(heard).toContain('application/problem+json')
      expect(heard).toContain(`"status":${status}`)
      expect(heard).toMatch(new RegExp(`"detail":"[^"]*${detail}`))
    }
    expect((await send(server.port, 'GET', '/healthz')).status).toBe(200)
  })
})

describe('too many at once', () => {
  test('while a model is started again, that is said instead', async () => {
    const { desk: holding, letGo } = held()
    server = await startServer(holding, {
      patience_ms: 50,
      state: () => ({ models: { embedder: 'starting', reader: 'none', error: null } }),
    })
    const { port } = server
    const asked = Array.from({ length: 3 }, () => post(port, '/ask', { question: '桥长多少' }))
    const first = await Promise.race(asked)
    expectProblem(first, 503, 'starting')
    letGo()
    expect((await Promise.all(asked)).map(({ status }) => status).sort()).toEqual([200, 200, 503])
  })

  test('200 questions are all answered 200 or 503 with Retry-After, and the next is served', async () => {
    const { desk: holding, letGo } = held()
    server = await startServer(holding, { patience_ms: 20_000 })
    const { port } = server
    setTimeout(letGo, 1500)
    const replies = await Promise.all(
      Array.from({ length: 200 }, () => post(port, '/ask', { question: '桥长多少' })),
    )
    const statuses = replies.map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 503]))
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(34)
    for (const reply of replies)
      if (reply.status === 503) {
        expectProblem(reply, 503, 'overloaded')
        expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
      }
    expect((await post(port, '/ask', { question: '桥长多少' })).status).toBe(200)
    expect(server.load()).toEqual({ running: 0, waiting: 0 })
  })

  test('a question that waits too long for its turn is told so', async () => {
    const { desk: holding, letGo } = held()
    server = await startServer(holding, { patience_ms: 100 })
    const { port } = server
    const under = [post(port, '/ask', { question: '桥长' }), post(port, '/ask', { question: '桥长' })]
    await until(() => server?.load().running === 2)
    const late = await Promise.all([1, 2].map(() => post(port, '/ask', { question: '桥长' })))
    letGo()
    const replies = [...(await Promise.all(under)), ...late]
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 503, 503])
  })

  test('an address that sends many at once is told 429; one that waits for each reply never is', async () => {
    const { desk: holding, letGo } = held()
    server = await startServer(holding, { burst: 5 })
    const { port } = server
    const asked = Array.from({ length: 30 }, () => post(port, '/ask', { question: '桥长' }))
    await Promise.race(asked)
    letGo()
    const replies = await Promise.all(asked)
    const refused = replies.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    for (const reply of refused) {
      expectProblem(reply, 429, 'rate-limited')
      expectDocumented('POST', '/ask', reply)
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
    }
    for (let i = 0; i < 300; i++) expect((await send(port, 'GET', '/healthz')).status).toBe(200)
  })
})

describe('time and departure', () => {
  test('a question that takes too long is stopped and told 503', async () => {
    let stopped = false
    const endless = desk(
      (signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            stopped = true
            reject(signal.reason)
          })
        }),
    )
    server = await startServer(endless, { deadline_ms: 200 })
    const reply = await post(server.port, '/ask', { question: '桥长' })
    expectProblem(reply, 503, 'timeout')
    expectDocumented('POST', '/ask', reply)
    expect(stopped).toBe(true)
    expect(server.load().running).toBe(0)
  })

  test('as events it ends with an event error', async () => {
    server = await startServer(
      desk(() => new Promise(() => undefined)),
      { deadline_ms: 200 },
    )
    const reply = await post(server.port, '/ask', { question: '桥长' }, { accept: 'text/event-stream' })
    expect(reply.status).toBe(200)
    expect(reply.text).toMatch(/event: error\ndata: \{"type":"\/docs#timeout"/)
    expect(reply.text).not.toContain('event: done')
  })

  test('a quiet stream of events is kept awake by comments', async () => {
    server = await startServer(slow(2300))
    const reply = await post(server.port, '/ask', { question: '桥长' }, { accept: 'text/event-stream' })
    expect(reply.text).toMatch(/event: meta[\s\S]*\n: heartbeat\n\n[\s\S]*event: done/)
  })

  test.each(['application/json', 'text/event-stream'])(
    'when the client of %s goes, work stops and its turn is free',
    async (accept) => {
      let begun = 0
      let aborted = 0
      const waiting = desk(
        (signal) =>
          new Promise((_, reject) => {
            begun++
            signal?.addEventListener('abort', () => {
              aborted++
              reject(signal.reason)
            })
          }),
      )
      server = await startServer(waiting)
      for (let i = 0; i < 20; i++) {
        const body = '{"question":"x"}'
        const socket = connect(server.port, '127.0.0.1')
        socket.on('error', () => undefined)
        socket.write(
          `POST /ask HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAccept: ${accept}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        )
        await until(() => begun > i)
        socket.destroy()
        await until(() => aborted > i && server?.load().running === 0)
      }
      expect(aborted).toBe(20)
      expect(server.load()).toEqual({ running: 0, waiting: 0 })
    },
  )

  test('one that goes while it waits in line leaves the line', async () => {
    const { desk: holding, letGo } = held()
    server = await startServer(holding, { patience_ms: 20_000 })
    const { port } = server
    const first = [post(port, '/ask', { question: '桥' }), post(port, '/ask', { question: '桥' })]
    await until(() => server?.load().running === 2)
    const gone = new AbortController()
    const third = fetch(`${server.url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"question":"桥"}',
      signal: gone.signal,
    })
    await until(() => server?.load().waiting === 1)
    gone.abort()
    await expect(third).rejects.toThrow()
    await until(() => server?.load().waiting === 0)
    letGo()
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200])
  })
})

describe('faults inside', () => {
  test('an unexpected one is 500 without its text, and is logged with it', async () => {
    server = await startServer(desk(async () => Promise.reject(new Error('secret at /home/someone/file.ts'))))
    const reply = await post(server.port, '/ask', { question: '桥长' })
    expectProblem(reply, 500, 'internal')
    expectDocumented('POST', '/ask', reply)
    expect(reply.text).not.toContain('secret')
    expect(server.lines.join('')).toContain('secret')
  })

  test.each([
    ['model_unavailable', 'model-unavailable'],
    ['overloaded', 'overloaded'],
    ['index_damaged', 'index-unavailable'],
  ] as const)('%s is 503 with Retry-After, without its message', async (code, type) => {
    server = await startServer(desk(async () => Promise.reject(new ChuchuError(code, 'see /tmp/secret'))))
    const reply = await post(server.port, '/ask', { question: '桥长' })
    expectProblem(reply, 503, type)
    expect(reply.headers['retry-after']).toBeDefined()
    expect(reply.text).not.toContain('secret')
  })

  test('without an index everything that needs one says so, with how far the build is', async () => {
    const info = null
    server = await startServer(null, {
      state: () => ({
        index: {
          state: 'missing',
          info,
          builtAt: null,
          building: { stage: 'embed', done: 4, total: 10, percent: 42 },
          error: null,
        },
      }),
    })
    const { port } = server
    for (const reply of [
      await post(port, '/ask', { question: '桥' }),
      await post(port, '/search', { question: '桥' }),
      await send(port, 'GET', '/articles'),
      await send(port, 'GET', '/suggest?q=dalian'),
      await send(port, 'GET', '/articles/0123456789abcdef-1'),
      await send(port, 'GET', '/files/0123456789abcdef'),
    ]) {
      expectProblem(reply, 503, 'building')
      expect(reply.json()['detail']).toContain('42%')
      expect(reply.headers['retry-after']).toBeDefined()
    }
    const ready = await send(port, 'GET', '/readyz')
    expectProblem(ready, 503, 'building')
    expectDocumented('GET', '/readyz', ready)
    expect(ready.json()).toMatchObject({ index: { building: { stage: 'embed', percent: 42 } } })
    expect((await send(port, 'GET', '/healthz')).status).toBe(200)
  })

  test('before the index there is has been opened, a question is told that the server is starting', async () => {
    const index = { state: 'opening', info: null, builtAt: null, building: null, error: null } as const
    server = await startServer(null, { state: () => ({ index }) })
    for (const path of ['/ask', '/search']) {
      const reply = await post(server.port, path, { question: '桥' })
      expectProblem(reply, 503, 'starting')
      expectDocumented('POST', path, reply)
    }
  })

  test('a model that is down makes /readyz 503, with why', async () => {
    const error = '查找模型的文件已损坏。'
    server = await startServer(real, {
      state: () => ({ models: { embedder: 'down', reader: 'none', error } }),
    })
    const ready = await send(server.port, 'GET', '/readyz')
    expectProblem(ready, 503, 'model-unavailable')
    expect(ready.json()).toMatchObject({ detail: error, models: { embedder: 'down', error } })
    expectDocumented('GET', '/readyz', ready)
    await server.stop()
    server = await startServer(real, {
      state: () => ({ models: { embedder: 'ready', reader: 'starting', error: null } }),
    })
    expectProblem(await send(server.port, 'GET', '/readyz'), 503, 'starting')
  })
})

describe('stopping', () => {
  test('lets questions under way finish and refuses new ones', async () => {
    const { desk: holding, letGo } = held()
    const stopping = await startServer(holding, { patience_ms: 20_000 })
    const { port } = stopping
    const under = Array.from({ length: 4 }, () => post(port, '/ask', { question: '桥长' }))
    await until(() => stopping.load().running === 2 && stopping.load().waiting === 2)
    const started = performance.now()
    const stopped = stopping.stop(20_000)
    setTimeout(letGo, 300)
    expect((await Promise.all(under)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await stopped
    expect(performance.now() - started).toBeLessThan(15_000)
    await expect(send(port, 'GET', '/healthz')).rejects.toThrow()
  })

  test('does not wait for sockets that have sent nothing, nor longer than it was given', async () => {
    const silent = await startServer(real)
    const socket = connect(silent.port, '127.0.0.1')
    socket.on('error', () => undefined)
    await sleep(50)
    const started = performance.now()
    await silent.stop(5000)
    expect(performance.now() - started).toBeLessThan(1000)
    const stuck = await startServer(desk(() => new Promise(() => undefined)))
    const question = post(stuck.port, '/ask', { question: '桥' })
    question.catch(() => undefined)
    await until(() => stuck.load().running === 1)
    await stuck.stop(200)
    await expect(question).rejects.toThrow()
  })
})

describe('swapping the index', () => {
  test('a question keeps the index it began with, and no reply mixes two', async () => {
    const named = (name: string): Desk => ({
      ...real,
      generation: { ...real.generation, info: { ...real.generation.info, generation: name } },
      ask: async (query, options) => {
        await sleep(20)
        const answer = await real.ask(query, options)
        return { ...answer, index: { ...answer.index, generation: name } }
      },
    })
    server = await startServer(named('0'))
    const { port, shelf } = server
    const seen = new Set<unknown>()
    for (let round = 1; round <= 10; round++) {
      const asked = Array.from({ length: 5 }, () => post(port, '/ask', { question: '桥长' }))
      await sleep(5)
      shelf.put(named(String(round)))
      for (const reply of await Promise.all(asked)) {
        expect(reply.status).toBe(200)
        seen.add((JSON.parse(reply.text) as { index: { generation: string } }).index.generation)
      }
    }
    expect(seen.size).toBeGreaterThan(3)
    await until(() => server?.closed.length === 10)
    expect(server.closed).toEqual(Array.from({ length: 10 }, (_, i) => String(i)))
  })
})

const until = async (holds: () => boolean): Promise<void> => {
  const end = performance.now() + 10_000
  while (!holds()) {
    if (performance.now() > end) throw new Error('it never came to be')
    await sleep(5)
  }
}
