import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Keeper, makeKeeper } from '../../src/cli/keeper.ts'
import { verify } from '../../src/cli/verify.ts'
import { parseConfig } from '../../src/config.ts'
import type { Backend } from '../../src/http/backend.ts'
import { makeLog } from '../../src/http/log.ts'
import { takeLock } from '../../src/index/lock.ts'
import type { Models } from '../../src/models/client.ts'
import { wireModels } from '../../src/wire.ts'
import { writeCorpus } from './corpus.ts'
import { expectDocumented, expectProblem } from './documented.ts'
import { post, type Reply, send, startServer, type TestServer, temporary } from './harness.ts'

/* The real keeper, with the real model and indexers in processes of their own. */

const BUILD = { timeout: 300_000, interval: 50 }

interface Status {
  readonly generation: string
  readonly builtAt: string
  readonly files: number
  readonly articles: number
  readonly passages: number
  readonly changed: boolean
  readonly building: { readonly percent: number } | null
  readonly error: string | null
  readonly warnings: readonly { readonly file: string; readonly message: string }[]
}

const folder = temporary()
const corpus = join(folder, 'corpus')
const lines: string[] = []
/** Called with each report of an indexer. */
let onProgress: () => void = () => undefined
let models: Models
let keeper: Keeper
let server: TestServer

/** Pids of the indexers started so far. */
const indexers = (): readonly number[] =>
  lines.flatMap((line) => /"pid":(\d+),"event":"index_building"/.exec(line)?.[1] ?? []).map(Number)

beforeAll(async () => {
  writeCorpus(corpus)
  writeFileSync(join(corpus, '坏.txt'), Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 7]))
  const path = fileURLToPath(new URL('../../models', import.meta.url))
  const config = parseConfig({ corpus, index: join(folder, 'index'), models: path, reader: 'none' }, {})
  models = wireModels(config)
  const log = makeLog('info', (line) => lines.push(line))
  const settings = { config, folders: [corpus], named: true }
  keeper = makeKeeper({ settings, models, log, onProgress: () => onProgress() })
  server = await startServer(null, { backend: keeper })
  await Promise.all([models.ready(), keeper.start()])
}, BUILD.timeout)
afterAll(async () => {
  await server.stop()
  keeper.stop()
  await models.close()
})

const look = async (): Promise<Status> => {
  const reply = await send(server.port, 'GET', '/index')
  expectDocumented('GET', '/index', reply)
  expect(reply.headers['cache-control']).toBe('no-store')
  return JSON.parse(reply.text)
}

const renew = async (): Promise<{ readonly status: number; readonly body: Status }> => {
  const reply = await post(server.port, '/index', {})
  expectDocumented('POST', '/index', reply)
  return { status: reply.status, body: JSON.parse(reply.text) }
}

const settled = async (): Promise<Status> => {
  await expect.poll(async () => (await look()).building, BUILD).toBeNull()
  return look()
}

/** A look at the files is believed for a moment. */
const untilChanged = (changed: boolean) =>
  expect.poll(async () => (await look()).changed, BUILD).toBe(changed)

const ask = async (question: string): Promise<string> => {
  const reply = await post(server.port, '/ask', { question, top: 20 })
  expect(reply.status).toBe(200)
  expect(verify(reply.text, corpus).faults).toEqual([])
  return reply.text
}

let written = 0
/** A new file, also when a test is tried again, as the same bytes twice would be read once. */
const write = (name: string, text: string): string => {
  const file = `${name}${++written}.txt`
  writeFileSync(join(corpus, file), text && `${text}第${written}次写下。\n`)
  return file
}

describe('GET /index', () => {
  test('counts what is served and lists the files that could not be read, without a path of the disk', async () => {
    const status = await look()
    expect(status).toMatchObject({ files: 5, articles: 7, changed: false, building: null, error: null })
    expect(status.passages).toBeGreaterThanOrEqual(7)
    expect(new Date(status.builtAt).toISOString()).toBe(status.builtAt)
    expect(readFileSync(join(folder, 'index/CURRENT'), 'utf8')).toContain(status.generation)
    expect(status.warnings).toEqual([{ file: '坏.txt', message: expect.stringContaining('left out') }])
    expect(JSON.stringify(status)).not.toContain(folder)
  })

  test('without an index, says that there is none yet', async () => {
    const bare = await startServer(null)
    const reply = await send(bare.port, 'GET', '/index')
    expectDocumented('GET', '/index', reply)
    expect(reply.json()).toMatchObject({ generation: null, builtAt: null, files: 0, warnings: [] })
    await bare.stop()
  })
})

