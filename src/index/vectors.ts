import hnswlib from 'hnswlib-node'
import { ChuchuError } from '../core/errors.ts'
import type { Scored, Vectors } from '../core/ports.ts'
import { makeBest } from './heap.ts'
import { makeSentenceCosines, type SentenceRows } from './sentence-vectors.ts'

type Graph = InstanceType<typeof hnswlib.HierarchicalNSW>

/** Links a point; 16 is hnswlib's own default and enough for 512 dimensions. */
const M = 16
const EF_CONSTRUCTION = 200
/** Candidates kept while searching: recall among ten .954 at 10, 1.000 at 50 on 10,000 × 512. */
const EF = 128
const SEED = 100
/** Passages up to which every vector is compared: exact, and as fast as the graph (docs/index-format.md). */
export const EXACT_LIMIT = 5000
/** What goes into the graph's file besides the vectors; part of what names a generation. */
export const GRAPH_SETTINGS = { space: 'ip', m: M, efConstruction: EF_CONSTRUCTION, seed: SEED } as const

/** Rows of unit vectors, row-major (passage, dim). */
export interface Matrix {
  readonly dim: number
  readonly rows: number
  readonly values: Float32Array
}

const rowOf = (matrix: Matrix, row: number): Float32Array =>
  matrix.values.subarray(row * matrix.dim, (row + 1) * matrix.dim)

/**
 * Builds the graph and writes it: one thread, rows in order, a fixed seed, so the same rows give the same bytes.
 * `rest` is awaited between blocks so that the process stays responsive (one insertion is 1 ms).
 */
export const writeGraph = async (
  path: string,
  matrix: Matrix,
  rest: (done: number) => Promise<void>,
): Promise<void> => {
  const graph = new hnswlib.HierarchicalNSW('ip', matrix.dim)
  graph.initIndex(Math.max(1, matrix.rows), M, EF_CONSTRUCTION, SEED)
  for (let row = 0; row < matrix.rows; row++) {
    graph.addPoint(toArray(rowOf(matrix, row), matrix.dim), row)
    if (row % 32 === 31 || row + 1 === matrix.rows) await rest(row + 1)
  }
  graph.writeIndexSync(path)
}

/** hnswlib takes plain arrays, and takes the process down for anything but finite numbers in them. */
const toArray = (vector: Float32Array, dim: number): number[] => {
  if (vector.length !== dim || !vector.every(Number.isFinite)) {
    throw new RangeError(`a vector of ${vector.length} numbers, ${dim} finite ones expected`)
  }
  return Array.from(vector)
}

/** Reads a graph whose file has been hashed: a damaged one can crash the process before anything is thrown. */
export const readGraph = (path: string, dim: number, rows: number): Graph => {
  const graph = new hnswlib.HierarchicalNSW('ip', dim)
  graph.readIndexSync(path)
  if (graph.getCurrentCount() !== rows) {
    throw new ChuchuError(
      'index_damaged',
      `${path} holds ${graph.getCurrentCount()} vectors, ${rows} expected.`,
    )
  }
  return graph
}

/** Rows asked back from a graph that was just written. */
const PROBES = 50

/**
 * Loads a graph as it lies on the disk and asks it for some of its own rows.
 * @throws when it is not what was written
 */
export const checkGraph = (path: string, matrix: Matrix): void => {
  const graph = readGraph(path, matrix.dim, matrix.rows)
  const step = Math.max(1, Math.floor(matrix.rows / PROBES))
  for (let row = 0; row < matrix.rows; row += step) {
    const point = graph.getPoint(row)
    const expected = rowOf(matrix, row)
    if (!expected.every((value, i) => value === point[i])) throw new Error(`row ${row} came back changed`)
    graph.searchKnn(point, Math.min(10, matrix.rows))
  }
}

/** Nearest passages: all compared when they are few, or few are allowed; else through the graph. */
export const makeVectors = (matrix: Matrix, graph: Graph, rows: SentenceRows): Vectors => {
  const sentenceCosines = makeSentenceCosines(rows)
  return {
    dim: matrix.dim,
    nearest: (vector, top, allow) => {
      checkDim(vector, matrix)
      const count = Math.min(Math.floor(top), matrix.rows)
      if (!(count >= 1)) return []
      const admitted = allow === undefined ? matrix.rows : countAllowed(allow, matrix.rows)
      if (admitted === 0) return []
      if (admitted <= EXACT_LIMIT) return exact(matrix, vector, count, allow)
      return throughGraph(matrix, graph, { vector, count: Math.min(count, admitted), allow })
    },
    cosine: (vector, passages) => {
      checkDim(vector, matrix)
      return Float32Array.from(passages, (passage) => dot(matrix, passage, vector))
    },
    sentences: (vector, passage) => {
      checkDim(vector, matrix)
      return sentenceCosines(vector, passage)
    },
  }
}

interface Wanted {
  readonly vector: Float32Array
  readonly count: number
  readonly allow: Uint8Array | undefined
}

const throughGraph = (matrix: Matrix, graph: Graph, { vector, count, allow }: Wanted): readonly Scored[] => {
  graph.setEf(Math.max(EF, count)) // a loaded graph is back at 10
  const filter = allow && ((label: number): boolean => allow[label] === 1)
  const { neighbors } = graph.searchKnn(toArray(vector, matrix.dim), count, filter)
  const best = makeBest(count)
  for (const passage of neighbors) best.offer(passage, dot(matrix, passage, vector))
  return best.sorted()
}

const exact = (
  matrix: Matrix,
  vector: Float32Array,
  count: number,
  allow: Uint8Array | undefined,
): readonly Scored[] => {
  const best = makeBest(count)
  for (let row = 0; row < matrix.rows; row++) {
    if (allow === undefined || allow[row] === 1) best.offer(row, dot(matrix, row, vector))
  }
  return best.sorted()
}

const countAllowed = (allow: Uint8Array, rows: number): number => {
  let count = 0
  for (let row = 0; row < rows; row++) if (allow[row] === 1) count++
  return count
}

/** Four sums at once, which is what lets the engine keep its multipliers busy; rounded as the others are. */
const dot = ({ values, dim, rows }: Matrix, row: number, vector: Float32Array): number => {
  if (!(row >= 0 && row < rows)) return 0
  const start = row * dim
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = 0
  for (; i + 3 < dim; i += 4) {
    a += (values[start + i] ?? 0) * (vector[i] ?? 0)
    b += (values[start + i + 1] ?? 0) * (vector[i + 1] ?? 0)
    c += (values[start + i + 2] ?? 0) * (vector[i + 2] ?? 0)
    d += (values[start + i + 3] ?? 0) * (vector[i + 3] ?? 0)
  }
  for (; i < dim; i++) a += (values[start + i] ?? 0) * (vector[i] ?? 0)
  return Math.fround(a + b + c + d)
}

const checkDim = (vector: Float32Array, { dim }: Matrix): void => {
  if (vector.length === dim && allFinite(vector)) return
  throw new ChuchuError(
    'index_mismatch',
    `The question's vector has ${vector.length} numbers, the index ${dim}. Build the index with this embedder: chuchu index`,
  )
}

/** A sum is finite exactly when its parts are: unit vectors are far from overflow, and this is asked for each passage. */
const allFinite = (vector: Float32Array): boolean => {
  let sum = 0
  for (let i = 0; i < vector.length; i++) sum += vector[i] ?? 0
  return Number.isFinite(sum)
}
