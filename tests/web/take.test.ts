import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Answer, Extract } from '../../src/core/types.ts'
import { checkExtract } from '../../web/check.ts'
import { gbtReference, htmlQuotation, plainQuotation } from '../../web/citation.ts'
import { fileName, markdown } from '../../web/export.ts'
import { fragmentUrl } from '../../web/fragment.ts'
import { zh } from '../../web/texts.zh.ts'

const FILE = '题目\n全市新增基站\n5399 个，\n明年再增。\n'
const BYTES = new TextEncoder().encode(FILE)

const extract: Extract = {
  n: 1,
  text: '全市新增基站5399个，明年再增。',
  score: 0.9,
  citation: {
    articleId: 'ab-1',
    title: '题<目>',
    date: '2020-05',
    byline: '本报记者 吕 丽',
    source: '大连日报',
    file: 'a "b".txt',
    fileId: 'ab',
    fileSha256: createHash('sha256').update(BYTES).digest('hex'),
    ranges: [
      [3, 17],
      [18, 23],
    ],
    paragraph: 2,
    url: '/articles/ab-1#p2',
  },
}
const LINK = 'http://127.0.0.1:8787/articles/ab-1#p2'

const check = (given: Extract, file = FILE) =>
  checkExtract(given, { text: file, bytes: new TextEncoder().encode(file) })

describe('checking an extract in the browser', () => {
  test('an extract that stands in its file is found so, range by range, with the hash of the file', async () => {
    const found = await check(extract)
    expect(found.verbatim).toBe(true)
    expect(found.ranges.map(({ text, equal }) => [text, equal])).toEqual([
      ['全市新增基站\n5399 个，', true],
      ['明年再增。', true],
    ])
    expect(found.sha256?.equal).toBe(true)
  })

  test('one altered digit, in the extract or in the file, is seen', async () => {
    expect((await check({ ...extract, text: extract.text.replace('5399', '5398') })).verbatim).toBe(false)
    const altered = await check(extract, FILE.replace('5399', '5398'))
    expect(altered.verbatim).toBe(false)
    expect(altered.ranges.map(({ equal }) => equal)).toEqual([false, true])
    expect(altered.sha256?.equal).toBe(false)
  })

  test('text beyond the ranges, and ranges beyond the text, are seen', async () => {
    expect((await check({ ...extract, text: `${extract.text}是` })).verbatim).toBe(false)
    expect((await check({ ...extract, text: extract.text.slice(0, -1) })).verbatim).toBe(false)
    expect((await check({ ...extract, citation: { ...extract.citation, ranges: [] } })).verbatim).toBe(false)
  })
})

describe('taking a quotation away', () => {
  test('the extract is untouched on its own line, what is known of its source below', () => {
    expect(plainQuotation(extract, LINK, zh.cite)).toBe(
      `全市新增基站5399个，明年再增。\n——《题<目>》，本报记者 吕 丽，大连日报，2020-05，a "b".txt，第 2 段\n${LINK}`,
    )
  })

  test('nothing of an article becomes HTML', () => {
    const html = htmlQuotation({ ...extract, text: '<img src=x onerror=alert(1)>&amp;' }, LINK, zh.cite)
    expect(html.match(/<\/?[a-z]+/g)).toEqual([
      '<blockquote',
      '<p',
      '</p',
      '</blockquote',
      '<p',
      '<cite',
      '</cite',
      '<a',
      '</a',
      '</p',
    ])
  })

  const bare = { ...extract.citation, source: null, byline: null, date: null }
  const online = 'https://chuchu.example/articles/ab-1#p2'

  test('a reference in the style of GB/T 7714 names the author without the office', () => {
    expect(gbtReference(extract.citation, online, zh.cite.untitled)).toBe(
      `吕丽. 题<目>[N/OL]. 大连日报, 2020-05. ${online}`,
    )
    expect(gbtReference(bare, online, '无题')).toBe(`题<目>[Z/OL]. a "b".txt. ${online}`)
  })

  test('a reference to an address that others cannot open names the file and its hash instead', () => {
    const copy = `a "b".txt, SHA-256 ${extract.citation.fileSha256.slice(0, 16)}`
    const places = ['127.0.0.1:8787', 'localhost', '[::1]:8787', '10.1.2.3', '172.16.0.9', '192.168.1.5']
    for (const host of [
      ...places,
      '[fd00::1]',
      '[fe80::1]',
      '169.254.1.1',
      'archive',
      'nas.local',
      'x.home.arpa',
    ]) {
      const link = `http://${host}/articles/ab-1#p2`
      expect(gbtReference(extract.citation, link, '无题')).toBe(`吕丽. 题<目>[N]. 大连日报, 2020-05. ${copy}`)
      expect(gbtReference(bare, link, '无题')).toBe(`题<目>[Z]. ${copy}`)
    }
    for (const host of ['172.32.0.1', '10.example', 'local.example', '[2001:db8::1]', '8.8.8.8'])
      expect(gbtReference(bare, `http://${host}/a`, '无题')).toContain(host)
  })
})