describe('POST /index', () => {
  test('builds nothing when the files are those that are served', async () => {
    const before = indexers().length
    const { status, body } = await renew()
    expect([status, body.changed, body.building]).toEqual([200, false, null])
    expect(indexers()).toHaveLength(before)
  })

  test('builds once however often it is asked, serves the old index meanwhile, and then finds what is new', {
    timeout: BUILD.timeout,
  }, async () => {
    const old = await look()
    const before = indexers().length
    const unread = write('又坏', '')
    write('石榴节', '石榴节开幕\n2023-09-20\n县文化馆宣布，石榴节将于九月二十日在榴园广场开幕。\n')
    await untilChanged(true)
    const [first, second] = await Promise.all([renew(), renew()])
    for (const { status, body } of [first, second]) {
      expect([status, body.generation]).toEqual([202, old.generation])
      expect(body.building?.percent).toBeGreaterThanOrEqual(0)
    }
    expect(await ask('石榴节在哪里开幕')).toContain(old.generation)
    expect((await renew()).status).toBe(202)
    const now = await settled()
    expect(indexers()).toHaveLength(before + 1)
    expect(now).toMatchObject({
      files: old.files + 1,
      articles: old.articles + 1,
      changed: false,
      error: null,
    })
    expect(now.generation).not.toBe(old.generation)
    expect(now.warnings.map(({ file }) => file)).toEqual(expect.arrayContaining([unread, '坏.txt']))
    expect(await ask('石榴节在哪里开幕')).toContain('榴园广场')
  })

  test('while another process builds, waits however often it is asked, says so, and then builds once', {
    timeout: BUILD.timeout,
  }, async () => {
    const old = await look()
    const before = indexers().length
    write('灯会', '灯会开幕\n2023-02-05\n县里的灯会二月五日在榴园广场开幕。\n')
    await untilChanged(true)
    const release = takeLock(join(folder, 'index'))
    try {
      for (let i = 0; i < 3; i++) {
        const { status, body } = await renew()
        expect([status, body.generation]).toEqual([202, old.generation])
        expect(body.building).toMatchObject({ percent: 0 })
      }
      expect(indexers()).toHaveLength(before)
    } finally {
      release()
    }
    expect(await settled()).toMatchObject({ articles: old.articles + 1, changed: false, error: null })
    expect(indexers()).toHaveLength(before + 1)
  })

  test('an indexer that is killed each time leaves the old index served; the state says so, and trying again works', {
    timeout: BUILD.timeout,
  }, async () => {
    const old = await look()
    write('龙舟', '龙舟赛\n2023-06-22\n今年的龙舟赛有64支队伍参加，比去年多了8支。\n')
    onProgress = () => process.kill(indexers().at(-1) ?? 0, 'SIGKILL')
    const before = indexers().length
    expect((await renew()).status).toBe(202)
    const failed = await settled()
    onProgress = () => undefined
    expect(indexers().length).toBeGreaterThan(before)
    expect(failed).toEqual({ ...old, changed: true, error: expect.stringContaining('中途停止') })
    const ready = await send(server.port, 'GET', '/readyz')
    expect([ready.status, ready.json()]).toMatchObject([
      200,
      { index: { state: 'ready', error: failed.error } },
    ])
    expect(await ask('石榴节在哪里开幕')).toContain(old.generation)
    expect((await renew()).status).toBe(202)
    expect(await settled()).toMatchObject({ articles: old.articles + 1, changed: false, error: null })
    expect(await ask('多少支队伍参加龙舟赛')).toContain('64支队伍')
  })

  test('a corpus that is gone is said so, and what is served is served on', async () => {
    const old = await look()
    renameSync(corpus, `${corpus}-away`)
    try {
      await untilChanged(true)
      expect((await renew()).status).toBe(202)
      await expect.poll(look, BUILD).toEqual({ ...old, changed: true, error: '资料文件夹不存在或无法读取。' })
    } finally {
      renameSync(`${corpus}-away`, corpus)
    }
    await ask('多少支队伍参加龙舟赛')
    await untilChanged(false)
  })

  const refused: readonly (readonly [string, () => Promise<Reply>, number, string])[] = [
    ['a page of another origin', () => foreign({ origin: 'http://evil.example' }), 403, 'forbidden'],
    ['a host that is not its own', () => foreign({ host: 'evil.example' }), 403, 'forbidden'],
    ['a form', () => send(server.port, 'POST', '/index', { body: 'a=1' }), 415, 'unsupported-type'],
    ['no body', () => post(server.port, '/index', ''), 400, 'malformed'],
    ['a field there is not', () => post(server.port, '/index', { path: '/etc' }), 422, 'invalid'],
    ['another method', () => send(server.port, 'DELETE', '/index'), 405, 'method-not-allowed'],
  ]
  const foreign = (headers: Record<string, string>) => post(server.port, '/index', {}, headers)

  test.each(refused)('refuses %s, and builds nothing', async (_, request, status, type) => {
    const before = indexers().length
    write('拒绝', '不该被读到的文章\n')
    expectProblem(await request(), status, type)
    expect(indexers()).toHaveLength(before)
  })

  test('before the index is open, it is told to wait', async () => {
    const opening: Backend = {
      ...keeper,
      borrow: () => null,
      state: () => ({ ...keeper.state(), index: { ...keeper.state().index, state: 'opening', info: null } }),
    }
    const early = await startServer(null, { backend: opening })
    const reply = await post(early.port, '/index', {})
    expectDocumented('POST', '/index', reply)
    expectProblem(reply, 503, 'starting')
    await early.stop()
  })
})
