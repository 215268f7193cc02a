import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { countTerms, wordsFingerprint } from '../../src/index/terms.ts'
import { plainSegmenter } from './corpora.ts'

const segmenter = openSegmenter()

describe('jieba', () => {
  test('keeps numbers whole and gives the parts of long words', () => {
    expect(segmenter.search('中国人民银行2024年')).toEqual(
      expect.arrayContaining(['中国人民银行', '中国', '人民', '银行', '2024']),
    )
    expect(segmenter.tag('他在北京')).toContainEqual({ word: '北京', tag: 'ns' })
  })

  test('has the words of its own dictionary that are not among the rarest, and every name', () => {
    const theirs = join(
      dirname(createRequire(import.meta.url).resolve('nodejieba/package.json')),
      'submodules/cppjieba/dict/jieba.dict.utf8',
    )
    const kept = readFileSync(theirs, 'utf8')
      .split(/(?<=\n)/)
      .filter((line) => Number(line.split(' ')[1]) > 3 || / n[stz]$/.test(line.trimEnd()))
    expect(readFileSync('models/jieba/dict.utf8', 'utf8')).toBe(kept.join(''))
  })

  test('loses nothing of a well-formed text, and takes any other', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'大连abc1.，\u0000 \n𠀀', '\ud800', '\udc00') }),
        (text) => {
          const joined = segmenter
            .tag(text)
            .map(({ word }) => word)
            .join('')
          expect(joined).toBe(text.replace(/\p{Cs}/gu, '\ufffd'))
          expect(segmenter.search(text)).toBeInstanceOf(Array)
        },
      ),
    )
  })

  test('takes a long text in pieces, cut at marks, with the same words', () => {
    const sentence = '大连市二〇二〇年五月新登记企业五千三百九十九个，'
    const whole = segmenter.tag(sentence.repeat(3000)).map(({ word }) => word)
    const once = segmenter.tag(sentence).map(({ word }) => word)
    expect(whole).toEqual(Array.from({ length: 3000 }, () => once).flat())
  })

  test('is linear in hostile text', () => {
    for (const unit of [' ', '的', '1', 'a', '。', '𠀀']) {
      const from = performance.now()
      segmenter.search(unit.repeat(200_000))
      expect(performance.now() - from, unit).toBeLessThan(3000)
    }
  })
})

test('a term of the title counts less than one of the passage, in every passage', () => {
  const counts = countTerms('大连', '大连港', plainSegmenter)
  expect(counts.get('港')).toBe(4)
  expect(counts.get('大')).toBeGreaterThan(4)
  expect(counts.get('大')).toBeLessThan(8)
})

test('the fingerprint of the words changes when they are cut otherwise', () => {
  expect(wordsFingerprint(segmenter)).toBe(wordsFingerprint(segmenter))
  expect(wordsFingerprint(segmenter)).not.toBe(wordsFingerprint(plainSegmenter))
})
