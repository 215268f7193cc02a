import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Range, render, squeeze } from '../../src/core/ranges.ts'
import type { Parsed } from '../../src/corpus/draft.ts'
import { parseHtml } from '../../src/corpus/formats/html.ts'
import { parseMarkdown } from '../../src/corpus/formats/markdown.ts'
import { isoDate } from '../../src/text/dates.ts'

const first = (parsed: Parsed) => {
  const [draft] = parsed.drafts
  if (!draft) throw new Error('no article')
  return draft
}
const paragraphs = (text: string, parsed: Parsed): string[] =>
  first(parsed).paragraphs.map((ranges) => render(text, ranges).text)
const md = (text: string): string[] => paragraphs(text, parseMarkdown(text))
const html = (text: string): string[] => paragraphs(text, parseHtml(text))

/** The law of every format: ranges in order, inside the file, none twice. */
const expectLawful = (text: string, parsed: Parsed): void => {
  const ranges = first(parsed)
    .paragraphs.flat()
    .concat(first(parsed).title?.ranges ?? [])
  const sorted = ranges.toSorted((a, b) => a[0] - b[0])
  sorted.forEach(([start, end], index) => {
    expect(start).toBeLessThan(end)
    expect(end).toBeLessThanOrEqual(text.length)
    expect(start).toBeGreaterThanOrEqual(sorted[index - 1]?.[1] ?? 0)
  })
}

describe('Markdown', () => {
  test('the first # heading is the title, front matter gives the rest', () => {
    const text =
      '---\ntitle: "前言"\ndate: 2020-05-12\nauthor: 吕丽\nsource: 新华社\n---\n\n# 大标题\n\n正文。\n'
    expect(first(parseMarkdown(text))).toMatchObject({
      title: { text: '前言' },
      date: '2020-05-12',
      byline: { text: '吕丽' },
      source: '新华社',
    })
    const plain = '# **大**标题\n\n正文。\n'
    expect(first(parseMarkdown(plain)).title).toEqual({
      text: '大标题',
      ranges: [
        [4, 5],
        [7, 9],
      ],
    })
    expect(md(plain)).toEqual(['正文。'])
  })

  test('markup is left out and every word is kept', () => {
    expect(md('前**重点**和[链接](http://x.y "t")与`代码`，![图](a.png)完。')).toEqual([
      '前重点和链接与代码，完。',
    ])
    expect(md('第一行\n第二行  \n第三行')).toEqual(['第一行第二行第三行'])
    expect(md('不\\*是\\*强调 &amp; 1&nbsp;月')).toEqual(['不*是*强调&amp; 1月'])
  })

  test('lists, quotations, tables, code and HTML are paragraphs', () => {
    expect(md('- 一\n- 二\n  - 三\n\n1. 四')).toEqual(['一', '二', '三', '四'])
    expect(md('> 引文第一行\n> 第二行\n>> 里面')).toEqual(['引文第一行第二行', '里面'])
    expect(md('|甲|乙|\n|-|-|\n|12|34|\n||56|')).toEqual(['甲|乙', '12|34', '56'])
    expect(md('```js\nlet a = 1\n\nb\n```')).toEqual(['let a = 1', 'b'])
    expect(md('<div>\n<p>块</p>\n</div>\n\n后')).toEqual(['块', '后'])
  })

  test('deep nesting is read as plain lines, with a warning, and fast', () => {
    for (const deep of ['>'.repeat(50_000), '- '.repeat(20_000), '['.repeat(50_000)]) {
      const from = performance.now()
      expect(parseMarkdown(`${deep}字`).warnings).toHaveLength(1)
      expect(performance.now() - from).toBeLessThan(1000)
    }
  })

  test('whatever stands in it, ranges are lawful', () => {
    const part = constantFrom(
      '# ',
      '**',
      '字',
      '[',
      '](u)',
      '`',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '|',
      '|-|\n',
      '<b>',
      '&amp;',
      '\\',
      '1. ',
    )
    assert(
      property(array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('')
        expectLawful(text, parseMarkdown(text))
      }),
    )
  })
})

