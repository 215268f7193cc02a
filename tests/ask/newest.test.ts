import { describe, expect, test } from 'vitest'
import { newestFirst } from '../../src/ask/newest.ts'
import type { Judged } from '../../src/ask/read/read.ts'

/** As much of what was read as is compared: the passage, its sentence and its score. */
const told = (passage: number, text: string, score: number): Judged =>
  ({
    view: { passage, text },
    choice: { start: 0, end: text.length, answer: null },
    possible: true,
    score,
  }) as unknown as Judged

describe('the same measure of several dates', () => {
  const judged = [
    told(0, '滨城港完成货物吞吐量5004万吨', 0.9),
    told(1, '滨城港完成货物吞吐量5213万吨', 0.8),
    told(2, '滨城港完成货物吞吐量5210万吨', 0.3),
    told(3, '滨城港完成货物吞吐量4807万吨', 0.1),
  ]
  const order = (dates: readonly string[]) =>
    newestFirst(judged, (passage) => dates[passage] ?? null).map(({ view }) => view.passage)

  test('comes newest first', () =>
    expect(order(['2020-03-04', '2021-03-05', '2022-03-05', '2019-03-06'])).toEqual([2, 1, 0, 3]))

  test('of one day stays in the order of how well it answers', () =>
    expect(order(['2020-03-04', '2021-03-05', '2021-03-05', '2021-03-05'])).toEqual([1, 2, 3, 0]))
})
