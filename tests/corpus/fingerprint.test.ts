import { mkdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { corpusFingerprint } from '../../src/corpus/fingerprint.ts'
import { temporary } from '../index/temporary.ts'

const sample = (): string => {
  const folder = temporary()
  mkdirSync(join(folder, '子 目录'))
  writeFileSync(join(folder, '甲.txt'), '一')
  writeFileSync(join(folder, '子 目录', '乙.md'), '二')
  return folder
}

test('a copy has the same fingerprint, whatever its times', () => {
  const [one, two] = [sample(), sample()]
  utimesSync(join(two, '甲.txt'), 1, 1)
  expect(corpusFingerprint(two)).toBe(corpusFingerprint(one))
})

test('a changed character of the same length and time, a new name and a new file change it', () => {
  const folder = sample()
  const path = join(folder, '甲.txt')
  const seen = new Set([corpusFingerprint(folder)])
  utimesSync(path, 1, 1)
  writeFileSync(path, '三')
  utimesSync(path, 1, 1)
  seen.add(corpusFingerprint(folder))
  renameSync(path, join(folder, '丙.txt'))
  seen.add(corpusFingerprint(folder))
  writeFileSync(join(folder, '丁.txt'), '')
  seen.add(corpusFingerprint(folder))
  expect(seen.size).toBe(4)
})

test('hidden files, pictures, files about the corpus and an index below it change nothing', () => {
  const folder = sample()
  writeFileSync(join(folder, '图.png'), '一')
  const before = corpusFingerprint(folder)
  writeFileSync(join(folder, '图.png'), '二')
  writeFileSync(join(folder, '.DS_Store'), '')
  writeFileSync(join(folder, 'README.md'), '说明')
  mkdirSync(join(folder, 'index', 'gen-1'), { recursive: true })
  writeFileSync(join(folder, 'index', 'CURRENT'), '1')
  writeFileSync(join(folder, 'index', 'gen-1', 'corpus.jsonl'), '{}')
  writeFileSync(join(folder, 'index', 'feedback.jsonl'), '{}')
  mkdirSync(join(folder, 'index', 'bad-2'))
  writeFileSync(join(folder, 'index', 'bad-2', 'corpus.jsonl'), '{}')
  expect(corpusFingerprint(folder)).toBe(before)
})

test('an index in the same folder as its articles is passed over, and they are not', () => {
  const folder = sample()
  const before = corpusFingerprint(folder)
  mkdirSync(join(folder, 'gen-1'))
  writeFileSync(join(folder, 'gen-1', 'corpus.jsonl'), '{}')
  writeFileSync(join(folder, 'CURRENT'), '1')
  expect(corpusFingerprint(folder)).toBe(before)
  writeFileSync(join(folder, '戊.txt'), '')
  expect(corpusFingerprint(folder)).not.toBe(before)
})

test('links are not followed, so one that leads round or out does no harm', () => {
  const folder = sample()
  const before = corpusFingerprint(folder)
  symlinkSync(folder, join(folder, 'round'))
  symlinkSync('/etc/passwd', join(folder, 'out.txt'))
  expect(corpusFingerprint(folder)).toBe(before)
})

test('a file that nobody touched is not read again, and one that was is, though size and time are the old ones', async () => {
  const folder = temporary()
  const path = join(folder, '大.txt')
  writeFileSync(path, '一'.repeat(15 << 20))
  utimesSync(path, 1, 1)
  await sleep(2_100) // within two seconds it might change again unseen
  const timed = (): readonly [string, number] => {
    const began = performance.now()
    return [corpusFingerprint(folder), performance.now() - began]
  }
  const [first, firstTook] = timed()
  const [second, secondTook] = timed()
  expect(second).toBe(first)
  expect(secondTook).toBeLessThan(firstTook / 5)
  writeFileSync(path, '二'.repeat(15 << 20))
  utimesSync(path, 1, 1)
  expect(timed()[0]).not.toBe(first)
})
