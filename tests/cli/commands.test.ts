import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeCorpus } from '../http/corpus.ts'
import { run, start, temporary } from './run.ts'

/* The real command line with the real model, each in a process of its own. */

const corpus = temporary()
const index = temporary()
const env = { CHUCHU_CORPUS: corpus, CHUCHU_INDEX: index, CHUCHU_PORT: '0' }

let report: { generation: string; articles: number; passages: number; files: number }

beforeAll(async () => {
  writeCorpus(corpus)
  const { code, out, err } = await run(['index', '--json'], env)
  expect(err).not.toContain('fault of the program')
  expect(code).toBe(0)
  report = JSON.parse(out)
})

describe('chuchu index', () => {
  test('reports on stdout and tells its progress on stderr', async () => {
    const { code, out, err } = await run(['index'], env)
    expect(code).toBe(0)
    expect(out).toMatch(/\d+ files, \d+ articles, \d+ passages in [\d.]+ s; generation [\da-f]{16}/)
    expect(err).toMatch(/^ *\d+ % read /m)
    expect(err).not.toContain('\u001b')
    expect(out).toContain(report.generation) // nothing has changed
  })

  test('reads the folders it is given and remembers them; a name in two of them is refused', async () => {
    const [a, b, own] = [temporary(), temporary(), temporary()]
    writeFileSync(join(a, 'x.jsonl'), '{"id":"1","text":"甲厂去年产茶三百吨。"}')
    writeFileSync(join(b, 'y.jsonl'), '{"id":"1","text":"乙厂去年产盐五千吨。"}')
    const only = { CHUCHU_INDEX: own }
    const built = await run(['index', a, b, '--json'], only)
    expect(built.err).not.toContain('fault of the program')
    expect(JSON.parse(built.out)).toMatchObject({ files: 2, articles: 2 })
    const asked = await run(['search', '乙厂产盐', '--json'], only)
    expect(JSON.parse(asked.out).hits[0].citation.file).toBe('y.jsonl#1')
    expect(asked.err).toBe('')
    writeFileSync(join(b, 'x.jsonl'), '{"id":"1","text":"丙。"}')
    const refused = await run(['index', a, b], only)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('both hold x.jsonl#1')
  })

  test('stopped by Ctrl-C ends with 130 and leaves nothing half made', async () => {
    const own = temporary()
    const started = start(['index'], { ...env, CHUCHU_INDEX: own })
    await started.says(/% (read|words|embed)/)
    started.child.kill('SIGINT')
    expect(await started.ended).toBe(130)
    expect(readdirSync(own).filter((name) => /^(tmp|gen|CURRENT)/.test(name))).toEqual([])
  })
})

