import { assert as holds, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EvalQuestion,
  figuresBy,
  figuresOf,
  hit,
  overlapF1,
  quantile,
  type Row,
  reliability,
} from '../../src/cli/eval-score.ts'
import type { Answer } from '../../src/core/types.ts'

const row = (
  question: object,
  answer: Partial<Answer> & { texts?: readonly string[]; file?: string } = {},
): Row => ({
  question: EvalQuestion.parse({ id: 1, question: '？', answers: [], ...question }),
  took_ms: 1,
  error: null,
  answer: {
    answered: (answer.texts ?? []).length > 0,
    confidence: 0.9,
    answer: null,
    ...answer,
    extracts: (answer.texts ?? []).map((text, i) => ({
      n: i + 1,
      text,
      citation: { file: answer.file ?? 'd/a.txt' },
    })),
  } as unknown as Answer, // what is not looked at is left out
})

describe('a hit', () => {
  const asked = { answers: ['57,256 户'], file: 'a.txt' }
  test('is an extract that holds an accepted answer, width, spaces and punctuation aside', () => {
    expect(hit(row(asked, { texts: ['新增５７２５６户。'] }), 1)).toBe(true)
    expect(hit(row(asked, { texts: ['新增57265户。'] }), 1)).toBe(false)
  })

  test('keeps the decimal point and the per cent sign', () => {
    expect(hit(row({ answers: ['9.6%'] }, { texts: ['占96%'] }), 1)).toBe(false)
    expect(hit(row({ answers: ['9.6%'] }, { texts: ['占9.6％'] }), 1)).toBe(true)
  })

  test('must stand in a file that supports it, when one is named', () => {
    expect(hit(row(asked, { texts: ['57256户'], file: 'x/b.txt' }), 1)).toBe(false)
    expect(hit(row({ ...asked, alt: [{ file: 'b.txt' }] }, { texts: ['57256户'], file: 'x/b.txt' }), 1)).toBe(
      true,
    )
    expect(hit(row({ answers: ['57256户'] }, { texts: ['57256户'], file: 'x/b.txt' }), 1)).toBe(true)
  })

  test('null in a question file is as if it were not there', () => {
    const question = {
      answers: ['甲'],
      file: null,
      alt: null,
      groups: null,
      note: null,
      turns: null,
      type: null,
      paraphrase: null,
    }
    expect(hit(row(question, { texts: ['甲'] }), 1)).toBe(true)
  })

  test('counts among the first k', () => {
    const given = row(asked, { texts: ['a', 'b', '57256户'] })
    expect([1, 2, 3].map((k) => hit(given, k))).toEqual([false, false, true])
  })

  test('needs every group where all are asked for', () => {
    const both = { answers: ['甲', '乙'], note: 'need=all' }
    expect(hit(row(both, { texts: ['甲在', '乙在'] }), 3)).toBe(true)
    expect(hit(row(both, { texts: ['甲在', '丙在'] }), 3)).toBe(false)
    expect(hit(row({ answers: ['甲'], groups: [['甲', '丙'], ['乙']] }, { texts: ['丙乙'] }), 1)).toBe(true)
  })
})

describe('F1', () => {
  test('is that of the longest common substring', () => {
    expect(overlapF1('新增57256户', '57256户')).toBeCloseTo((2 * 6) / (8 + 6), 6)
    expect(overlapF1('甲', '乙')).toBe(0)
    expect(overlapF1('', '乙')).toBe(0)
  })

  test('is 1 for itself, symmetric, and within 0 and 1', () => {
    holds(
      property(string({ unit: 'grapheme' }), string({ unit: 'grapheme' }), (a, b) => {
        const f1 = overlapF1(a, b)
        expect(f1).toBeCloseTo(overlapF1(b, a), 9)
        expect(f1).toBeGreaterThanOrEqual(0)
        expect(f1).toBeLessThanOrEqual(1)
        if (overlapF1(a, a) !== 0) expect(overlapF1(a, a)).toBe(1)
      }),
    )
  })
})

describe('the figures', () => {
  const rows = [
    row(
      { answers: ['甲'], type: 'who', paraphrase: 1 },
      { texts: ['甲'], answer: { text: '甲', extract: 1, start: 0, end: 1 } },
    ),
    row({ answers: ['甲'], type: 'who', paraphrase: 2 }, { texts: ['乙'], confidence: 0.9 }),
    row({ answers: ['甲'], type: 'when', paraphrase: 1 }),
    row({ answers: [], type: 'none' }),
    row({ answers: [], type: 'none' }, { texts: ['乙'], confidence: 0.55 }),
    { ...row({ answers: ['甲'] }), answer: null, error: '503' },
  ]

  test('are shares of what they say they are shares of', () => {
    expect(figuresOf(rows)).toEqual({
      questions: 6,
      errors: 1,
      right: 2 / 6,
      answered: 2 / 3,
      hit1: 1 / 3,
      hit3: 1 / 3,
      hit5: 1 / 3,
      exact: 1 / 3,
      f1: 1 / 3,
      refused: 1 / 2,
    })
  })

  test('of nothing are null', () => {
    expect(figuresOf([])).toMatchObject({ questions: 0, right: null, refused: null })
    expect(quantile([], 0.5)).toBeNull()
  })

  test('by type cover every question once', () => {
    const by = figuresBy(rows, ({ type }) => type ?? '-')
    expect(Object.keys(by)).toEqual(['-', 'none', 'when', 'who'])
    expect(Object.values(by).reduce((sum, { questions }) => sum + questions, 0)).toBe(rows.length)
  })

  test('reliability sets confidence against what was right', () => {
    const { bins, ece } = reliability(rows)
    expect(bins.map(({ from, answers, right }) => [from, answers, right])).toEqual([
      [0.5, 1, 0],
      [0.9, 2, 0.5],
    ])
    expect(ece).toBeCloseTo((0.55 + 2 * 0.4) / 3, 6)
  })

  test('quantiles', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3)
    expect(quantile([1, 2], 0.95)).toBe(2)
  })
})
