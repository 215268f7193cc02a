import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChuchuError } from '../../src/core/errors.ts'
import type { Progress } from '../../src/core/ports.ts'
import { squeeze } from '../../src/core/ranges.ts'
import type { Corpus } from '../../src/core/types.ts'
import { type BuildOptions, buildGeneration } from '../../src/index/build.ts'
import { folderOf, readCurrent } from '../../src/index/generations.ts'
import { FILES } from '../../src/index/manifest.ts'
import { openGeneration } from '../../src/index/open.ts'
import { makePassageText } from '../../src/index/passages.ts'
import { terms } from '../../src/text/words.ts'
import { anyCorpus } from './any-corpus.ts'
import { corpusOf, hashEmbedder, plainSegmenter, steadyCorpus } from './corpora.ts'
import { temporary } from './temporary.ts'

const build = (folder: string, corpus: Corpus, more: Partial<BuildOptions> = {}): Promise<string> =>
  buildGeneration({
    corpus,
    folder,
    embedder: hashEmbedder(),
    segmenter: plainSegmenter,
    fingerprint: 'f1',
    ...more,
  })

/** The passages among what was embedded: they have their title before them, sentences do not. */
const passagesAsked = ({ asked }: { readonly asked: readonly string[] }): readonly string[] =>
  asked.filter((text) => text.includes('公告'))

const bytesOf = (folder: string, id: string): string[] =>
  FILES.map((name) => readFileSync(join(folderOf(folder, id), name)).toString('latin1'))

describe('what was built', () => {
  test('opens as it was given, down to halves of surrogate pairs, and every stretch of every text is verbatim', async () => {
    await fc.assert(
      fc.asyncProperty(anyCorpus, fc.nat(), fc.nat(), async (corpus, a, b) => {
        const folder = temporary()
        const id = await build(folder, corpus)
        const open = openGeneration(folder, { embedder: 'hash@1', segmenter: plainSegmenter })
        expect(open.info).toEqual({
          generation: id,
          articles: corpus.articles.length,
          passages: corpus.passages.length,
          model: 'hash@1',
        })
        expect([open.articles, open.passages, open.warnings]).toEqual([
          corpus.articles,
          corpus.passages,
          corpus.warnings,
        ])
        for (const [i, { text, ...file }] of corpus.files.entries()) {
          expect(open.files[i]).toMatchObject(file)
          expect(open.fileText(i)).toBe(text)
          const [start, end] = [a % (text.length + 1), b % (text.length + 1)]
          expect(open.fileText(i, start, end)).toBe(text.slice(start, end))
        }
        open.close()
      }),
      { numRuns: 40 },
    )
  })

  test('is found by its words and by its meaning', async () => {
    const folder = temporary()
    const corpus = steadyCorpus(30)
    const embedder = hashEmbedder()
    await build(folder, corpus, { embedder })
    const open = openGeneration(folder)
    const [hit] = open.words.search(terms('第17批', plainSegmenter), 1)
    expect(open.passages[hit?.passage ?? -1]?.article).toBe(17)
    for (const passage of [0, 17, 59]) {
      const vector = await embedder.passage(passagesAsked(embedder)[passage] ?? '')
      expect(open.vectors.nearest(vector, 1)[0]?.passage).toBe(passage)
    }
    open.close()
  })

  test('the embedder sees the title and the passage, and the passage holds no character the file does not', async () => {
    const embedder = hashEmbedder()
    const corpus = corpusOf([{ title: '港 口', text: '吞吐量\u3000增长\n5.3%' }])
    await build(temporary(), corpus, { embedder })
    // each sentence by itself too
    expect([...embedder.asked].sort()).toEqual(
      ['港 口\n吞吐量增长', '吞吐量增长', '港 口\n5.3%', '5.3%'].sort(),
    )
    const [passage] = corpus.passages
    if (passage) expect(squeeze(corpus.files[0]?.text ?? '')).toContain(makePassageText(corpus)(passage))
  })

  test('a passage over several paragraphs is their texts, a line each, cut at its ends', () => {
    const corpus = corpusOf([{ title: null, text: '第一段。\n第二 段。\n第三段。' }])
    const passage = { article: 0, firstParagraph: 1, from: 2, lastParagraph: 3, to: 2 }
    expect(makePassageText(corpus)(passage)).toBe('段。\n第二段。\n第三')
  })

  test('is the same bytes and the same id when built again elsewhere', async () => {
    const [one, two] = [temporary(), temporary()]
    const ids = [await build(one, steadyCorpus(40)), await build(two, steadyCorpus(40))]
    expect(ids[0]).toBe(ids[1])
    expect(bytesOf(one, ids[0] ?? '')).toEqual(bytesOf(two, ids[1] ?? ''))
  })

  test('has another id for another corpus, embedder, or setting', async () => {
    const folder = temporary()
    const corpus = steadyCorpus(3)
    const ids = [
      await build(folder, corpus),
      await build(folder, steadyCorpus(3, '改')),
      await build(folder, corpus, { embedder: hashEmbedder('hash@2') }),
      await build(folder, corpus, { settings: { passage: 300 } }),
    ]
    expect(new Set(ids).size).toBe(4)
  })

  test('of nothing at all is an index too', async () => {
    const folder = temporary()
    await build(folder, corpusOf([]))
    const open = openGeneration(folder)
    expect(open.info).toMatchObject({ articles: 0, passages: 0 })
    expect(open.words.search([{ term: '港', weight: 1 }], 5)).toEqual([])
    expect(open.vectors.nearest(new Float32Array(8).fill(0.1), 5)).toEqual([])
    expect(() => open.fileText(0)).toThrow(RangeError)
    open.close()
  })
})