describe('chuchu ask and search', () => {
  test('print JSON and nothing else on stdout; verify proves it', async () => {
    const asked = await run(['ask', '代表团获得金牌多少枚', '--json'], env)
    expect(asked.err).toBe('')
    expect(asked.code).toBe(0)
    const answer = JSON.parse(asked.out)
    const shown = [...answer.extracts, ...answer.nearest]
    expect(shown[0].text).toContain('23枚')
    const verified = await run(['verify', '-'], env, asked.out)
    expect(verified.out).toMatch(/^ok: \d+ extracts? of 1 answer/)
    expect(verified.code).toBe(0)
    const altered = await run(['verify', '-'], env, asked.out.replaceAll('23枚', '32枚'))
    expect(altered.code).toBe(1)
    expect(altered.out).toMatch(/\[1\] \(新闻\.jsonl#n1\): character \d+ is "3", the file has "2"/)
  })

  test('say which words an English question was searched for', async () => {
    const asked = await run(['ask', 'How many gold medals?'], env)
    expect(asked.out).toMatch(/^（按“[^”]*金牌[^”]*”查找）\n/)
  })

  test('never take other folders because the record of them is torn', async () => {
    const index = join(temporary(), 'index')
    mkdirSync(index)
    writeFileSync(join(index, 'folders.json'), '')
    const { CHUCHU_CORPUS: _, ...unnamed } = { ...env, CHUCHU_INDEX: index }
    const asked = await run(['ask', '金牌多少枚'], unnamed)
    expect(asked.code).toBe(2)
    expect(asked.err).toContain('folders.json cannot be read')
  })

  test('print for people: the extract, its source, no colours into a pipe', async () => {
    const asked = await run(['ask', '代表团获得金牌多少枚', '--top', '1'], env)
    expect(asked.out).toContain('23枚')
    expect(asked.out).toContain('《运动会闭幕》 · 县报 · 2022-10-09 · 新闻.jsonl#n1 · 第 1 段')
    expect(asked.out).not.toContain('\u001b')
    const found = await run(['search', '夜班公交末班车', '--top', '1'], env)
    expect(found.out).toContain('23时30分')
  })

  test('print for people how sure an answer is, and of a refusal the reason and what is missing', async () => {
    const questions = ['代表团获得金牌多少枚', '塔克拉玛干天文台的望远镜口径是多少']
    const [sure, refused] = await Promise.all(
      questions.map(async (question) => {
        const [text, json] = await Promise.all([
          run(['ask', question], env),
          run(['ask', question, '--json'], env),
        ])
        return { text: text.out, answer: JSON.parse(json.out) }
      }),
    )
    expect(sure?.answer.answered).toBe(true)
    expect(sure?.text).toContain(`（把握 ${sure?.answer.confidence.toFixed(2)}）`)
    expect(refused?.answer.answered).toBe(false)
    expect(refused?.text).toContain(`（把握 ${refused?.answer.confidence.toFixed(2)}）`)
    expect(refused?.text).toContain(
      refused?.answer.reason === 'not_sure' ? '没有找到有把握的答案' : '没有找到答案',
    )
    expect(refused?.answer.missing.length).toBeGreaterThan(0)
    for (const name of refused?.answer.missing ?? []) expect(refused?.text).toContain(name)
  })

  test('another embedder that is there builds and answers, with a reader fitted to none of it', async () => {
    const other = { ...env, CHUCHU_EMBEDDER: 'bge-small-zh-v1.5', CHUCHU_INDEX: temporary() }
    expect((await run(['index'], other)).code).toBe(0)
    const { code, out } = await run(['ask', '代表团获得金牌多少枚', '--json'], other)
    expect(code).toBe(0)
    expect(JSON.parse(out).answered).toBe(true)
    expect((await run(['doctor'], other)).out).toContain('take confidence for a guess')
  })

  test.each(['CHUCHU_EMBEDDER', 'CHUCHU_READER'])(
    'a model that is not there, of %s, is exit 5 and names its folder',
    async (setting) => {
      const { code, out, err } = await run(['ask', '代表团获得金牌多少枚'], { ...env, [setting]: 'nonesuch' })
      expect({ code, out }).toEqual({ code: 5, out: '' })
      expect(err).toMatch(/There is no model folder .*nonesuch/)
    },
  )

  test('what cannot be asked is exit 2, one line a fault, nothing on stdout', async () => {
    const cases: readonly (readonly string[])[] = [
      ['ask', ''],
      ['ask', '桥'.repeat(501)],
      ['ask', '桥', '--top', '0'],
      ['ask', '桥', '--top', 'x'],
      ['search', '桥', '--top', '101'],
      ['ask', '桥', '--from', '2021-13-01'],
    ]
    for (const result of await Promise.all(cases.map((args) => run(args, env)))) {
      expect(result.code).toBe(2)
      expect(result.out).toBe('')
      expect(result.err).toMatch(/^chuchu: The question cannot be asked:\n {2}(question|top|from): /)
      expect(result.err).not.toMatch(/\n\s+at /)
    }
  })

  test('say that an older index answers when the newest is damaged or not named', async () => {
    const [changed, own] = [temporary(corpus), temporary(index)]
    writeFileSync(join(changed, '新.jsonl'), '{"id":"1","text":"石榴节将于九月二十日开幕。"}')
    const newer = { ...env, CHUCHU_CORPUS: changed, CHUCHU_INDEX: own }
    const built = JSON.parse((await run(['index', '--json'], newer)).out)
    const path = join(own, `gen-${built.generation}`, 'postings.bin')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
    writeFileSync(path, bytes)
    const damaged = await run(['ask', '代表团获得金牌多少枚', '--json'], newer)
    expect(damaged.code).toBe(0)
    expect(JSON.parse(damaged.out).index.generation).toBe(report.generation)
    expect(damaged.err).toMatch(/postings\.bin is damaged/)
    expect(damaged.err).toMatch(new RegExp(`an older one answers, generation ${report.generation}, built 20`))
    writeFileSync(join(own, 'CURRENT'), 'nonsense\n')
    const unnamed = await run(['search', '代表团', '--json'], newer)
    expect(unnamed.code).toBe(0)
    expect(unnamed.err).toContain(`an older one answers, generation ${report.generation}`)
  })

  test('a reader that closes the pipe ends the command quietly', async () => {
    const started = start(['search', '桥', '--top', '100', '--json'], env)
    started.child.stdout.destroy()
    expect(await started.ended).toBe(0)
    expect(started.err()).toBe('')
  })

  test('say that the articles have changed', async () => {
    const changed = temporary(corpus)
    writeFileSync(join(changed, 'new.jsonl'), '{"text":"新。"}')
    const asked = await run(['search', '桥', '--json'], { ...env, CHUCHU_CORPUS: changed })
    expect(asked.code).toBe(0)
    expect(asked.err).toContain('chuchu index')
  })
})

describe('chuchu eval', () => {
  test('scores a file of questions', async () => {
    const path = join(temporary(), 'q.jsonl')
    const questions = [
      {
        id: 'a',
        question: '代表团获得金牌多少枚',
        answers: ['23枚'],
        file: '新闻.jsonl#n1',
        type: 'number',
        paraphrase: 0,
      },
      { id: 'b', question: '火星基地的食堂几点开门', answers: [], type: 'none', paraphrase: 1 },
      { id: 'c', turns: [{ question: '夜班公交几路' }, { question: '末班车几点' }], answers: ['23时30分'] },
    ]
    writeFileSync(path, questions.map((one) => JSON.stringify(one)).join('\n'))
    const { code, out, err } = await run(['eval', path, '--json'], env)
    expect(err).toBe('')
    expect(code).toBe(0)
    const figures = JSON.parse(out)
    expect(figures.all).toMatchObject({ questions: 3, errors: 0 })
    expect(figures.verbatim).toBe(1)
    expect(figures.byType.number.questions).toBe(1)
    const text = await run(['eval', path, '--misses'], env)
    expect(text.out).toMatch(/^all +n +3 +right/)
    expect(text.out).toContain('expected calibration error')
  })

  test('of no questions is exit 2', async () => {
    expect((await run(['eval', join(temporary(), 'none.jsonl')], env)).code).toBe(2)
  })
})

describe('chuchu doctor', () => {
  const findings = async (more: Readonly<Record<string, string>> = {}) => {
    const { out, code } = await run(['doctor', '--json'], { ...env, ...more })
    const report: {
      ok: boolean
      findings: { name: string; ok: boolean; detail: string; fix: string | null }[]
    } = JSON.parse(out)
    expect(code).toBe(report.ok ? 0 : 1)
    return new Map(report.findings.map((one) => [one.name, one]))
  }

  test('finds all well but what is not, and says how to mend it', async () => {
    const well = await findings()
    for (const name of [
      'Node',
      'nodejieba',
      'hnswlib-node',
      'onnxruntime-node',
      'embedder',
      'continuation',
      'articles',
      'index',
      'disk',
      'port',
    ])
      expect(well.get(name), name).toMatchObject({ ok: true })
  })

  test('counts files as the index does: all lines of a .jsonl are one, a copy is left out', async () => {
    const [folder, own] = [temporary(), temporary()]
    const article = '甲厂去年产茶三百吨，比上年多两成。\n'
    for (const name of ['a.txt', 'copy.txt']) writeFileSync(join(folder, name), article)
    writeFileSync(join(folder, 'b.jsonl'), '{"text":"乙厂产盐。"}\n{"text":"丙厂产糖。"}\n')
    const few = { CHUCHU_CORPUS: folder, CHUCHU_INDEX: own }
    const built = JSON.parse((await run(['index', '--json'], few)).out)
    expect(built).toMatchObject({ files: 2, articles: 3 })
    const found = await findings(few)
    expect(found.get('articles')?.detail).toContain('3 files to read')
    expect(found.get('index')?.detail).toContain(': 2 of 3 files, 3 articles,')
  })

  test('finds a damaged index, missing models, an empty corpus and a taken port', async () => {
    const damaged = temporary(index)
    const path = join(damaged, `gen-${report.generation}`, 'postings.bin')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
    writeFileSync(path, bytes)
    const holder = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => holder.once('listening', done))
    const { port } = holder.address() as { port: number }
    const ill = await findings({
      CHUCHU_INDEX: damaged,
      CHUCHU_MODELS: temporary(),
      CHUCHU_CORPUS: temporary(),
      CHUCHU_PORT: String(port),
    })
    holder.close()
    for (const name of ['embedder', 'calibration', 'articles', 'index', 'port']) {
      expect(ill.get(name), name).toMatchObject({ ok: false })
      expect(ill.get(name)?.fix, name).toBeTruthy()
    }
    expect(ill.get('index')?.detail).toContain('postings.bin')
    expect(ill.get('index')?.fix).toBe('chuchu index')
  })
})

describe('what cannot work says what to do, with the exit code of its kind', () => {
  const cases: readonly (readonly [string, readonly string[], Record<string, string>, number, RegExp])[] = [
    ['no such command', ['frobnicate'], {}, 2, /unknown command/],
    ['no such flag', ['ask', '桥', '--frob'], {}, 2, /unknown option/],
    ['no question', ['ask'], {}, 2, /missing required argument/],
    [
      'bad settings, all at once',
      ['serve'],
      { CHUCHU_PORT: 'x', CHUCHU_LOG: 'loud', CHUCHU_TYPO: '1' },
      2,
      /CHUCHU_PORT[\s\S]*CHUCHU_LOG[\s\S]*CHUCHU_TYPO/,
    ],
    ...['abc', '65536', '-1', '8787.5', ''].map(
      (port) =>
        [`port ${port}`, ['serve'], { CHUCHU_PORT: port }, 2, /CHUCHU_PORT=.*from 0 to 65535/] as const,
    ),
    ['a missing corpus', ['index'], { CHUCHU_CORPUS: '/none/such' }, 3, /\/none\/such.*CHUCHU_CORPUS/],
    [
      'an empty corpus',
      ['index'],
      { CHUCHU_CORPUS: temporary(), CHUCHU_INDEX: temporary() },
      3,
      /No article/,
    ],
    ['no index', ['ask', '桥'], { CHUCHU_INDEX: temporary() }, 4, /chuchu index/],
    ['no models', ['index'], { CHUCHU_MODELS: temporary(), CHUCHU_INDEX: temporary() }, 5, /model/],
    ['no models to serve with', ['serve'], { CHUCHU_MODELS: temporary() }, 5, /model/],
    ['no models to ask', ['ask', '桥'], { CHUCHU_MODELS: temporary() }, 5, /no model folder/],
    [
      'no corpus to serve',
      ['serve'],
      { CHUCHU_CORPUS: '/none/such', CHUCHU_INDEX: temporary() },
      3,
      /\/none\/such/,
    ],
    ['no answer to verify', ['verify', '/none/such.json'], {}, 2, /cannot be checked/],
    ['a file that is not rough', ['index', '--explain', join(corpus, '新闻.jsonl')], {}, 2, /no rough text/],
    ['no file to explain', ['index', '--explain', '/none/such.txt'], {}, 2, /cannot be read/],
    ['a host that is none', ['serve'], { CHUCHU_HOST: '256.1.1.1' }, 2, /CHUCHU_HOST/],
  ]
  test.concurrent.each(cases)('%s', async (_, args, more, code, form) => {
    const result = await run(args, { ...env, ...more })
    expect(`${result.code}\n${result.err}`).toMatch(new RegExp(`^${code}\n`))
    expect(result.err).toMatch(form)
    expect(result.err).not.toMatch(/\n\s+at |fault of the program/)
    expect(result.out).toBe('')
  })

  test('a port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => holder.once('listening', done))
    const { port } = holder.address() as { port: number }
    const result = await run(['serve'], { ...env, CHUCHU_PORT: String(port) })
    holder.close()
    expect(result.code).toBe(7)
    expect(result.err).toMatch(new RegExp(`Port ${port} .* is taken.*--port`))
  })

  test('help names every command and every exit code, on stdout', async () => {
    const { code, out, err } = await run(['--help'])
    expect(code).toBe(0)
    expect(err).toBe('')
    for (const name of ['index', 'serve', 'ask', 'search', 'verify', 'doctor', 'eval'])
      expect(out).toContain(`  ${name} `)
    for (const exit of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130])
      expect(out).toMatch(new RegExp(`^ {2}${exit} +\\w`, 'm'))
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

test('--explain says what is made of a rough file', async () => {
  const path = join(temporary(), 'x.txt')
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, '桥通车了\n昨天，青石桥通车，全长二百六十八米，\n投资三千二百万元。\n')
  const { code, out, err } = await run(['index', '--explain', path], env)
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(out).toContain(path)
  expect(out).toContain('桥通车了')
})
