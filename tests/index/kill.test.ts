import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { buildGeneration } from '../../src/index/build.ts'
import { readCurrent } from '../../src/index/generations.ts'
import { openGeneration } from '../../src/index/open.ts'
import type { Step } from '../../src/index/write.ts'
import { hashEmbedder, plainSegmenter, steadyCorpus } from './corpora.ts'
import { temporary } from './temporary.ts'

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const script = fileURLToPath(new URL('./builder.ts', import.meta.url))

const start = (...args: readonly string[]): ChildProcess =>
  fork(script, args, { execArgv: ['--import', tsx] })

const exit = (child: ChildProcess): Promise<void> => new Promise((done) => child.once('exit', () => done()))

const heard = (child: ChildProcess, word: string): Promise<string> =>
  new Promise((done) => child.on('message', (text) => String(text).startsWith(word) && done(String(text))))

const build = (folder: string, seed: string, articles: number): Promise<string> =>
  buildGeneration({
    corpus: steadyCorpus(articles, seed),
    folder,
    embedder: hashEmbedder(),
    segmenter: plainSegmenter,
    fingerprint: seed,
  })

/** Opens, serves one whole generation, and the next build works and cleans up. */
const expectSound = async (folder: string, allowed: readonly string[], newer: string): Promise<string> => {
  const open = openGeneration(folder)
  const { generation } = open.info
  expect(allowed).toContain(generation)
  expect(open.fileText(0)).toContain(generation === newer ? '新' : '旧')
  open.close()
  expect(await build(folder, '新', 20)).toBe(newer)
  expect(readdirSync(folder).filter((name) => name.startsWith('tmp-') || name.startsWith('LOCK'))).toEqual([])
  return generation
}

const ids = async (): Promise<readonly [string, string]> => {
  const scratch = temporary()
  return [await build(scratch, '旧', 20), await build(scratch, '新', 20)]
}

test('killed before any step of the commit, the index is exactly the old one or the new one', async () => {
  const [older, newer] = await ids()
  const steps: Step[] = ['write', 'graph', 'manifest', 'rename', 'current', 'prune', 'done']
  await Promise.all(
    steps.map(async (step) => {
      const folder = temporary()
      await build(folder, '旧', 20)
      await exit(start(folder, '新', '20', step))
      // CURRENT is the commit: before it the old index, after it the new one
      const committed = step === 'prune' || step === 'done'
      expect(await expectSound(folder, [older, newer], newer), step).toBe(committed ? newer : older)
    }),
  )
}, 60_000)

test('killed at any moment, the same', async () => {
  const [older, newer] = await ids()
  const folder = temporary()
  await build(folder, '旧', 20)
  for (const wait of [0, 3, 6, 10, 15, 25]) {
    const child = start(folder, '新', '20')
    await heard(child, 'started')
    await new Promise((done) => setTimeout(done, wait))
    child.kill('SIGKILL')
    await exit(child)
    const open = openGeneration(folder)
    expect([older, newer]).toContain(open.info.generation)
    open.close()
  }
  await expectSound(folder, [older, newer], newer)
}, 60_000)

test('of two builders the second is told the pid of the first, which finishes', async () => {
  const folder = temporary()
  const first = start(folder, '新', '20', '', '20')
  await heard(first, 'started')
  while (!existsSync(join(folder, 'LOCK'))) await new Promise((done) => setTimeout(done, 5))
  await expect(build(folder, '旧', 2)).rejects.toMatchObject({
    code: 'index_locked',
    message: expect.stringContaining(`${first.pid}`),
  })
  const done = exit(first)
  expect(await heard(first, 'built')).toContain(readCurrent(folder)?.generation ?? '')
  await done
  expect(readCurrent(folder)?.fingerprint).toBe('新')
}, 60_000)
