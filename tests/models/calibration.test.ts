import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { readCalibrations } from '../../src/models/calibration.ts'

const models = fileURLToPath(new URL('../../models', import.meta.url))
const own = mkdtempSync(join(tmpdir(), 'chuchu-calibration-'))
afterAll(() => rmSync(own, { recursive: true }))

describe('the numbers of confidence', () => {
  test('are those fitted with the models in use', () => {
    const { fitted, read, rules, words } = readCalibrations(models, 'chuchu-embedder', 'chuchu-reader')
    expect(fitted).toBe(true)
    expect(new Set([read, rules, words]).size).toBe(3)
  })

  test('are those of the usual models for others, and say so', () => {
    const usual = readCalibrations(models, 'chuchu-embedder', 'chuchu-reader')
    const other = readCalibrations(models, 'bge-small-zh-v1.5', 'chuchu-reader')
    expect(other).toMatchObject({ fitted: false, read: usual.read, words: usual.words })
    expect(readCalibrations(models, 'somebody/their-model', 'none').fitted).toBe(false)
  })

  test('of rules alone do without a reader', () => {
    const { read, rules } = readCalibrations(models, 'chuchu-embedder', 'none')
    expect(read).toEqual(rules)
  })

  test('are asked for only with a reader that is there', () => {
    expect(() => readCalibrations(models, 'chuchu-embedder', 'nonesuch')).toThrow(
      /no model folder .*nonesuch/,
    )
  })

  test('that are gone or broken say how they come back', () => {
    expect(() => readCalibrations(own, 'a', 'none')).toThrow(/is not there\. Restore it/)
    writeFileSync(join(own, 'calibration.json'), '{"a+b":{"bias":"much"}}')
    expect(() => readCalibrations(own, 'a', 'none')).toThrow(/cannot be read\. Restore it/)
    writeFileSync(join(own, 'calibration.json'), '{}')
    expect(() => readCalibrations(own, 'a', 'none')).toThrow(/no numbers for a\+rules/)
  })
})
