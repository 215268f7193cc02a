import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type ModelOptions, type Models, startModels } from '../../src/models/client.ts'
import { EMBEDDER, hasModel, MODELS } from './real.ts'
import { writeTinyReader } from './tiny-reader.ts'

const start = (more: Partial<ModelOptions> = {}): Models => {
  const models = startModels({
    models: MODELS,
    embedder: EMBEDDER,
    reader: 'none',
    remoteModels: false,
    ...more,
  })
  onTestFinished(() => models.close())
  return models
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((done) => setTimeout(done, 20))
}

describe.skipIf(!hasModel)('the embedder, for real', () => {
  let models: Models
  beforeAll(async () => {
    models = startModels({ models: MODELS, embedder: EMBEDDER, reader: 'none', remoteModels: false })
    await models.ready()
  }, 60_000)
  afterAll(() => models.close())

  test('is known by name and content before and after it is loaded', async () => {
    const early = start()
    expect([early.embedder.id, early.embedder.dim]).toEqual([models.embedder.id, 512])
    expect(early.state()).toMatchObject({ embedder: 'starting', reader: 'none' })
    expect(models.state()).toEqual({ embedder: 'ready', reader: 'none', faults: [], pid: expect.any(Number) })
  })

  test('gives unit vectors in which a question is nearest to what answers it', async () => {
    const question = await models.embedder.question('大连五月份新增了多少家企业？')
    const texts = [
      '5月，大连市新登记企业5399个。',
      '上海港集装箱吞吐量再创新高。',
      '今天天气晴好，适合出游。',
    ]
    const cosines: number[] = []
    for (const text of texts) cosines.push(dot(question, await models.embedder.passage(text)))
    expect(cosines.indexOf(Math.max(...cosines))).toBe(0)
    expect(Math.hypot(...question)).toBeCloseTo(1, 5)
    // the model's instruction goes before a question and not before a passage
    expect(dot(question, await models.embedder.passage('大连五月份新增了多少家企业？'))).toBeLessThan(0.999)
  })

  test.skipIf(!existsSync('/proc/self/task'))('runs on as many threads as it was told', async () => {
    const threadsWith = async (threads: number): Promise<number> => {
      const told = start({ threads })
      await told.ready()
      return readdirSync(`/proc/${told.state().pid}/task`).length
    }
    const one = await threadsWith(1)
    expect((await threadsWith(4)) - one).toBe(3)
  })

  test('gives the same bits whatever is asked beside it', async () => {
    const alone = await models.embedder.passage('大连港')
    const [first, , third] = await Promise.all(
      ['大连港', '完全不同的一段很长的话。'.repeat(20), '大连港'].map((text) =>
        models.embedder.passage(text),
      ),
    )
    expect(first).toEqual(alone)
    expect(third).toEqual(alone)
  })

  test('takes any text: empty, special tokens, half a pair, a million characters', async () => {
    for (const text of ['', ' ', '[SEP][CLS][MASK]', '\ud800', '\u0000', '大'.repeat(1_000_000)]) {
      const vector = await models.embedder.passage(text)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
    }
    // a written [SEP] is text: it moves the vector as brackets and letters do, no more
    const [plain, token, words] = await Promise.all(
      ['大连港 增长', '大连港[SEP]增长', '大连港[sep]增长'].map((text) => models.embedder.passage(text)),
    )
    if (plain && token && words) expect(dot(token, words)).toBeCloseTo(1, 5)
  })

  test('questions go before passages that were there first', async () => {
    const order: string[] = []
    const passages = Array.from({ length: 6 }, (_, i) =>
      models.embedder.passage(`第${i}段`).then(() => order.push('p')),
    )
    const question = models.embedder.question('问').then(() => order.push('q'))
    await Promise.all([...passages, question])
    // the first passage was with the child already
    expect(order.indexOf('q')).toBeLessThanOrEqual(1)
  })

  test('a request that is given up is refused at once and the others are answered', async () => {
    const control = new AbortController()
    const given = models.embedder.question('甲', control.signal)
    const other = models.embedder.question('乙')
    control.abort()
    await expect(given).rejects.toMatchObject({ code: 'aborted' })
    expect(await other).toHaveLength(512)
    await expect(models.embedder.question('丙', AbortSignal.abort())).rejects.toMatchObject({
      code: 'aborted',
    })
  })
})