describe('building again', () => {
  test('embeds only what changed, and gives the bytes that building from nothing gives', async () => {
    const [folder, fresh] = [temporary(), temporary()]
    await build(folder, steadyCorpus(20))
    const pieces = steadyCorpus(20).files.map(({ text }, i) => ({ title: `第${i}号公告`, text }))
    const changed = corpusOf(pieces.map((piece, i) => (i === 7 ? { ...piece, text: '换了一句。' } : piece)))
    const embedder = hashEmbedder()
    const id = await build(folder, changed, { embedder })
    expect(embedder.asked).toEqual(['第7号公告\n换了一句。', '换了一句。'])
    expect(await build(fresh, changed)).toBe(id)
    expect(bytesOf(folder, id)).toEqual(bytesOf(fresh, id))
  })

  test('with another embedder takes no vector of the old one', async () => {
    const folder = temporary()
    await build(folder, steadyCorpus(5))
    const embedder = hashEmbedder('hash@2')
    await build(folder, steadyCorpus(5), { embedder })
    expect(passagesAsked(embedder)).toHaveLength(10)
  })

  test('with damaged vectors in the old index embeds all', async () => {
    const folder = temporary()
    const id = await build(folder, steadyCorpus(5))
    const path = join(folderOf(folder, id), 'vectors.bin')
    const bytes = readFileSync(path)
    bytes[9] = (bytes[9] ?? 0) ^ 4
    writeFileSync(path, bytes)
    const embedder = hashEmbedder()
    await build(folder, steadyCorpus(6), { embedder })
    expect(passagesAsked(embedder)).toHaveLength(12)
  })

  test('of the same inputs does nothing but note the new fingerprint', async () => {
    const folder = temporary()
    const id = await build(folder, steadyCorpus(5))
    const before = readFileSync(join(folderOf(folder, id), 'manifest.json'), 'utf8')
    const embedder = hashEmbedder()
    expect(await build(folder, steadyCorpus(5), { embedder, fingerprint: 'f2' })).toBe(id)
    expect(embedder.asked).toEqual([])
    expect(readFileSync(join(folderOf(folder, id), 'manifest.json'), 'utf8')).toBe(before)
    expect(readCurrent(folder)).toEqual({ generation: id, fingerprint: 'f2' })
  })

  test('of the same inputs over a damaged generation replaces it and keeps the damaged one aside', async () => {
    const folder = temporary()
    const id = await build(folder, steadyCorpus(5))
    writeFileSync(join(folderOf(folder, id), 'passages.bin'), 'x')
    expect(await build(folder, steadyCorpus(5))).toBe(id)
    openGeneration(folder).close()
    expect(readdirSync(folder).sort()).toEqual(['CURRENT', `bad-${id}`, `gen-${id}`])
  })

  test('keeps three generations, the one in use among them', async () => {
    const folder = temporary()
    const ids: string[] = []
    for (const seed of ['甲', '乙', '丙', '丁', '甲']) ids.push(await build(folder, steadyCorpus(2, seed)))
    const left = readdirSync(folder).filter((name) => name.startsWith('gen-'))
    expect(left).toHaveLength(3)
    expect(left).toContain(`gen-${ids.at(-1)}`)
    expect(readCurrent(folder)?.generation).toBe(ids[0])
  })

  test('takes nothing away from a reader that has an old generation open', async () => {
    const folder = temporary()
    await build(folder, steadyCorpus(2, '甲'))
    const open = openGeneration(folder)
    for (const seed of ['乙', '丙', '丁']) await build(folder, steadyCorpus(2, seed))
    expect(open.fileText(1)).toBe(steadyCorpus(2, '甲').files[1]?.text)
    open.close()
    open.close()
  })
})

