import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluationSet } from '../../src/cli/feedback.ts'
import { FEEDBACK } from '../../src/core/index-names.ts'
import { makeKeepFeedback } from '../../src/http/feedback.ts'
import { FeedbackLine } from '../../src/http/requests.ts'
import { expectDocumented, expectProblem } from './documented.ts'
import { post, startServer, type TestServer, temporary } from './harness.ts'

const said = {
  question: '桥长多少？',
  verdict: 'right',
  answered: true,
  generation: '0123456789abcdef',
  extract: {
    n: 1,
    text: '桥长268米，宽12米。',
    answer: '268米',
    file: '旧/桥.txt',
    fileId: '0123456789abcdef',
    ranges: [[3, 17]],
  },
} as const

let server: TestServer
let path: string
beforeAll(async () => {
  path = join(temporary(), 'new', FEEDBACK)
  server = await startServer(null, { feedback: makeKeepFeedback(path, 6000) })
})
afterAll(() => server.stop())

const linesOf = (): readonly string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1)

describe('POST /feedback', () => {
  test('keeps a verdict as a line of JSON that only the owner of the server can read', async () => {
    const before = Date.now()
    const reply = await post(server.port, '/feedback', { ...said, question: '桥长\n多少？' })
    expectDocumented('POST', '/feedback', reply)
    expect(reply.status).toBe(201)
    const kept = FeedbackLine.parse(JSON.parse(linesOf()[0] ?? ''))
    expect(kept).toMatchObject({ ...said, question: '桥长 多少？', id: reply.json()['id'] })
    expect(Date.parse(kept.at)).toBeGreaterThanOrEqual(before)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['another verdict', { verdict: 'good' }],
    ['no verdict', { verdict: undefined }],
    ['an empty question', { question: ' ' }],
    ['a field there is not', { user: 'x' }],
    ['a file id that is a path', { extract: { ...said.extract, fileId: '../../etc/passwd' } }],
    ['no ranges', { extract: { ...said.extract, ranges: [] } }],
    ['a text of any length', { extract: { ...said.extract, text: '字'.repeat(4001) } }],
  ])('refuses %s, in words, and keeps nothing', async (_, change) => {
    const before = linesOf()
    const reply = await post(server.port, '/feedback', { ...said, ...change })
    expectProblem(reply, 422, 'invalid')
    expectDocumented('POST', '/feedback', reply)
    expect(linesOf()).toEqual(before)
  })

  test('keeps verdicts that come at once apart, and ends a line that a crash broke off', async () => {
    const before = linesOf().length
    appendFileSync(path, '{"broken":')
    const replies = await Promise.all([1, 2, 3].map(() => post(server.port, '/feedback', said)))
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201])
    const lines = linesOf().slice(before)
    expect(lines[0]).toBe('{"broken":')
    expect(lines.slice(1).map((line) => FeedbackLine.parse(JSON.parse(line)).verdict)).toEqual(
      Array(3).fill('right'),
    )
  })

  test('refuses what has no room left', async () => {
    const long = { ...said, extract: { ...said.extract, text: '字'.repeat(1500) } }
    await post(server.port, '/feedback', long)
    const size = statSync(path).size
    const reply = await post(server.port, '/feedback', long)
    expectProblem(reply, 507, 'feedback-full')
    expectDocumented('POST', '/feedback', reply)
    expect(statSync(path).size).toBe(size)
    expect(size).toBeLessThanOrEqual(6000)
  })

  test.skipIf(process.platform !== 'linux')(
    'says so when nothing may be written there (in /sys, where not even root may)',
    async () => {
      const own = await startServer(null, { feedback: makeKeepFeedback('/sys/feedback.jsonl') })
      expectProblem(await post(own.port, '/feedback', said), 507, 'feedback-full')
      await own.stop()
    },
  )

  test('is not there when feedback is off', async () => {
    const off = await startServer(null)
    expectProblem(await post(off.port, '/feedback', said), 404, 'not-found')
    await off.stop()
  })
})

describe('verdicts as an evaluation set', () => {
  const line = (change: object, extract: object = {}): FeedbackLine =>
    FeedbackLine.parse({
      ...said,
      id: 'x',
      at: '2024-01-02T03:04:05.000Z',
      ...change,
      extract: { ...said.extract, ...extract },
    })

  test('a question with an extract judged right becomes a line, its short answer and file what is right', () => {
    const { lines, unknown } = evaluationSet([
      line({}),
      line({ verdict: 'wrong' }, { ranges: [[20, 30]], text: '宽12米。', answer: null }),
    ])
    expect(lines).toEqual([
      {
        id: expect.stringMatching(/^fb-[0-9a-f]{12}$/),
        question: '桥长多少？',
        answers: ['268米'],
        file: '桥.txt',
        rejected: [{ text: '宽12米。', file: '桥.txt', verdict: 'wrong' }],
      },
    ])
    expect(unknown).toBe(0)
  })

  test('the last verdict on an extract counts; nothing is claimed of a question with none judged right', () => {
    expect(evaluationSet([line({}), line({ verdict: 'not_asked' })])).toEqual({ lines: [], unknown: 1 })
    expect(evaluationSet([line({ verdict: 'wrong' }), line({})]).lines).toHaveLength(1)
  })

  test('an extract without a marked answer stands for itself; a conversation keeps its turns; files join', () => {
    const history = [{ question: '这座桥在哪里？' }]
    const { lines } = evaluationSet([
      line({ history }, { answer: null }),
      line({ history }, { file: 'b.txt', fileId: 'f'.repeat(16) }),
      line({}),
    ])
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatchObject({
      turns: [{ question: '这座桥在哪里？' }, { question: '桥长多少？' }],
      answers: ['桥长268米，宽12米。', '268米'],
      file: '桥.txt',
      alt: [{ file: 'b.txt' }],
    })
    expect(lines[0]?.question).toBeUndefined()
  })
})