describe.skipIf(!hasModel)('the model child', () => {
  test('killed under load comes back within 3 s of its death, and nothing asked is lost', async () => {
    const faults: string[] = []
    const models = start({ onFault: (fault) => faults.push(fault) })
    await models.ready()
    const { pid = 0 } = models.state()
    const asked = Array.from({ length: 30 }, (_, i) => models.embedder.question(`问题${i}`))
    await asked[2]
    process.kill(pid, 'SIGKILL')
    const from = performance.now()
    await until(() => !alive(pid) && models.state().embedder === 'starting')
    await models.ready()
    // 3 s on a machine of its own; the tests share theirs
    expect(performance.now() - from).toBeLessThan(10_000)
    expect((await Promise.all(asked)).every((vector) => vector.length === 512)).toBe(true)
    expect(models.state().pid).not.toBe(pid)
    expect(faults).toEqual([expect.stringContaining('SIGKILL')])
  }, 60_000)

  test('of an indexer is two of one thread each, which give the same bits and outlive one another', async () => {
    const [models, plain] = [start({ indexing: true }), start()]
    await Promise.all([models.ready(), plain.ready()])
    const texts = Array.from({ length: 20 }, (_, i) => `大连第${i}批企业登记，同比增长${i}.5%。`)
    const asked = texts.map((text) => models.embedder.passage(text))
    await asked[4]
    process.kill(models.state().pid ?? 0, 'SIGKILL')
    const expected = await Promise.all(texts.map((text) => plain.embedder.passage(text)))
    expect(await Promise.all(asked)).toEqual(expected)
  }, 60_000)

  test('that hangs is killed and what it was at is asked again', async () => {
    const models = start({ requestMs: 1500 })
    await models.ready()
    const { pid = 0 } = models.state()
    process.kill(pid, 'SIGSTOP')
    expect(await models.embedder.question('问')).toHaveLength(512)
    expect(alive(pid)).toBe(false)
  }, 60_000)

  test('that dies three times in a minute is left alone: refused at once, with when it is tried again', async () => {
    const models = start()
    for (let death = 0; death < 3; death++) {
      const { pid = 0 } = models.state()
      process.kill(pid, 'SIGKILL')
      await until(() => models.state().pid !== pid)
    }
    await expect(models.ready()).rejects.toMatchObject({ code: 'model_unavailable' })
    expect(models.state()).toMatchObject({
      embedder: 'down',
      error: expect.stringContaining('chuchu doctor'),
    })
    const from = performance.now()
    await expect(models.embedder.question('问')).rejects.toMatchObject({
      code: 'model_unavailable',
      details: { retryAfterMs: expect.any(Number) },
    })
    expect(performance.now() - from).toBeLessThan(200)
  }, 60_000)

  test('goes when its parent is killed, and does not keep a parent that is done', async () => {
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
    const script = fileURLToPath(new URL('./parent.ts', import.meta.url))
    const pidFrom = (mode: string) => {
      const parent = fork(script, [mode], { execArgv: ['--import', tsx] })
      return new Promise<{ pid: number; parent: typeof parent }>((done) =>
        parent.on('message', (pid) => done({ pid: Number(pid), parent })),
      )
    }
    const [killed, idle] = await Promise.all([pidFrom('stay'), pidFrom('end')])
    killed.parent.kill('SIGKILL')
    await until(() => !alive(killed.pid) && !alive(idle.pid) && idle.parent.exitCode !== null)
    expect(idle.parent.exitCode).toBe(0)
  }, 60_000)

  test('closed takes no more requests and is gone', async () => {
    const models = start()
    const waiting = models.embedder.question('问')
    const { pid = 0 } = models.state()
    await Promise.all([models.close(), expect(waiting).rejects.toMatchObject({ code: 'model_unavailable' })])
    expect(alive(pid)).toBe(false)
    await expect(models.embedder.question('问')).rejects.toMatchObject({ code: 'model_unavailable' })
    await expect(models.ready()).rejects.toMatchObject({ code: 'model_unavailable' })
  }, 60_000)
})

