import { describe, expect, test } from 'vitest'
import { dayOf } from '../../web/day.ts'

describe('a day as it is typed', () => {
  test.each([
    '2020-05-01',
    '2020-5-1',
    '2020/5/1',
    '2020.05.01',
    '2020年5月1日',
    '20200501',
    ' ２０２０-05-01 ',
  ])('%s is the first of May 2020', (typed) => expect(dayOf(typed)).toBe('2020-05-01'))

  test.each([
    '2020',
    '2020-05',
    '05/01/2020',
    '1-5-2020',
    '2021-02-29',
    '2020-13-01',
    '2020-00-10',
    '五月一日',
    '2020-05-01x',
  ])('%s is none', (typed) => expect(dayOf(typed)).toBeNull())

  test('none at all limits nothing', () => expect(dayOf(' ')).toBe(''))
})
