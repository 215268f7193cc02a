import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'
import { writeCorpus } from '../http/corpus.ts'
import { run, serve, temporary } from './run.ts'

/* The real server with the real model, in processes of their own. */

const corpus = temporary()
const index = temporary()
const env = { CHUCHU_CORPUS: corpus, CHUCHU_INDEX: index }

beforeAll(async () => {
  writeCorpus(corpus)
  expect((await run(['index'], env)).code).toBe(0)
})

const generationOf = async (response: Response): Promise<string> => {
  const body = (await response.json()) as { index: { generation: string } }
  return body.index.generation
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('with an index that is up to date', () => {
  test('the server is ready soon, builds nothing, answers verbatim and stops with 0 when told', async () => {
    const server = await serve(env)
    await server.ready()
    const response = await server.ask('代表团获得金牌多少枚')
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(verify(text, corpus).faults).toEqual([])
    expect(server.err()).not.toContain('index_building')
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(server.err()).not.toContain('"level":"error"')
    expect(server.out()).toBe('')
    for (const line of server
      .err()
      .split('\n')
      .filter((one) => one.startsWith('{')))
      JSON.parse(line)
  })

  test('SIGTERM under load drops no question that was accepted, and leaves no process', async () => {
    const server = await serve(env)
    await server.ready()
    const { pid } = JSON.parse(/^\{.*"event":"listening".*\}$/m.exec(server.err())?.[0] ?? '{}')
    const asked: Promise<number | string>[] = []
    for (let i = 0; i < 30; i++) {
      asked.push(
        server.ask('夜班公交末班车几点').then(
          ({ status }) => status,
          () => 'refused',
        ),
      )
      await sleep(5)
    }
    server.child.kill('SIGTERM')
    const replies = await Promise.all(asked)
    expect(await server.ended).toBe(0)
    expect(replies.filter((status) => status === 200).length).toBeGreaterThan(0)
    for (const status of replies) expect([200, 503, 'refused']).toContain(status)
    const answered = server.err().match(/"path":"\/ask","status":200/g)?.length ?? 0
    expect(replies.filter((status) => status === 200)).toHaveLength(answered)
    expect(alive(pid)).toBe(false)
  })

  test('a second signal ends it at once', async () => {
    const server = await serve(env)
    server.child.kill('SIGTERM')
    await server.says(/"event":"stopping"/)
    server.child.kill('SIGTERM')
    expect([0, 143]).toContain(await server.ended)
  })
})

describe('without an index', () => {
  test('the server builds one in a process that may be killed, and says how far it is meanwhile', async () => {
    const own = temporary()
    const server = await serve({ CHUCHU_CORPUS: corpus, CHUCHU_INDEX: own })
    const [, pid = ''] = await server.says(/"pid":(\d+),"event":"index_building"/)
    const early = await server.ask('桥')
    expect(early.status).toBe(503)
    expect(early.headers.get('content-type')).toMatch(/problem\+json/)
    expect(early.headers.get('retry-after')).toBeTruthy()
    process.kill(Number(pid), 'SIGKILL')
    await server.says(/"event":"index_build_failed"/)
    const ready = await server.ready()
    expect(ready).toMatchObject({ status: 'ready', index: { state: 'ready' } })
    expect((await server.ask('代表团获得金牌多少枚')).status).toBe(200)
    expect(readdirSync(own).filter((name) => name.startsWith('tmp-'))).toEqual([])
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  test('a server that is killed takes the builder with it', async () => {
    const server = await serve({ CHUCHU_CORPUS: corpus, CHUCHU_INDEX: temporary() })
    const [, pid = ''] = await server.says(/"pid":(\d+),"event":"index_building"/)
    server.child.kill('SIGKILL')
    await server.ended
    for (let i = 0; i < 200 && alive(Number(pid)); i++) await sleep(50)
    expect(alive(Number(pid))).toBe(false)
  })
})

describe('when the corpus has changed', () => {
  test('the old index answers until the new one is built, then the new one does', {
    timeout: 180_000,
  }, async () => {
    const changed = temporary(corpus)
    const own = temporary(index)
    const old = readFileSync(join(own, 'CURRENT'), 'utf8').slice(0, 16)
    writeFileSync(
      join(changed, '更新.jsonl'),
      '{"id":"z","title":"新闻","text":"石榴节将于九月二十日开幕，地点在榴园广场。"}',
    )
    const server = await serve({ CHUCHU_CORPUS: changed, CHUCHU_INDEX: own })
    await server.ready()
    expect(await generationOf(await server.ask('桥长'))).toBe(old)
    const asked: string[] = []
    while (!server.err().includes('"event":"index_built"')) {
      const response = await server.ask('石榴节')
      expect(response.status).toBe(200)
      asked.push(await generationOf(response))
      await sleep(50)
    }
    await server.says(/"event":"index_closed"/)
    const response = await server.ask('石榴节地点在哪里')
    const text = await response.text()
    expect(text).toContain('榴园广场')
    expect(verify(text, changed).faults).toEqual([])
    expect(JSON.parse(text).index.generation).not.toBe(old)
    expect(asked.length).toBeGreaterThan(0)
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })
})

describe('a damaged index', () => {
  test('is never served: it is said plainly and built again', async () => {
    const own = temporary(index)
    const generation = readFileSync(join(own, 'CURRENT'), 'utf8').slice(0, 16)
    const path = join(own, `gen-${generation}`, 'vectors.bin')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(100) ^ 4, 100)
    writeFileSync(path, bytes)
    const server = await serve({ CHUCHU_CORPUS: corpus, CHUCHU_INDEX: own })
    await server.says(/"code":"index_damaged".*vectors\.bin is damaged/)
    await server.ready()
    const text = await (await server.ask('代表团获得金牌多少枚')).text()
    expect(verify(text, corpus).faults).toEqual([])
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })
})

test('an index whose texts are altered while it is served tells nothing of it, and is built again', async () => {
  const own = temporary(index)
  const generation = readFileSync(join(own, 'CURRENT'), 'utf8').slice(0, 16)
  const path = join(own, `gen-${generation}`, 'texts.bin')
  const server = await serve({ CHUCHU_CORPUS: corpus, CHUCHU_INDEX: own })
  await server.ready()
  const bytes = readFileSync(path)
  for (let at = 0; at < bytes.length; at += 2) bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(path, bytes) // the same file, as a disk that fails
  const listed = (await (await fetch(`${server.url}/articles`)).json()) as { articles: { id: string }[] }
  const replies = await Promise.all(listed.articles.map(({ id }) => fetch(`${server.url}/articles/${id}`)))
  expect(replies.map(({ status }) => status)).toContain(503)
  await server.says(/"event":"index_damaged"/)
  await server.says(/"event":"index_built"/)
  for (let i = 0; i < 100 && (await server.ask('代表团获得金牌多少枚')).status !== 200; i++) await sleep(100)
  const text = await (await server.ask('代表团获得金牌多少枚')).text()
  expect(verify(text, corpus).faults).toEqual([])
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

/** Pids of the model processes of a server. */
const modelsOf = (pid: number): readonly number[] =>
  execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
    .filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('models/child'))

test.skipIf(process.platform !== 'linux')(
  'a model process that is killed is started again, and the server goes on (looks into /proc)',
  async () => {
    const server = await serve(env)
    await server.ready()
    const killed = modelsOf(server.child.pid ?? 0)
    expect(killed).toHaveLength(1)
    for (const pid of killed) process.kill(pid, 'SIGKILL')
    for (let i = 0; i < 10; i++)
      expect([200, 503]).toContain((await server.ask('代表团获得金牌多少枚')).status)
    await server.ready()
    const answer = (await (await server.ask('代表团获得金牌多少枚')).json()) as { degraded?: unknown }
    expect(answer.degraded).toBeUndefined()
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  },
)

test('a model that was altered is not loaded; words answer without it, and say so', async () => {
  const models = temporary()
  cpSync(fileURLToPath(new URL('../../models', import.meta.url)), models, { recursive: true })
  const path = join(models, 'chuchu-embedder', 'onnx', 'model_quantized.onnx')
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000)
  writeFileSync(path, bytes)
  const server = await serve({ ...env, CHUCHU_INDEX: temporary(index), CHUCHU_MODELS: models })
  await server.says(/"event":"model_not_loaded"/)
  expect(server.err()).toMatch(/model_quantized\.onnx is damaged: expected SHA-256/)
  const state = (await (await fetch(`${server.url}/readyz`)).json()) as { models: unknown; detail: string }
  expect(state.models).toMatchObject({ embedder: 'down' })
  expect(state.detail).toMatch(/embedder.*已损坏.*只按字词查找.*日志.*git checkout -- models/)
  const text = await (await server.ask('代表团获得金牌多少枚')).text()
  expect(JSON.parse(text)).toMatchObject({ answered: true, degraded: ['embedder'] })
  expect(verify(text, corpus).faults).toEqual([])
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})
