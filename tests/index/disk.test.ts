import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { buildGeneration } from '../../src/index/build.ts'
import { freeBytes } from '../../src/index/disk.ts'
import { readCurrent } from '../../src/index/generations.ts'
import { openGeneration } from '../../src/index/open.ts'
import { hashEmbedder, plainSegmenter, steadyCorpus } from './corpora.ts'
import { temporary } from './temporary.ts'

const build = (
  folder: string,
  seed: string,
  articles: number,
  onStep?: (step: string) => void,
): Promise<string> =>
  buildGeneration({
    corpus: steadyCorpus(articles, seed),
    folder,
    embedder: hashEmbedder(),
    segmenter: plainSegmenter,
    fingerprint: '',
    ...(onStep ? { onStep } : {}),
  })

/** A file system of 4 MB, where this process may mount one. */
const smallDisk = (): string | null => {
  const folder = join(temporary(), 'small')
  mkdirSync(folder)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', folder]).status === 0 ? folder : null
}
const disk = smallDisk()
const release = (): void => {
  if (disk) spawnSync('umount', [disk])
}

describe.skipIf(disk === null)('a full disk (skipped where no tmpfs can be mounted: needs root)', () => {
  const folder = join(disk ?? '', 'index')
  const filler = join(disk ?? '', 'filler')
  const fillTo = (left: number): void => {
    const size = freeBytes(disk ?? '') - left
    if (size > 0) writeFileSync(filler, Buffer.alloc(size, 1))
  }

  test('keeps the old index, leaves nothing behind, says how much is needed, and builds once there is room', async () => {
    try {
      const id = await build(folder, '旧', 30)
      // refused up front when it is plain, and at every later place when the space goes while it builds
      fillTo(200_000)
      await expect(build(folder, '新', 60)).rejects.toMatchObject({
        code: 'disk_full',
        details: { needed: expect.any(Number), free: expect.any(Number) },
      })
      rmSync(filler)
      fillTo(0)
      await expect(build(folder, '新', 60)).rejects.toMatchObject({ code: 'disk_full' })
      expect(readdirSync(folder).filter((name) => name.startsWith('LOCK'))).toEqual([])
      rmSync(filler)
      for (const step of ['write', 'graph', 'manifest']) {
        for (const room of [0, 4096, 20_000]) {
          const failing = build(folder, '新', 60, (now) => now === step && fillTo(room))
          const outcome = await failing.then(
            () => 'built',
            (error) => error.code,
          )
          rmSync(filler, { force: true })
          // a manifest fits where no graph does
          const fits = step === 'manifest' && room > 0
          expect(fits ? ['disk_full', 'built'] : ['disk_full'], `${step} ${room}`).toContain(outcome)
          expect(readdirSync(folder).filter((name) => /tmp|LOCK|bad/.test(name))).toEqual([])
          if (!fits) expect(readCurrent(folder)?.generation).toBe(id)
          openGeneration(folder).close()
        }
      }
      // space that comes back before the end: hnswlib says nothing of the part of the graph that it lost
      const outcome = build(folder, '缺', 60, (now) => {
        if (now === 'graph') fillTo(8192)
        if (now === 'manifest') rmSync(filler)
      })
      await expect(outcome).rejects.toMatchObject({ code: 'disk_full' })
      rmSync(filler, { force: true })
      openGeneration(folder).close()
      expect(await build(folder, '新', 60)).not.toBe(id)
    } finally {
      release()
    }
  })
})

test('a limit on the size of files is told as a full disk', async () => {
  const folder = temporary()
  await build(folder, '旧', 30)
  const id = readCurrent(folder)?.generation
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const script = fileURLToPath(new URL('./limited.ts', import.meta.url))
  // 8 blocks of 1,024 bytes; the signal would end the process before it could say anything
  const run = spawnSync('bash', [
    '-c',
    `trap '' XFSZ; ulimit -f 8; exec "$0" --import "$1" "$2" "$3"`,
    process.execPath,
    tsx,
    script,
    folder,
  ])
  expect(run.stdout.toString()).toBe('disk_full')
  expect(readCurrent(folder)?.generation).toBe(id)
  expect(readdirSync(folder).sort()).toEqual(['CURRENT', `gen-${id}`])
}, 30_000)
