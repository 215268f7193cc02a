import {
  appendFileSync,
  copyFileSync,
  cpSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChuchuError } from '../../src/core/errors.ts'
import { buildGeneration } from '../../src/index/build.ts'
import { folderOf, verifyGeneration } from '../../src/index/generations.ts'
import { FILES } from '../../src/index/manifest.ts'
import { openGeneration } from '../../src/index/open.ts'
import { hashEmbedder, plainSegmenter, steadyCorpus } from './corpora.ts'
import { temporary } from './temporary.ts'

const build = (folder: string, seed: string): Promise<string> =>
  buildGeneration({
    corpus: steadyCorpus(12, seed),
    folder,
    embedder: hashEmbedder(),
    segmenter: plainSegmenter,
    fingerprint: '',
  })

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'opened'
  } catch (error) {
    return (error as ChuchuError).code
  }
}

describe('an index of one generation', () => {
  let source = ''
  let id = ''
  beforeAll(async () => {
    source = temporary()
    id = await build(source, '')
  })
  const copy = (): string => {
    const folder = temporary()
    cpSync(source, folder, { recursive: true })
    return folder
  }

  test('with one bit flipped anywhere is refused before native code sees it', () => {
    const folder = copy()
    let state = 7
    for (const name of [...FILES, 'manifest.json']) {
      const path = join(folderOf(folder, id), name)
      const sound = readFileSync(path)
      // the head, where lengths and counts are, and places all over the file
      for (let i = 0; i < 24; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        const at = i < 8 ? (i * 12) % sound.length : state % sound.length
        const bytes = Buffer.from(sound)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (state % 8))
        if (name === 'manifest.json' && bytes.toString().trim() === sound.toString().trim()) continue
        writeFileSync(path, bytes)
        expect(['index_damaged', 'index_mismatch'], `${name} ${at}`).toContain(
          codeOf(() => openGeneration(folder)),
        )
      }
      writeFileSync(path, sound)
    }
    openGeneration(folder).close()
  })

  test('with a file cut, grown, emptied, gone or of another generation is refused', async () => {
    const other = temporary()
    const otherId = await build(other, '别')
    for (const name of [...FILES, 'manifest.json']) {
      const folder = copy()
      const path = join(folderOf(folder, id), name)
      const sound = readFileSync(path)
      const refused = (): void => {
        expect(
          codeOf(() => openGeneration(folder)),
          name,
        ).toBe('index_damaged')
        expect(
          codeOf(() => verifyGeneration(folder, id)),
          name,
        ).toBe('index_damaged')
        writeFileSync(path, sound)
      }
      for (const size of [0, 1, sound.length >> 1, sound.length - 2]) {
        truncateSync(path, size)
        refused()
      }
      appendFileSync(path, 'x')
      refused()
      copyFileSync(join(folderOf(other, otherId), name), path)
      refused()
      rmSync(path)
      refused()
    }
  })

  test('whose texts change while it is open gives none of what has changed, and all of what has not', () => {
    const folder = copy()
    const path = join(folderOf(folder, id), 'texts.bin')
    const open = openGeneration(folder)
    const sound = open.files.map((_, file) => open.fileText(file))
    const bytes = readFileSync(path)
    for (let at = 0; at < bytes.length; at += 997) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      writeFileSync(path, changed)
      const read = open.files.map((_, file) => {
        try {
          return open.fileText(file)
        } catch (error) {
          return (error as ChuchuError).code
        }
      })
      expect(read).toContain('index_damaged')
      for (const [file, text] of read.entries()) expect([sound[file], 'index_damaged']).toContain(text)
    }
    truncateSync(path, 10)
    expect(codeOf(() => open.fileText(0))).toBe('index_damaged')
    writeFileSync(path, bytes)
    expect(open.files.map((_, file) => open.fileText(file, 1, 3))).toEqual(
      sound.map((text) => text.slice(1, 3)),
    )
    open.close()
  })

  test('that is a file is said to be one', () => {
    const file = join(temporary(), 'index')
    writeFileSync(file, '')
    expect(codeOf(() => openGeneration(file))).toBe('bad_config')
  })

  test('says which file, and how to mend it', () => {
    const folder = copy()
    truncateSync(join(folderOf(folder, id), 'vectors.hnsw'), 100)
    expect(() => openGeneration(folder)).toThrow(/vectors\.hnsw.*hash.*chuchu index/s)
  })

  test('without CURRENT, or with nonsense in it, is opened all the same', () => {
    for (const text of ['', '../../etc', 'ffffffffffffffff\n']) {
      const folder = copy()
      writeFileSync(join(folder, 'CURRENT'), text)
      expect(openGeneration(folder).info.generation).toBe(id)
    }
  })

  test('for another embedder, or words cut otherwise, is refused', () => {
    expect(codeOf(() => openGeneration(source, { embedder: 'hash@2' }))).toBe('index_mismatch')
    const segmenter = { ...plainSegmenter, search: (text: string) => text.split('，') }
    expect(codeOf(() => openGeneration(source, { segmenter }))).toBe('index_mismatch')
    expect(codeOf(() => openGeneration(source, { embedder: 'hash@1', segmenter: plainSegmenter }))).toBe(
      'opened',
    )
  })

  test('of a later format is refused as such', async () => {
    const folder = copy()
    const path = join(folderOf(folder, id), 'manifest.json')
    const { createHash } = await import('node:crypto')
    const { manifest } = JSON.parse(readFileSync(path, 'utf8'))
    const later = { ...manifest, format: 2 }
    const digest = createHash('sha256').update(JSON.stringify(later)).digest('hex')
    writeFileSync(path, JSON.stringify({ digest, manifest: later }))
    expect(codeOf(() => openGeneration(folder))).toBe('index_mismatch')
  })
})

test('there is none: the message says how to build one', () => {
  expect(() => openGeneration(temporary())).toThrow(/chuchu index/)
  expect(codeOf(() => openGeneration(join(temporary(), 'none')))).toBe('index_missing')
})

test('a damaged generation is passed over for the newest sound one, and that is told', async () => {
  const folder = temporary()
  const ids = [await build(folder, '甲'), await build(folder, '乙'), await build(folder, '丙')]
  const faults: ChuchuError[] = []
  truncateSync(join(folderOf(folder, ids[2] ?? ''), 'texts.bin'), 3)
  const open = openGeneration(folder, { onFault: (error) => faults.push(error) })
  expect(open.info.generation).toBe(ids[1])
  expect(faults.map(({ code }) => code)).toEqual(['index_damaged'])
  open.close()
  rmSync(folderOf(folder, ids[1] ?? ''), { recursive: true })
  expect(openGeneration(folder).info.generation).toBe(ids[0])
})
