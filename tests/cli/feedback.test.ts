import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EvalQuestion } from '../../src/cli/eval-score.ts'
import { run, temporary } from './run.ts'

const line = (verdict: string, question = '桥长多少？'): string =>
  JSON.stringify({
    id: 'x',
    at: '2024-01-02T03:04:05.000Z',
    question,
    verdict,
    answered: true,
    generation: '0123456789abcdef',
    extract: {
      n: 1,
      text: '桥长268米。',
      answer: '268米',
      file: '桥.txt',
      fileId: '0123456789abcdef',
      ranges: [[0, 7]],
    },
  })

test('chuchu feedback prints lines that eval reads on stdout, and what it made of all verdicts on stderr', async () => {
  const index = temporary()
  writeFileSync(join(index, 'feedback.jsonl'), `${line('right')}\n{"broken":\n${line('wrong', '桥宽？')}\n`)
  const { code, out, err } = await run(['feedback'], { CHUCHU_INDEX: index })
  expect(code).toBe(0)
  expect(out.trim().split('\n')).toHaveLength(1)
  expect(EvalQuestion.parse(JSON.parse(out))).toMatchObject({
    question: '桥长多少？',
    answers: ['268米'],
    file: '桥.txt',
  })
  expect(err).toBe(
    '2 verdicts; questions with an extract judged right: 1, with none (left out): 1; lines that cannot be read (passed over): 1\n',
  )
})

test('chuchu feedback prints nothing where nobody has said anything, and says why it cannot read a folder', async () => {
  const index = temporary()
  const none = await run(['feedback'], { CHUCHU_INDEX: index })
  expect([none.code, none.out]).toEqual([0, ''])
  mkdirSync(join(index, 'feedback.jsonl'))
  const bad = await run(['feedback'], { CHUCHU_INDEX: index })
  expect(bad.code).toBe(2)
  expect(bad.err).toMatch(/^chuchu: .*feedback\.jsonl cannot be read \(EISDIR\)\n$/)
})

test('CHUCHU_FEEDBACK takes true or false and nothing else', async () => {
  const { code, err } = await run(['feedback'], { CHUCHU_FEEDBACK: 'perhaps' })
  expect(code).toBe(2)
  expect(err).toContain('CHUCHU_FEEDBACK="perhaps"')
})
