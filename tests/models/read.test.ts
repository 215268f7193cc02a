import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Vocabulary } from '../../src/models/align.ts'
import { bestSpan, makeRead, windows } from '../../src/models/read.ts'
import type { Session, Tokenizer } from '../../src/models/runtime.ts'

describe('windows', () => {
  test('cover all, each at most as long as there is room, neighbours overlapping by half', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 2, max: 100 }), (size, room) => {
        const found = windows(size, room)
        if (size === 0) {
          expect(found).toEqual([])
          return
        }
        expect([found[0]?.[0], found.at(-1)?.[1]]).toEqual([0, size])
        for (const [i, [from, to]] of found.entries()) {
          expect(to - from).toBeLessThanOrEqual(room)
          expect(to).toBeGreaterThan(from)
          const next = found[i + 1]
          if (next) expect(next[0]).toBe(from + (room >> 1))
        }
      }),
    )
  })
})

describe('the best span', () => {
  const logits = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 12 })

  test('is the highest of all that are short enough', () => {
    fc.assert(
      fc.property(logits, logits, fc.integer({ min: 1, max: 6 }), (a, b, longest) => {
        const size = Math.min(a.length, b.length)
        const [starts, ends] = [Float32Array.from(a.slice(0, size)), Float32Array.from(b.slice(0, size))]
        const scores = a
          .slice(0, size)
          .flatMap((_, start) =>
            Array.from(
              { length: Math.min(longest, size - start) },
              (_, i) => (starts[start] ?? 0) + (ends[start + i] ?? 0),
            ),
          )
        const found = bestSpan(starts, ends, longest)
        expect(found.score).toBe(Math.max(...scores))
        expect((starts[found.start] ?? 0) + (ends[found.end] ?? 0)).toBe(found.score)
        expect(found.end - found.start).toBeLessThan(longest)
      }),
    )
  })
})

const vocabulary: Vocabulary = {
  id: (piece) =>
    /^(##)?[a-z0-9]$|^\p{Script=Han}$|^，$/u.test(piece) ? 1000 + (piece.codePointAt(0) ?? 0) : undefined,
  unknown: 100,
  longest: 3,
}
const tokenizer: Tokenizer = { vocabulary, cls: 101, sep: 102, encode: () => new Int32Array(0) }
const idOf = (character: string): number => vocabulary.id(character) ?? 0

/** A session that points at one character wherever it stands in the passage, and says whether it does. */
const pointing = (character: string, seen: Int32Array[]): Session => ({
  inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
  outputs: [],
  run: async (rows) => {
    const ids = rows['input_ids'] ?? new Int32Array(0)
    const segments = rows['token_type_ids'] ?? new Int32Array(0)
    seen.push(ids)
    const hit = ids.map((id, i) => (id === idOf(character) && segments[i] === 1 ? 1 : 0))
    const logits = Float32Array.from(hit, (on) => (on ? 9 : 0))
    const relevance = Float32Array.of(hit.some(Boolean) ? 4 : -4)
    return {
      start_logits: { data: logits, dims: [1, ids.length] },
      end_logits: { data: logits, dims: [1, ids.length] },
      relevance: { data: relevance, dims: [1] },
    }
  },
})

const model = { kind: 'reader' as const, maxTokens: 40, maxQuestionTokens: 8, maxAnswerTokens: 4 }

describe('reading', () => {
  test('finds the place in the passage, in UTF-16 units, not the one in the question', async () => {
    const read = makeRead(model, tokenizer, pointing('港', []))
    const passage = '大连 𠀀 ＧＤＰ，港'
    const found = await read('港在哪', passage)
    expect(passage.slice(found.start, found.end)).toBe('港')
    expect(found.relevance).toBe(4)
  })

  test('of a long passage reads all of it: the answer is found wherever it stands', async () => {
    const seen: Int32Array[] = []
    const read = makeRead(model, tokenizer, pointing('港', seen))
    for (const at of [0, 20, 33, 100, 299]) {
      const passage = `${'连'.repeat(at)}港${'连'.repeat(299 - at)}`
      expect(await read('问'.repeat(50), passage)).toMatchObject({ start: at, end: at + 1, relevance: 4 })
    }
    for (const ids of seen) {
      expect(ids.length).toBeLessThanOrEqual(40)
      // [CLS], a question cut at 8 pieces, [SEP]
      expect([...ids.subarray(0, 10)]).toEqual([101, ...Array<number>(8).fill(idOf('问')), 102])
    }
  })

  test('takes no answer from what the passage itself asks', async () => {
    const read = makeRead(model, tokenizer, pointing('港', []))
    const passage = '问：港在哪？\n答：大连港。'
    const found = await read('港在哪', passage)
    expect(found).toMatchObject({ start: passage.lastIndexOf('港'), end: passage.lastIndexOf('港') + 1 })
    expect(await read('港在哪', '问：港在哪？')).toMatchObject({ span: -20 })
  })

  test('of a passage without anything to read says there is nothing', async () => {
    const read = makeRead(model, tokenizer, pointing('港', []))
    for (const passage of ['', ' \n\u3000']) {
      expect(await read('港', passage)).toEqual({ start: 0, end: 0, span: -20, relevance: -20 })
    }
  })

  test('refuses a passage of a length that would take minutes, and a model that gives no numbers', async () => {
    const read = makeRead(model, tokenizer, pointing('港', []))
    await expect(read('港', '连'.repeat(20_001))).rejects.toMatchObject({ code: 'bad_input' })
    const broken = { ...pointing('港', []), run: async () => ({}) }
    await expect(makeRead(model, tokenizer, broken)('港', '港')).rejects.toMatchObject({
      code: 'model_damaged',
    })
  })
})
