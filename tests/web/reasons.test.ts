import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCorpus } from '../../src/corpus/read.ts'
import { reasonIn } from '../../web/reasons.ts'
import { en } from '../../web/texts.en.ts'
import { hant } from '../../web/texts.hant.ts'
import { zh } from '../../web/texts.zh.ts'

const NEWS = '大连市今年上半年生产总值增长，记者从市政府了解到，企业复工复产的情况很好。'
const GBK = Buffer.from('b1becad0c6f3d2b5b5c4c7e9bff6badcbac3', 'hex')

/** A file for each thing that the reader of the corpus complains of. */
const writeTroubles = (folder: string): void => {
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  put('a.txt', NEWS)
  put('b.txt', NEWS)
  put('binary.txt', Uint8Array.of(0x41, 0, 0x42))
  put('controls.txt', '\u0001\u0002\u0003'.repeat(20))
  put('deep.md', `${'>'.repeat(3000)} 深`)
  put('empty.txt', '')
  put('mixed.txt', Buffer.concat([Buffer.from(`${NEWS}\n`.repeat(9)), GBK]))
  put('rare.txt', Buffer.from('f8a1f8a2f8a3f8a4', 'hex'))
  put('scan.pdf', 'x')
  put('undecodable.txt', Uint8Array.of(0xff, 0xff, 0x80, 0xff))
  put('lines.jsonl', `{"id":"x","text":"${NEWS}"}\n{"id":"x","text":"另一篇"}\n${'{}\n'.repeat(30)}`)
  put('large.md', '')
  truncateSync(join(folder, 'large.md'), 17 * 2 ** 20)
  symlinkSync(join(folder, 'a.txt'), join(folder, 'link.txt'))
}

test('whatever the reader of the corpus says of a file, the page says in Chinese', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-reasons-'))
  writeTroubles(folder)
  const { warnings } = await readCorpus(folder)
  rmSync(folder, { recursive: true })
  const reasons = warnings.map(({ file, message }) => ({
    file,
    message,
    zh: reasonIn(message, zh.index.reasons),
  }))
  expect(new Set(reasons.map(({ file }) => file)).size).toBeGreaterThanOrEqual(11)
  for (const { message, zh: said } of reasons) {
    expect(said, message).toMatch(/\p{Script=Han}/u)
    expect(said).not.toMatch(/%\d|left out/)
    expect(reasonIn(message, hant.index.reasons)).toMatch(/\p{Script=Han}/u)
    expect(reasonIn(message, en.index.reasons)).toBe(message)
  }
  const of = (file: string) => reasons.filter((each) => each.file === file).map(({ zh: said }) => said)
  expect(of('b.txt')).toEqual(['和 a.txt 完全相同，没有收入'])
  expect(of('lines.jsonl')[0]).toBe('第 2 行：编号和别的行重复，改称 "x~2"')
})

test('a name is shown as it is, and what has no words of ours in the words of the server', () => {
  expect(reasonIn('holds the same bytes as $& %2.txt; left out', zh.index.reasons)).toBe(
    '和 $& %2.txt 完全相同，没有收入',
  )
  expect(reasonIn('is made of cheese', zh.index.reasons)).toBe('is made of cheese')
})
