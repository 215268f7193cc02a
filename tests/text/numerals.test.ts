import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresOf, hanOf, numberOf } from '../../src/text/numerals.ts'

describe('a written number', () => {
  test.each([
    ['13', 13],
    ['十三', 13],
    ['三十', 30],
    ['一百零五', 105],
    ['三百二十', 320],
    ['两', 2],
    ['1,200', 1200],
    ['1.2万', 12_000],
    ['1亿2000万', 120_000_000],
    ['三千五百万', 35_000_000],
    ['许多', 0],
    ['', 0],
  ])('%s is %d', (written, number) => expect(numberOf(written)).toBe(number))

  test('is read as it was written, below a hundred', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), (n) => numberOf(hanOf(n)) === n))
  })

  test('of digits one behind the other is that of its figures', () => {
    expect(figuresOf('二〇一八')).toBe('2018')
    expect(figuresOf('二零一零')).toBe('2010')
  })
})
