import fc from 'fast-check'
import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { el, markupOf, textOf } from '../../web/html.ts'
import { askingAgain, fitsPast, type Past, parsePast, pastOf, withoutPast, withPast } from '../../web/past.ts'
import { piecesOf } from '../../web/pieces.ts'

describe('HTML that is made of text', () => {
  interface Node {
    readonly nodeName: string
    readonly value?: string
    readonly attrs?: readonly { readonly name: string; readonly value: string }[]
    readonly childNodes?: readonly Node[]
  }
  const all = (node: Node): readonly Node[] => [node, ...(node.childNodes ?? []).flatMap(all)]

  test('whatever the text is, it comes back as that text and makes no element of its own', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '<img src=x onerror=1>',
        '</p><script>',
        '"\'&amp;&#60;',
        '<!--',
        ']]>',
        '</blockquote>',
      ),
    )
    fc.assert(
      fc.property(text, text, (inside, attribute) => {
        const made = el('div', {}, el('p', { title: attribute }, inside), ['x', el('b', {}, inside)])
        const nodes = all(parse(markupOf(made)) as Node)
        const elements = nodes.map(({ nodeName }) => nodeName).filter((name) => /^[a-z]/.test(name))
        expect(elements).toEqual(['html', 'head', 'body', 'div', 'p', 'b'])
        const shown = nodes.filter(({ nodeName }) => nodeName === '#text').map(({ value }) => value)
        const plain = (one: string) => one.replace(/\r\n?/g, '\n').replaceAll('\0', '')
        expect(shown.join('')).toBe(plain(textOf(made)))
        expect(nodes.find(({ nodeName }) => nodeName === 'p')?.attrs?.[0]?.value).toBe(
          attribute.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd'),
        )
      }),
    )
  })
})

describe('where an article stands in its file', () => {
  const file = '题目\n甲甲\n\n别的\n乙乙\n丙丙\n作者\n'
  const article = (paragraphs: readonly (readonly (readonly [number, number])[])[]) => ({
    titleRanges: [[0, 2] as const],
    subtitleRanges: [],
    bylineRanges: [],
    paragraphs: paragraphs.map((ranges, i) => ({ n: i + 1, text: '', ranges })),
  })

  test('ranges with nothing but white space between them are one piece; lines count from one', () => {
    expect(piecesOf(article([[[3, 5]], [[10, 12]], [[13, 15]]]), file)).toEqual([
      { start: 0, end: 5, fromLine: 1, toLine: 2 },
      { start: 10, end: 15, fromLine: 5, toLine: 6 },
    ])
  })

  test('pieces come in the order of reading, whatever their order in the file', () => {
    expect(piecesOf(article([[[13, 15]], [[10, 12]]]), file).map(({ fromLine }) => fromLine)).toEqual([
      1, 6, 5,
    ])
  })

  test('every range lies in one piece, and no piece holds ink of another article', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(
        cuts,
        fc.string({ unit: fc.constantFrom('文', '\n', ' '), minLength: 41 }),
        (places, text) => {
          const sorted = [...places].sort((a, b) => a - b)
          const ranges = sorted.flatMap((start, i) => {
            const end = sorted[i + 1]
            return i % 2 === 0 && end !== undefined ? [[start, end] as const] : []
          })
          const pieces = piecesOf({ ...article(ranges.map((range) => [range])), titleRanges: [] }, text)
          for (const [start, end] of ranges)
            expect(pieces.filter((piece) => piece.start <= start && end <= piece.end)).toHaveLength(1)
          const inside = ranges.map(([start, end]) => text.slice(start, end)).join('')
          const shown = pieces.map(({ start, end }) => text.slice(start, end)).join('')
          expect(shown.replace(/\s/g, '')).toBe(inside.replace(/\s/g, ''))
        },
      ),
    )
  })
})

describe('the history', () => {
  const past = (question: string, change: Partial<Past> = {}): Past => ({
    ...pastOf(
      { question, from: '', to: '', source: '', history: [] },
      { answered: true, answer: null },
      '2024-01-02T03:04:05Z',
    ),
    ...change,
  })
  const of = (...all: readonly Past[]): readonly Past[] =>
    all.reduce<readonly Past[]>((kept, one) => withPast(kept, one), [])

  test('holds each question once, the latest first, and no more than five hundred', () => {
    const all = of(past('甲'), past('乙'), past('甲'), past('甲', { from: '2020-01-01' }))
    expect(all.map(({ question, from }) => question + from)).toEqual(['甲2020-01-01', '甲', '乙'])
    const many = of(...Array.from({ length: 510 }, (_, i) => past(`问${i}`)))
    expect(many).toHaveLength(500)
    expect(many[0]?.question).toBe('问509')
  })

  test('forgets one question and leaves the others', () => {
    const all = of(past('甲'), past('乙'))
    expect(withoutPast(all, past('甲', { at: '' })).map(({ question }) => question)).toEqual(['乙'])
  })

  test('asks a follow-up again as it was understood, since the questions before it are gone', () => {
    const asked = {
      question: '座位呢？',
      from: '',
      to: '2021-12-31',
      source: '',
      history: [{ question: '甲' }],
    }
    const done = { answered: true, answer: null }
    const one = pastOf(asked, { ...done, understoodAs: '图书馆座位有多少？' }, '')
    expect(askingAgain(one)).toMatchObject({ question: '图书馆座位有多少？', to: '2021-12-31' })
    expect(fitsPast(one, '图书馆')).toBe(true)
    const other = pastOf(asked, { ...done, understoodAs: '公园座位有多少？' }, '')
    expect(of(one, other)).toHaveLength(2)
    expect(parsePast(JSON.stringify([one]))).toEqual([one])
    const english = pastOf(
      { ...asked, question: 'How many?', history: [] },
      { ...done, understoodAs: '多少' },
      '',
    )
    expect(askingAgain(english).question).toBe('How many?')
  })

  test('is found by words of question, short answer, source and day', () => {
    const one = past('图书馆有多少册书？', { short: '318200册', source: 'Daily' })
    for (const find of ['', '图书馆 318200', 'daily', '2024-01-02']) expect(fitsPast(one, find)).toBe(true)
    expect(fitsPast(one, '图书馆 公园')).toBe(false)
  })

  test('comes back from where it was stored; what is not ours there is left out', () => {
    const all = of(past('甲'), past('乙', { short: '5个' }))
    expect(parsePast(JSON.stringify(all))).toEqual(all)
    for (const odd of [null, '', '{', 'null', '{}', '[1, null, {"question": 5}]'])
      expect(parsePast(odd)).toEqual([])
  })
})
