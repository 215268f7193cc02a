import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkGraph,
  EXACT_LIMIT,
  type Matrix,
  makeVectors,
  readGraph,
  writeGraph,
} from '../../src/index/vectors.ts'
import { temporary } from './temporary.ts'

/** Mulberry32: the same on every machine. */
const randomMatrix = (rows: number, dim: number, seed = 12345): Matrix => {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 - 0.5
  }
  const values = Float32Array.from({ length: rows * dim }, next)
  for (let row = 0; row < rows; row++) {
    const vector = values.subarray(row * dim, (row + 1) * dim)
    const length = Math.hypot(...vector)
    for (const [i, value] of vector.entries()) vector[i] = value / length
  }
  return { rows, dim, values }
}

const open = async (matrix: Matrix) => {
  const path = join(temporary(), 'graph')
  await writeGraph(path, matrix, async () => undefined)
  const sentences = { dim: matrix.dim, starts: new Uint32Array(matrix.rows + 1), values: new Int8Array(0) }
  return makeVectors(matrix, readGraph(path, matrix.dim, matrix.rows), sentences)
}

const rowOf = ({ values, dim }: Matrix, row: number): Float32Array => values.slice(row * dim, (row + 1) * dim)

const cosine = (matrix: Matrix, vector: Float32Array, row: number): number =>
  rowOf(matrix, row).reduce((sum, x, i) => sum + x * (vector[i] ?? 0), 0)

const naive = (matrix: Matrix, vector: Float32Array, allow: (row: number) => boolean): number[] =>
  Array.from({ length: matrix.rows }, (_, row) => row)
    .filter(allow)
    .map((row) => ({ row, score: cosine(matrix, vector, row) }))
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .map(({ row }) => row)

/** The same rows in the same order, but for rows whose cosines differ by less than float32 tells apart. */
const expectSameOrder = (matrix: Matrix, vector: Float32Array, found: number[], expected: number[]): void => {
  expect(new Set(found).size).toBe(expected.length)
  for (const [i, row] of found.entries())
    expect(cosine(matrix, vector, row)).toBeCloseTo(cosine(matrix, vector, expected[i] ?? -1), 5)
}

describe('few vectors', async () => {
  const matrix = randomMatrix(200, 7)

  test('are all compared: the order is that of the cosines', async () => {
    const vectors = await open(matrix)
    fc.assert(
      fc.property(fc.nat(199), fc.integer({ min: 1, max: 300 }), fc.array(fc.boolean()), (row, top, bits) => {
        const question = rowOf(matrix, row)
        const allow = Uint8Array.from({ length: 200 }, (_, i) => (bits[i % (bits.length || 1)] ? 1 : 0))
        const near = (admitted?: Uint8Array): number[] =>
          vectors.nearest(question, top, admitted).map(({ passage }) => passage)
        const all = naive(matrix, question, () => true)
        expectSameOrder(matrix, question, near(), all.slice(0, top))
        expect(near(allow).every((row) => allow[row] === 1)).toBe(true)
        const admitted = all.filter((row) => allow[row] === 1)
        expectSameOrder(matrix, question, near(allow), admitted.slice(0, top))
      }),
      { numRuns: 30 },
    )
  })

  test('give the cosines of any passages, and 0 for one that is not there', async () => {
    const vectors = await open(matrix)
    const cosines = vectors.cosine(rowOf(matrix, 3), [3, 4, 200, -1])
    expect(cosines[0]).toBeCloseTo(1, 5)
    expect([...cosines.subarray(2)]).toEqual([0, 0])
    const [best] = vectors.nearest(rowOf(matrix, 3), 1)
    expect(best).toEqual({ passage: 3, score: cosines[0] })
  })

  test('refuse a vector of another length or one that is not finite, rather than take the process down', async () => {
    const vectors = await open(matrix)
    for (const bad of [new Float32Array(6), new Float32Array(7).fill(Number.NaN), new Float32Array(0)]) {
      expect(() => vectors.nearest(bad, 3)).toThrow(expect.objectContaining({ code: 'index_mismatch' }))
      expect(() => vectors.cosine(bad, [0])).toThrow(expect.objectContaining({ code: 'index_mismatch' }))
    }
  })

  test('none or one of them is no special case', async () => {
    const none = await open({ rows: 0, dim: 3, values: new Float32Array(0) })
    expect(none.nearest(Float32Array.of(1, 0, 0), 5)).toEqual([])
    const one = await open({ rows: 1, dim: 3, values: Float32Array.of(0, 1, 0) })
    expect(one.nearest(Float32Array.of(0, 1, 0), 5)).toEqual([{ passage: 0, score: 1 }])
    for (const top of [0, -3, Number.NaN]) expect(one.nearest(Float32Array.of(0, 1, 0), top)).toEqual([])
  })
})

describe('many vectors', async () => {
  // random directions in 32 dimensions are harder to tell apart than any text
  const matrix = randomMatrix(EXACT_LIMIT + 1000, 32)

  test('go through the graph, which finds at least 95 of 100 of the true ten, filtered or not', async () => {
    const vectors = await open(matrix)
    const allow = Uint8Array.from({ length: matrix.rows }, (_, i) => (i % 10 === 0 ? 0 : 1))
    let [found, filtered, all] = [0, 0, 0]
    const questions = randomMatrix(40, 32, 99)
    for (let row = 0; row < 40; row++) {
      const question = rowOf(questions, row)
      const near = new Set(vectors.nearest(question, 10).map(({ passage }) => passage))
      const some = vectors.nearest(question, 10, allow).map(({ passage }) => passage)
      expect(some.every((passage) => allow[passage] === 1)).toBe(true)
      const truth = naive(matrix, question, () => true)
      const allowed = new Set(truth.filter((i) => allow[i] === 1).slice(0, 10))
      found += truth.slice(0, 10).filter((i) => near.has(i)).length
      filtered += some.filter((i) => allowed.has(i)).length
      all += 10
    }
    expect(found / all).toBeGreaterThan(0.95)
    expect(filtered / all).toBeGreaterThan(0.95)
    // as many as there are, when more are asked for than there are
    expect(vectors.nearest(rowOf(matrix, 0), 1e9)).toHaveLength(matrix.rows)
    const few = new Uint8Array(matrix.rows).fill(1, 5, 9)
    expect(vectors.nearest(rowOf(matrix, 0), 10, few)).toHaveLength(4)
    expect(vectors.nearest(rowOf(matrix, 0), 10, new Uint8Array(matrix.rows))).toEqual([])
  })
})

test('a graph that is not what was written is not believed', async () => {
  const path = join(temporary(), 'graph')
  const matrix = randomMatrix(50, 4)
  await writeGraph(path, matrix, async () => undefined)
  checkGraph(path, matrix)
  const other = { ...matrix, values: matrix.values.map((value) => -value) }
  expect(() => checkGraph(path, other)).toThrow('came back changed')
  expect(() => checkGraph(path, { ...matrix, rows: 49 })).toThrow('50 vectors, 49 expected')
})