describe('HTML', () => {
  const PAGE = `<!doctype html><html><head><title>大连 - 某网</title>
<meta property="og:title" content="大连"><meta name="author" content="吕丽"><meta name="pubdate" content="2020-05-12 08:00">
<style>p{}</style></head><body><nav>首页</nav><h1>大连&nbsp;<b>新闻</b></h1>
<p>第一段&nbsp;有<b>重点</b>。</p><script>var a="<p>"</script><div>第二段<br>第三段<ul><li>甲<li>乙</ul></div>
<table><tr><td>12</td><td>34</td></tr><tr><td>增长</td><td>5%</td></tr></table><aside>广告</aside><footer>版权</footer></body></html>`

  test('title, byline and date come from the page, words from its body', () => {
    expect(first(parseHtml(PAGE))).toMatchObject({
      title: { text: '大连新闻' },
      byline: { text: '吕丽' },
      date: '2020-05-12',
    })
    expect(html(PAGE)).toEqual(['第一段有重点。', '第二段', '第三段', '甲', '乙', '12', '34', '增长5%'])
  })

  test('without a heading the title is a field of the head', () => {
    const text = '<title>大连 要闻</title><p>文。</p>'
    expect(first(parseHtml(text)).title).toEqual({ text: '大连要闻', ranges: [[7, 12]] })
  })

  test('entities stay as they stand, but white space never makes two figures one', () => {
    expect(html('<p>3 &lt; 5&nbsp;&nbsp;年</p>')).toEqual(['3 &lt; 5年'])
    expect(html('<p>12&nbsp;34</p>')).toEqual(['12&nbsp;34'])
    expect(html('<p>ab <b>cd</b></p>')).toEqual(['ab cd'])
  })

  test('CRLF, unclosed and misplaced tags lose nothing', () => {
    expect(html('<body><form><p>正文</p><select><option>选</select><button>搜</button></form>')).toEqual([
      '正文',
    ])
    expect(html('<p>一\r\n<p>二</div></b>三<nav>菜单</nav>四')).toEqual(['一', '二', '三', '四'])
    expect(html('<div><nav>菜单</div>正文')).toEqual(['正文'])
    expect(html('<table>散<tr><td>格</td></tr>落</table>')).toEqual(['散', '格', '落'])
  })

  test('200,000 open elements are read in time that grows with their number', () => {
    for (const tag of ['div', 'p', 'b', 'table', 'nav']) {
      const from = performance.now()
      parseHtml(`${`<${tag}>`.repeat(200_000)}字${`</x></${tag}>`.repeat(1000)}`)
      expect(performance.now() - from).toBeLessThan(3000)
    }
  })

  test('whatever stands in it, ranges are lawful and hold no tag', () => {
    const part = constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '字',
      ' ',
      '&nbsp;',
      '&amp;',
      '<table>',
      '<td>',
      '<script>',
      '</script>',
      '<h1>',
      '</h1>',
      '<title>',
      '</title>',
      '<!--',
      '-->',
      '\r\n',
      '12',
    )
    assert(
      property(array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('')
        const parsed = parseHtml(text)
        expectLawful(text, parsed)
        const tags = /<\/?(?:p|b|td|table|h1)>/
        for (const ranges of first(parsed).paragraphs as readonly (readonly Range[])[])
          expect(squeeze(render(text, ranges).text)).not.toMatch(tags)
      }),
    )
  })
})

test('dates are normalised when they are dates', () => {
  const cases: [string, string | null][] = [
    ['2020-05-12', '2020-05-12'],
    ['2020/5/2 08:00', '2020-05-02'],
    ['2020年5月12日', '2020-05-12'],
    ['2020年5月', '2020-05'],
    ['2020', '2020'],
    ['20200512', '2020-05-12'],
    ['2020-05-12T08:00:00+08:00', '2020-05-12'],
    ['2020-02-30', null],
    ['2020-13-01', null],
    ['5月12日', null],
    ['昨天', null],
    ['', null],
  ]
  for (const [given, wanted] of cases) expect([given, isoDate(given)]).toEqual([given, wanted])
})