describe.skipIf(!hasModel)('a reader', () => {
  const both = async (): Promise<Models> => {
    const folder = mkdtempSync(join(tmpdir(), 'chuchu-models-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    cpSync(join(MODELS, EMBEDDER), join(folder, EMBEDDER), { recursive: true })
    writeTinyReader(folder, 'tiny')
    const models = start({ models: folder, reader: 'tiny' })
    await models.ready()
    return models
  }

  test('reads every passage, in order, beside the embedder and in windows where one is long', async () => {
    const models = await both()
    expect(models.state()).toMatchObject({ embedder: 'ready', reader: 'ready' })
    expect(models.reader?.id).toMatch(/^tiny@/)
    const passages = [
      '没有。',
      '大连 𠀀 ＧＤＰ，港',
      `${'连'.repeat(500)}港${'连'.repeat(500)}`,
      '',
      '[SEP]港',
    ]
    const readings = await models.reader?.read('港在哪里？', passages)
    expect(readings?.map(({ start, end }, i) => passages[i]?.slice(start, end))).toEqual([
      '没',
      '港',
      '港',
      '',
      '港',
    ])
    expect(readings?.map(({ relevance }) => relevance)).toEqual([-4, 4, 4, -20, 4])
    expect(readings?.[1]?.span).toBeGreaterThan(5)
  }, 60_000)

  test('whose request is given up stops after the passages it is at', async () => {
    const models = await both()
    const control = new AbortController()
    const long = Array.from({ length: 200 }, () => '连'.repeat(5000))
    const reading = models.reader?.read('问', long, control.signal)
    await models.embedder.question('先问')
    control.abort()
    await expect(reading).rejects.toMatchObject({ code: 'aborted' })
    expect(await models.reader?.read('港', ['港'])).toHaveLength(1)
  }, 60_000)
})

test.skipIf(!hasModel)(
  'models that are both missing are both loaded once they are restored',
  async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const folder = mkdtempSync(join(tmpdir(), 'chuchu-models-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const models = start({ models: folder, reader: 'tiny' })
    await expect(models.ready()).rejects.toMatchObject({ code: 'model_missing' })
    expect(models.state().faults).toEqual([
      { kind: 'embedder', code: 'model_missing' },
      { kind: 'reader', code: 'model_missing' },
    ])
    cpSync(join(MODELS, EMBEDDER), join(folder, EMBEDDER), { recursive: true })
    writeTinyReader(folder, 'tiny')
    vi.advanceTimersByTime(30_000)
    while (models.state().faults.length > 0) await new Promise((done) => setImmediate(done))
    expect(models.state()).toMatchObject({ embedder: 'ready', reader: 'ready' })
  },
  60_000,
)

describe('a model that cannot be loaded', () => {
  const refused = async (more: Partial<ModelOptions>, code: string, words: string): Promise<void> => {
    const models = start(more)
    await expect(models.ready()).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
    await expect(models.embedder.question('问')).rejects.toMatchObject({ code })
    expect(models.state()).toMatchObject({ embedder: 'down', error: expect.stringContaining(words) })
  }

  test('because its folder is not there: the process stays up and says what to do', async () => {
    await refused({ models: join(tmpdir(), 'chuchu-none') }, 'model_missing', 'CHUCHU_EMBEDDER')
  }, 60_000)

  test('because it would have to be fetched and that is off', async () => {
    await refused({ embedder: 'BAAI/bge-m3' }, 'model_missing', 'CHUCHU_REMOTE_MODELS=true')
  }, 60_000)

  test.skipIf(!hasModel)(
    'because it was no model when its hashes were taken',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'chuchu-models-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      cpSync(join(MODELS, EMBEDDER), join(folder, EMBEDDER), { recursive: true })
      const name = 'onnx/model_quantized.onnx'
      writeFileSync(join(folder, EMBEDDER, name), 'weights')
      const sums = join(folder, EMBEDDER, 'SHA256SUMS')
      const sum = createHash('sha256').update('weights').digest('hex')
      const lines = readFileSync(sums, 'utf8').split('\n')
      writeFileSync(sums, lines.map((line) => (line.endsWith(name) ? `${sum}  ${name}` : line)).join('\n'))
      await refused({ models: folder }, 'model_damaged', 'does not load')
    },
    60_000,
  )

  test.skipIf(!hasModel)(
    'because one bit of its weights is another',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'chuchu-models-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      cpSync(join(MODELS, EMBEDDER), join(folder, EMBEDDER), { recursive: true })
      const path = join(folder, EMBEDDER, 'onnx', 'model_quantized.onnx')
      const bytes = readFileSync(path)
      bytes[9_000_000] = (bytes[9_000_000] ?? 0) ^ 1
      writeFileSync(path, bytes)
      await refused({ models: folder }, 'model_damaged', 'model_quantized.onnx')
    },
    60_000,
  )
})
