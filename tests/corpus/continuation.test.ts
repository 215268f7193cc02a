import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { explain } from '../../src/corpus/explain.ts'
import { continuation, makeContinuation, readTable } from '../../src/corpus/repair/continuation.ts'

const model = continuation()
const seam = (left: string, right: string): number => model.bond(model.tail(left), model.head(right))

test('a word that was cut in two belongs together more than two strangers', () => {
  expect(seam('推动出台加强技', '能人才工作实施方案')).toBeGreaterThan(
    seam('推动出台加强技', '今年是全面建成小康社会') + 3,
  )
  expect(seam('迎来新一轮东北振', '兴的重要机遇')).toBeGreaterThan(3)
})

test('white space and the width of marks change nothing', () => {
  expect(seam('推动出台加强 技', ' 能\n人才')).toBe(seam('推动出台加强技', '能人才'))
  expect(seam('他说,', '今年')).toBe(seam('他说，', '今年'))
})

test('the start of a paragraph is told from its middle', () => {
  expect(model.fresh(model.head('今年以来，'))).toBeGreaterThan(model.fresh(model.head('业复工复产。')) + 3)
})

test('nothing at either side is no reason to join or not', () => {
  expect(seam('', '今年')).toBe(0)
  expect(seam('今年', '')).toBe(0)
})

test('a damaged table is refused and what to do is said', () => {
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(100),
    new Uint8Array([0x43, 0x48, 0x43, 0x32, 0, 0, 0, 9, 0]),
  ])
    expect(() => makeContinuation(bytes)).toThrow(expect.objectContaining({ code: 'model_damaged' }))
})

test('a table with one bit changed, or gone, or without its hash is refused by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'continuation-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const bytes = Uint8Array.of(0x43, 0x48, 0x43, 0x32, 0, 0, 0, 1, 0, 0, 0, 0)
  const refusal = (code: string) =>
    expect(() => readTable(folder)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringMatching(/(ngrams\.bin|SHA256SUMS) .*git checkout/),
      }),
    )
  refusal('model_missing')
  writeFileSync(join(folder, 'ngrams.bin'), bytes)
  refusal('model_missing')
  const sum = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(join(folder, 'SHA256SUMS'), `${sum}  ngrams.bin\n`)
  expect(readTable(folder)).toHaveLength(12)
  bytes[11] = 1
  writeFileSync(join(folder, 'ngrams.bin'), bytes)
  refusal('model_damaged')
})

test('explaining a file that cannot be read says so', () => {
  expect(() => explain('/no/such/file.txt')).toThrow(expect.objectContaining({ code: 'not_found' }))
})

test('explaining a file shows its pieces, joins, furniture and articles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explain-'))
  const file = join(folder, 'page.txt')
  writeFileSync(
    file,
    '2020-05-25\n\n大连港开通三条新航线\n\n大连港今年新开通三条集装箱航线，连接日本和韩国的主\n\n要港口。\n',
  )
  const report = explain(file)
  rmSync(folder, { recursive: true })
  for (const part of [
    'short, 1 line(s)',
    '日本和韩国的主 | 要港口。…',
    'date: 2020-05-25',
    '1. 大连港开通三条新航线',
    ' + ',
  ])
    expect(report).toContain(part)
})
