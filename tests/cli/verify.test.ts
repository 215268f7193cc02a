import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, constantFrom, assert as holds, integer, nat, property, tuple } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'

/*
 * Answers are made here by hand, from files written here: neither side of the check comes from the pipeline.
 */

const folder = mkdtempSync(join(tmpdir(), 'chuchu-verify-'))
const corpus = join(folder, 'corpus')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TEXT = `前言。\n  今年新增市场主体57256户，\n网办率96.32%，“一件事”改革。\n图注：码头\n获批全省试点城市。\u3000完\n`
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

interface Cited {
  readonly text: string
  readonly ranges: readonly (readonly [number, number])[]
  readonly file?: string
  readonly sha256?: string
  readonly fileId?: string
}

const extract = ({ text, ranges, file = 'a.txt', ...given }: Cited, n = 1) => ({
  n,
  text,
  score: 0.9,
  citation: {
    articleId: 'x-1',
    title: null,
    file,
    fileId: given.fileId ?? sha256(file).slice(0, 16),
    fileSha256: given.sha256 ?? sha256(TEXT),
    ranges,
    paragraph: 1,
    url: '/articles/x-1#p1',
  },
})

const answer = (cited: Cited, more: object = {}) => ({ question: '？', extracts: [extract(cited)], ...more })
const faultsOf = (value: unknown): readonly string[] =>
  verify(JSON.stringify(value), corpus).faults.map(({ where, what }) => `${where}: ${what}`)

const START = TEXT.indexOf('今年')
const END = TEXT.indexOf('图注')
const SECOND = TEXT.indexOf('获批')
const GOOD: Cited = { text: '今年新增市场主体57256户，网办率96.32%，“一件事”改革。', ranges: [[START, END]] }

beforeAll(() => {
  mkdirSync(join(corpus, '子'), { recursive: true })
  writeFileSync(join(corpus, 'a.txt'), TEXT)
  writeFileSync(join(corpus, '子', 'u16.txt'), Buffer.from(`\ufeff${TEXT}`, 'utf16le'))
  writeFileSync(join(corpus, 'mark.txt'), `\ufeff${TEXT}`)
  writeFileSync(join(folder, 'outside.txt'), TEXT)
  symlinkSync(join(folder, 'outside.txt'), join(corpus, 'link.txt'))
})

describe('a right answer', () => {
  test('has no faults, alone, in an array and as hits', () => {
    expect(faultsOf(answer(GOOD))).toEqual([])
    expect(verify(JSON.stringify([answer(GOOD), answer(GOOD)]), corpus)).toEqual({
      answers: 2,
      extracts: 2,
      faults: [],
    })
    expect(faultsOf({ hits: [extract(GOOD)] })).toEqual([])
    expect(faultsOf({ extracts: [], nearest: [extract(GOOD)], answer: null })).toEqual([])
  })

  test('may leave out a stretch, and read columns in any order', () => {
    const ranges: [number, number][] = [
      [START, END],
      [SECOND, TEXT.length],
    ]
    expect(faultsOf(answer({ text: `${GOOD.text} 获批全省试点城市。完`, ranges }))).toEqual([])
    expect(
      faultsOf(answer({ text: `获批全省试点城市。完${GOOD.text}`, ranges: [...ranges].reverse() })),
    ).toEqual([])
  })

  test('may come from UTF-16 and from a file with a byte order mark, which ranges do not count', () => {
    const u16 = { ...GOOD, file: '子/u16.txt', sha256: sha256(Buffer.from(`\ufeff${TEXT}`, 'utf16le')) }
    const mark = { ...GOOD, file: 'mark.txt', sha256: sha256(`\ufeff${TEXT}`) }
    expect(faultsOf(answer(u16))).toEqual([])
    expect(faultsOf(answer(mark))).toEqual([])
  })

  test.each([
    ['gb18030', [0xb4, 0xf3, 0xc1, 0xac, 0xca, 0xd0], '大连市'],
    ['big5', [0xa4, 0x6a, 0xb3, 0x73, 0xa5, 0xab], '大連市'],
  ])('may come from %s', (name, bytes, text) => {
    writeFileSync(join(corpus, `${name}.txt`), Buffer.from(bytes))
    const cited = { text, ranges: [[0, 3]] as const, file: `${name}.txt`, sha256: sha256(Buffer.from(bytes)) }
    expect(faultsOf(answer(cited))).toEqual([])
  })

  test('may come from a line of a .jsonl, by id, by number, and by a repeated id', () => {
    const lines = [
      { id: 'a#1', text: '甲乙丙' },
      { _id: 7, text: '丁戊己' },
      { text: '庚辛壬' },
      { id: 'a#1', text: '子丑寅' },
    ]
    writeFileSync(join(corpus, 'l.jsonl'), lines.map((line) => JSON.stringify(line)).join('\r\n'))
    const cases = [
      ['a#1', '甲乙丙'],
      ['7', '丁戊己'],
      ['3', '庚辛壬'],
      ['a#1~2', '子丑寅'],
    ] as const
    for (const [id, text] of cases) {
      const cited = {
        text: text.slice(1),
        ranges: [[1, 3]] as const,
        file: `l.jsonl#${id}`,
        sha256: sha256(text),
      }
      expect(faultsOf(answer(cited)), id).toEqual([])
    }
    const none = { text: '甲', ranges: [[0, 1]] as const, file: 'l.jsonl#none', sha256: sha256('甲') }
    expect(faultsOf(answer(none))[0]).toContain('no line of id "none"')
  })
})

