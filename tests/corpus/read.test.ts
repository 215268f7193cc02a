import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { squeeze } from '../../src/core/ranges.ts'
import type { Corpus } from '../../src/core/types.ts'
import { readCorpus } from '../../src/corpus/read.ts'
import { encoded } from '../encoded.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), content)
}
const ARTICLE = '大连新增就业逾四万人\n\n今年以来，全市城镇新增就业逾四万人，登记失业率控制在较低水平。\n'
const messages = (corpus: Corpus): string => corpus.warnings.map((w) => `${w.file}: ${w.message}`).join('\n')
const names = (corpus: Corpus): string[] => corpus.files.map((file) => file.name)

test('a missing folder is an error that says what to do', async () => {
  await expect(readCorpus(join(folder, 'no'))).rejects.toMatchObject({
    code: 'corpus_missing',
    message: expect.stringContaining('CHUCHU_CORPUS'),
  })
  put('file.txt', ARTICLE)
  await expect(readCorpus(join(folder, 'file.txt'))).rejects.toMatchObject({ code: 'corpus_missing' })
})

test('reading ends between two files when it is told to', async () => {
  put('a.txt', ARTICLE)
  await expect(readCorpus(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
})

test('a folder without articles is an error that names what was left out', async () => {
  put('picture.txt', new Uint8Array([0x89, 0x50, 0, 1, 2, 3]))
  put('README.md', '# 说明')
  await expect(readCorpus(folder)).rejects.toMatchObject({
    code: 'corpus_empty',
    message: expect.stringContaining('picture.txt: is binary'),
  })
})

test('files come in byte order of their names, whatever the folders', async () => {
  for (const name of ['b/z.txt', 'a.txt', '中 文/“引”号.txt', 'B.txt', 'a/1.txt']) put(name, ARTICLE + name)
  expect(names(await readCorpus(folder))).toEqual([
    'B.txt',
    'a.txt',
    'a/1.txt',
    'b/z.txt',
    '中 文/“引”号.txt',
  ])
})

test('hidden files, notes about the corpus and other kinds of file are no articles', async () => {
  put('a.txt', ARTICLE)
  for (const name of ['.hidden.txt', '.git/x.txt', 'SOURCES.md', 'readme.txt', 'LICENSE', 'x/License.md'])
    put(name, '不是文章')
  put('b.pdf', '%PDF')
  put('c.pdf', '%PDF')
  const corpus = await readCorpus(folder)
  expect(names(corpus)).toEqual(['a.txt'])
  expect(messages(corpus)).toContain('*.pdf: 2 file(s) left out')
})

test('links, loops and pipes are passed over with a warning', async () => {
  put('a.txt', ARTICLE)
  symlinkSync(tmpdir(), join(folder, 'out'))
  symlinkSync(folder, join(folder, 'loop'))
  symlinkSync('/etc/hostname', join(folder, 'host.txt'))
  execFileSync('mkfifo', [join(folder, 'pipe.txt')])
  const corpus = await readCorpus(folder)
  expect(names(corpus)).toEqual(['a.txt'])
  for (const name of ['out', 'loop', 'host.txt', 'pipe.txt'])
    expect(messages(corpus)).toContain(`${name}: is`)
})

test('a second file of the same bytes is left out and the first is named', async () => {
  put('a.txt', ARTICLE)
  put('b.txt', ARTICLE)
  const corpus = await readCorpus(folder)
  expect(names(corpus)).toEqual(['a.txt'])
  expect(messages(corpus)).toContain('b.txt: holds the same bytes as a.txt')
})

test('a file that goes, or becomes a folder, while others are read is left out with why', async () => {
  for (const name of ['a.txt', 'b.txt', 'c.jsonl', 'd.jsonl', 'e.txt']) put(name, ARTICLE + name)
  let begun = false
  const onProgress = (): void => {
    if (begun) return
    begun = true
    for (const name of ['b.txt', 'c.jsonl', 'd.jsonl', 'e.txt']) rmSync(join(folder, name))
    for (const name of ['b.txt', 'c.jsonl']) mkdirSync(join(folder, name))
  }
  const corpus = await readCorpus(folder, { onProgress })
  expect(names(corpus)).toEqual(['a.txt'])
  for (const [name, code] of Object.entries({
    'b.txt': 'EISDIR',
    'c.jsonl': 'EISDIR',
    'd.jsonl': 'ENOENT',
    'e.txt': 'ENOENT',
  }))
    expect(messages(corpus)).toContain(`${name}: cannot be read (${code}); left out`)
})

test('a file in an encoding that is not read is left out, and its name and encoding are told', async () => {
  put('a.txt', ARTICLE)
  put(
    'b.txt',
    encoded(
      '昨日、市は新しい図書館を開館した。座席は三百八十席で、夜十時まで利用できるという。',
      'shift_jis',
    ),
  )
  const corpus = await readCorpus(folder)
  expect(names(corpus)).toEqual(['a.txt'])
  expect(messages(corpus)).toMatch(
    /^b\.txt: is in an encoding that is not known here.*Shift_JIS.*; left out$/,
  )
})

test('every article keeps its id when another file comes or goes', async () => {
  put('m.txt', ARTICLE)
  const before = (await readCorpus(folder)).articles.map((article) => article.id)
  put('a.txt', `${ARTICLE}另一篇。`)
  const after = (await readCorpus(folder)).articles.map((article) => article.id)
  expect(after).toEqual(expect.arrayContaining(before))
})

test('progress counts bytes and ends at the total', async () => {
  put('a.txt', ARTICLE)
  put('b.jsonl', '{"text":"一。"}\n')
  const seen: [number, number][] = []
  await readCorpus(folder, { onProgress: ({ done, total }) => seen.push([done, total]) })
  expect(seen.at(-1)?.[0]).toBe(seen.at(-1)?.[1])
})

describe('.jsonl', () => {
  test('lines of one id are numbered, also past one that has such a number, in time that grows with them', async () => {
    const line = (id: string) => `{"id":"${id}","text":"一。"}`
    put('same.jsonl', [line('0~3'), ...Array.from({ length: 20_000 }, () => line('0'))].join('\n'))
    const started = performance.now()
    const all = names(await readCorpus(folder))
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(all.slice(0, 4)).toEqual(['same.jsonl#0~3', 'same.jsonl#0', 'same.jsonl#0~2', 'same.jsonl#0~4'])
    expect(new Set(all).size).toBe(20_001)
  })

  test.each([
    ['utf-16le', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('of %s with its mark is read line by line as well', async (_, bytes) => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `{"id":"${i}","text":"第${i}句，上网。"}`)
    put('wide.jsonl', bytes(`${lines.join('\n')}\n`))
    const corpus = await readCorpus(folder)
    expect(messages(corpus)).toBe('')
    expect(corpus.files).toHaveLength(60_000)
    expect(corpus.files.at(-1)).toMatchObject({ name: 'wide.jsonl#59999', text: '第59999句，上网。' })
  })

  test('each good line is a file of its own; bad lines are named and the others go on', async () => {
    put(
      'news.jsonl',
      [
        '{"_id": 7, "title": "标题", "date": "2020年5月3日 08:00", "source": "新华社", "url": "javascript:alert(1)", "text": "一。\\r\\n\\r\\n　　二。"}',
        '{"id": "x", "text": 5}',
        'not json',
        '',
        '{"id": "7", "url": "https://example.org/a", "date": "soon", "text": "三。\\ud800"}',
        '{"text": "四。"}',
      ].join('\n'),
    )
    const corpus = await readCorpus(folder)
    expect(names(corpus)).toEqual(['news.jsonl#7', 'news.jsonl#7~2', 'news.jsonl#6'])
    expect(corpus.articles[0]).toMatchObject({
      title: '标题',
      titleRanges: [],
      date: '2020-05-03',
      source: '新华社',
      url: null,
      paragraphs: [[[0, 2]], [[8, 10]]],
    })
    expect(corpus.articles[1]).toMatchObject({ url: 'https://example.org/a', date: null })
    expect(corpus.files[1]?.text).toBe('三。\ufffd')
    expect(messages(corpus)).toContain('line 2 is not an article (text: has to be text)')
    expect(messages(corpus)).toContain('line 3 is not an article (not a JSON object)')
    expect(messages(corpus)).toContain('line 5 has an id that is taken')
  })

  test('a line with a date that is none is kept without it, which is said', async () => {
    put(
      'dated.jsonl',
      '{"id": "a", "date": "2020-13-45", "text": "一。"}\n{"id": "b", "text": "二。"}\n{"id": "c"}',
    )
    const corpus = await readCorpus(folder)
    expect(corpus.articles.map(({ date }) => date)).toEqual([null, null])
    expect(messages(corpus)).toContain('line 1 has a date that is none ("2020-13-45")')
    expect(messages(corpus)).not.toContain('line 2')
    expect(messages(corpus)).toContain('line 3 is not an article (text: is missing)')
  })

  test('GB18030 lines are read, and so is a line longer than a block', async () => {
    const long = `{"id":"long","text":"${'长'.repeat(600_000)}。"}\n`
    const gbk = Buffer.from([
      0x7b, 0x22, 0x74, 0x65, 0x78, 0x74, 0x22, 0x3a, 0x22, 0xb4, 0xf3, 0xc1, 0xac, 0xca, 0xd0, 0xb5, 0xc4,
      0x22, 0x7d,
    ])
    put('a.jsonl', Buffer.concat([Buffer.from(long), gbk]))
    const corpus = await readCorpus(folder)
    expect(corpus.files[0]?.text).toHaveLength(600_001)
    expect(corpus.files[1]).toMatchObject({ text: '大连市的', encoding: 'gb18030' })
  })
})

test('passages hold the body and nothing else', async () => {
  put('a.txt', ARTICLE)
  put('b.md', '# 题\n\n第一段有**重点**和[链接](http://x)。\n\n- 项\n')
  const corpus = await readCorpus(folder)
  for (const article of corpus.articles) {
    const text = corpus.files[article.file]?.text ?? ''
    const body = article.paragraphs
      .flat()
      .map(([a, b]) => text.slice(a, b))
      .join('')
    expect(squeeze(body)).not.toBe('')
    expect(corpus.passages.some((p) => corpus.articles[p.article] === article)).toBe(true)
  }
})