describe('a build that fails', () => {
  test('leaves the old index in use and nothing of its own', async () => {
    const folder = temporary()
    const id = await build(folder, steadyCorpus(5))
    const failing = { ...hashEmbedder(), passage: () => Promise.reject(new Error('gone')) }
    await expect(build(folder, steadyCorpus(9), { embedder: failing })).rejects.toThrow('gone')
    expect(readdirSync(folder).sort()).toEqual(['CURRENT', `gen-${id}`])
    expect(readCurrent(folder)?.generation).toBe(id)
  })

  test('because it was given up says so', async () => {
    const folder = temporary()
    const signal = AbortSignal.abort()
    await expect(build(folder, steadyCorpus(5), { signal })).rejects.toMatchObject({ code: 'aborted' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('because it was given up while the embedder was at work says the same', async () => {
    const stop = new AbortController()
    const passage = () => {
      stop.abort()
      return Promise.reject(new ChuchuError('aborted', 'The request was given up.'))
    }
    const failing = build(temporary(), steadyCorpus(5), {
      embedder: { ...hashEmbedder(), passage },
      signal: stop.signal,
    })
    await expect(failing).rejects.toThrow('The build was given up; the old index is untouched.')
  })

  test('because a vector is not one says so', async () => {
    const bad = { ...hashEmbedder(), passage: async () => new Float32Array(8).fill(Number.NaN) }
    await expect(build(temporary(), steadyCorpus(1), { embedder: bad })).rejects.toMatchObject({
      code: 'model_unavailable',
    })
    const none = { ...hashEmbedder(), dim: 0 }
    await expect(build(temporary(), steadyCorpus(1), { embedder: none })).rejects.toMatchObject({
      code: 'model_unavailable',
    })
  })

  test('because the folder is a file says which', async () => {
    const folder = join(temporary(), 'index')
    writeFileSync(folder, '')
    await expect(build(folder, steadyCorpus(1))).rejects.toMatchObject({ code: 'bad_config' })
  })
})

test('progress goes through its stages in order and each ends at its total', async () => {
  const seen: Progress[] = []
  await build(temporary(), steadyCorpus(50), { onProgress: (progress) => seen.push(progress) })
  expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['words', 'embed', 'graph', 'write'])
  for (const stage of ['words', 'embed', 'graph']) {
    expect(seen.findLast((progress) => progress.stage === stage)).toEqual({ stage, done: 100, total: 100 })
  }
  expect(seen.at(-1)).toEqual({ stage: 'write', done: FILES.length, total: FILES.length })
})

test('what a killed build left is removed by the next', async () => {
  const folder = temporary()
  mkdirSync(join(folder, 'tmp-0123456789abcdef'))
  writeFileSync(join(folder, 'tmp-0123456789abcdef', 'texts.bin'), 'half')
  writeFileSync(join(folder, 'CURRENT.tmp'), 'half')
  await build(folder, steadyCorpus(1))
  expect(existsSync(join(folder, 'tmp-0123456789abcdef'))).toBe(false)
  expect(existsSync(join(folder, 'CURRENT.tmp'))).toBe(false)
})