describe('the law, as a property', () => {
  const places = nat(GOOD.text.length - 1)
  const change = (at: number, to: string): string => GOOD.text.slice(0, at) + to + GOOD.text.slice(at + 1)

  test('any character changed is found, with its place', () => {
    holds(
      property(places, constantFrom('0', '9', '五', '"', '”', '％', '。', '.', 'a', '\u200b'), (at, to) => {
        const was = GOOD.text.charAt(at)
        const faults = faultsOf(answer({ ...GOOD, text: change(at, to) }))
        if (was === to) expect(faults).toEqual([])
        else expect(faults[0]).toMatch(/^extracts\[1\]: (character \d+|the file goes on)/)
      }),
      { numRuns: 500 },
    )
  })

  test('any character left out or put in is found', () => {
    holds(
      property(places, (at) => {
        expect(faultsOf(answer({ ...GOOD, text: change(at, '') }))).toHaveLength(1)
        expect(faultsOf(answer({ ...GOOD, text: change(at, `${GOOD.text.charAt(at)}之`) }))).toHaveLength(1)
      }),
    )
  })

  test('white space, and nothing else, may differ', () => {
    holds(
      property(places, constantFrom(' ', '\n', '\u3000', '\u00a0', '\t', '\r\n'), (at, space) => {
        expect(faultsOf(answer({ ...GOOD, text: change(at, GOOD.text.charAt(at) + space) }))).toEqual([])
      }),
    )
  })

  test('any range moved over a character is found', () => {
    holds(
      property(tuple(integer({ min: -3, max: 3 }), integer({ min: -3, max: 3 })), ([by, and]) => {
        const moved: [number, number] = [START + by, END + and]
        const same = TEXT.slice(...moved).replace(/\s/g, '') === TEXT.slice(START, END).replace(/\s/g, '')
        expect(faultsOf(answer({ ...GOOD, ranges: [moved] })).length).toBe(same ? 0 : 1)
      }),
    )
  })

  test('cut into any ranges in order it still holds; shuffled it does not', () => {
    holds(
      property(array(nat(END - START), { maxLength: 6 }), (cuts) => {
        const places = [...new Set([0, ...cuts, END - START])].sort((a, b) => a - b).map((at) => at + START)
        const ranges = places.slice(1).map((end, i): [number, number] => [places[i] ?? 0, end])
        expect(faultsOf(answer({ ...GOOD, ranges }))).toEqual([])
        const text = ranges.map(([start, end]) => TEXT.slice(start, end).replace(/\s/g, ''))
        const other = [...ranges].reverse()
        if ([...text].reverse().join('') !== text.join(''))
          expect(faultsOf(answer({ ...GOOD, ranges: other }))).toHaveLength(1)
      }),
    )
  })
})

describe('a wrong answer is told', () => {
  test.each([
    ['a changed file', { ...GOOD, sha256: sha256('other') }, 'the file has changed'],
    ['a file there is not', { ...GOOD, file: 'none.txt' }, 'no such file'],
    ['a file outside', { ...GOOD, file: '../outside.txt' }, 'not inside'],
    ['a link that leads outside', { ...GOOD, file: 'link.txt' }, 'leads out of'],
    ['an absolute path', { ...GOOD, file: '/etc/passwd' }, 'no such file'],
    ['a wrong fileId', { ...GOOD, fileId: '0123456789abcdef' }, 'fileId'],
    ['a range beyond the end', { ...GOOD, ranges: [[START, 9999]] }, 'beyond the end'],
    ['an empty range', { ...GOOD, ranges: [[START, START]] }, 'is not a range'],
    ['a backward range', { ...GOOD, ranges: [[END, START]] }, 'is not a range'],
    ['a negative range', { ...GOOD, ranges: [[-1, END]] }, 'is not a range'],
    ['a broken range', { ...GOOD, ranges: [[0.5, END]] }, 'is not a range'],
    [
      'overlapping ranges',
      {
        ...GOOD,
        ranges: [
          [START, END],
          [END - 2, END + 2],
        ],
      },
      'overlap',
    ],
  ] as [string, Cited, string][])('%s', (_, cited, what) => {
    const faults = faultsOf(answer(cited))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(what)
  })

  test('a short answer that is no slice of its extract', () => {
    const spans = [
      { text: '57256户', extract: 1, start: 8, end: 14 },
      { text: '57257户', extract: 1, start: 8, end: 14 },
      { text: '57256户', extract: 1, start: 9, end: 15 },
      { text: '57256户', extract: 2, start: 8, end: 14 },
      { text: '', extract: 1, start: 8, end: 8 },
      { text: 'x', extract: 1, start: 8, end: 999 },
    ]
    const counts = spans.map((span) => faultsOf(answer(GOOD, { answer: span })).length)
    expect(counts).toEqual([0, 1, 1, 1, 1, 1])
  })

  test('a number that is not the place of its extract', () => {
    expect(faultsOf({ extracts: [extract(GOOD, 2)] })[0]).toContain('numbered 2')
  })

  test('which of many, and in which answer', () => {
    const wrong = extract({ ...GOOD, text: GOOD.text.replace('57256', '57265') }, 2)
    const report = verify(JSON.stringify([answer(GOOD), { extracts: [extract(GOOD), wrong] }]), corpus)
    expect(report.faults).toEqual([
      {
        answer: 2,
        where: 'extracts[2]',
        file: 'a.txt',
        what: expect.stringContaining('character 12 is "6", the file has "5"'),
      },
    ])
  })
})

test.each(['', '{', '[]x', '7', 'null', '{}', '{"extracts":[{}]}', '[{"question":"x"}]'])(
  '%j is no answer',
  (json) => {
    expect(() => verify(json, corpus)).toThrow()
  },
)