const answer: Answer = {
  id: 'id-1',
  question: '新增*多少*？',
  answered: true,
  reason: null,
  confidence: 0.9,
  answer: { text: '5399个', extract: 1, start: 6, end: 11 },
  extracts: [extract],
  nearest: [],
  timings: { total: 1, embed: 0, search: 0, read: 0 },
  index: { generation: 'g1', articles: 1, passages: 1, model: 'm' },
}
const words = {
  ...zh.cite,
  refused: () => '没有找到',
  remarks: () => ['理解为：*此*'],
  nearest: '最接近',
  promise: zh.promise,
  exported: zh.exported,
}

describe('an answer as Markdown', () => {
  test('it holds question, short answer, quotation, ranges, link and hash, and no sign of theirs is markup', () => {
    const text = markdown(answer, words, () => LINK)
    expect(text).toContain('# 新增\\*多少\\*？')
    expect(text).toContain('**5399个** [1]')
    expect(text).toContain('理解为：\\*此\\*')
    expect(text).toContain('> 全市新增基站5399个，明年再增。')
    expect(text).toContain('位置 [3, 17) [18, 23)')
    expect(text).toContain(`<${LINK}>`)
    expect(text).toContain(`原文件的 SHA-256 ${extract.citation.fileSha256}`)
    expect(text).toContain(`${zh.promise}  \n索引 g1  \n回答 id-1\n`)
    expect(text).toContain('《题\\<目\\>》')
  })

  test('a refusal says so before what is nearest', () => {
    const text = markdown(
      { ...answer, answered: false, answer: null, extracts: [], nearest: [extract] },
      words,
      () => LINK,
    )
    expect(text.indexOf('没有找到')).toBeGreaterThan(0)
    expect(text.indexOf('没有找到')).toBeLessThan(text.indexOf('> 全市'))
    expect(text).not.toContain('**5399个**')
  })

  test('any question makes a file name that every system takes', () => {
    expect(fileName('a/b\\c:d*e?"<>|\u0000\u202e今年？', 'md')).toBe('a b c d e 今年.md')
    expect(fileName('？？', 'json')).toBe('chuchu.json')
  })
})

describe('the way to where an article was first published', () => {
  const at = 'https://news.example/a?b=1'

  test('names a short quotation whole and a long one by its ends, whatever signs it holds', () => {
    expect(decodeURIComponent(fragmentUrl(at, '增5-6个, 是') ?? '')).toBe(`${at}#:~:text=增5-6个, 是`)
    expect(fragmentUrl(at, '增5-6个, 是')).toContain('5%2D6%E4%B8%AA%2C%20')
    const long = `开头十二个字，就在这里了${'中'.repeat(30)}结尾十二个字，也在这里了`
    expect(decodeURIComponent(fragmentUrl(at, long) ?? '')).toBe(
      `${at}#:~:text=${long.slice(0, 12)},${long.slice(-12)}`,
    )
    expect(fragmentUrl(`${at}#part`, '字')).toContain('#part:~:text=')
  })

  test('leads to http and https alone', () => {
    for (const odd of ['', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '//x'])
      expect(fragmentUrl(odd, '字')).toBeNull()
    expect(fragmentUrl(at, '\ud800')).toContain('%EF%BF%BD')
    expect(fragmentUrl(at, ' ')).toBe(at)
  })
})
