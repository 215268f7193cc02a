import { ChuchuError } from '../core/errors.ts'
import { sentences } from '../text/sentences.ts'

/** Unit vectors of the sentences of every passage, in 8 bits: 512 bytes a sentence where a vector has 2,048. */
export interface SentenceRows {
  readonly dim: number
  /** Row of a passage's first sentence; one more entry for the end. */
  readonly starts: Uint32Array
  /** Row-major (sentence, dim): round(127 × value). A row of zeros stands for a sentence too short to mean anything. */
  readonly values: Int8Array
}

/** Units of an Int8 for 1. */
const SCALE = 127
/** Characters; shorter ones are not embedded. */
const SHORTEST = 4

/** What is embedded for each sentence of a passage; null when it is too short. */
export const sentenceTexts = (passage: string): readonly (string | null)[] =>
  sentences(passage).map(([start, end]) => {
    const text = passage.slice(start, end).trim()
    return text.length < SHORTEST ? null : text
  })

export const quantize = (vector: Float32Array): Int8Array =>
  Int8Array.from(vector, (value) => Math.round(SCALE * value))

/** Cosines of the sentences of one passage with a unit vector: exact to about .005. */
export const makeSentenceCosines =
  ({ dim, starts, values }: SentenceRows) =>
  (vector: Float32Array, passage: number): Float32Array => {
    const first = starts[passage] ?? 0
    const cosines = new Float32Array(Math.max(0, (starts[passage + 1] ?? first) - first))
    for (let row = 0; row < cosines.length; row++) {
      const at = (first + row) * dim
      let sum = 0
      for (let i = 0; i < dim; i++) sum += (values[at + i] ?? 0) * (vector[i] ?? 0)
      cosines[row] = sum / SCALE
    }
    return cosines
  }

/** sentences.bin: the starts, then the rows, given passage by passage. */
export function* packSentences(starts: Uint32Array, rows: readonly Int8Array[]): Generator<Uint8Array> {
  yield new Uint8Array(starts.buffer, starts.byteOffset, starts.byteLength)
  for (const row of rows) yield new Uint8Array(row.buffer, row.byteOffset, row.byteLength)
}

/** Views into the bytes: nothing is copied. */
export const unpackSentences = (
  bytes: Uint8Array<ArrayBuffer>,
  passages: number,
  dim: number,
): SentenceRows => {
  const size = 4 * (passages + 1)
  const starts = new Uint32Array(bytes.buffer, bytes.byteOffset, passages + 1)
  const values = new Int8Array(bytes.buffer, bytes.byteOffset + size, bytes.byteLength - size)
  if ((starts[passages] ?? 0) * dim === values.length) return { dim, starts, values }
  throw new ChuchuError('index_damaged', 'sentences.bin has another number of rows than it says.')
}
