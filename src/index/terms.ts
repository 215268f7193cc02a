import { createHash } from 'node:crypto'
import type { Segmenter } from '../core/ports.ts'
import { sentences } from '../text/sentences.ts'
import { terms } from '../text/words.ts'
import { COUNT_UNIT } from './postings.ts'

/**
 * What a term of the title counts in each passage of its article, in units of COUNT_UNIT (4 = one occurrence). Half:
 * gold first / among ten without → with, DRCD test .940/.996 → .942/.997, CMRC trial .972/.998 → .974/.998, terror
 * news .771/.926 → .767/.927, seeds (51 questions) .77/.92 → .75/.94.
 */
const TITLE_UNITS = 2

/** How often each term stands in a passage, its title's terms added lightly; in units of COUNT_UNIT. */
export const countTerms = (
  title: string | null,
  text: string,
  segmenter: Segmenter,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { term } of terms(text, segmenter)) counts.set(term, (counts.get(term) ?? 0) + COUNT_UNIT)
  if (title !== null && TITLE_UNITS > 0) {
    for (const { term } of terms(title, segmenter)) counts.set(term, (counts.get(term) ?? 0) + TITLE_UNITS)
  }
  return counts
}

/** Every kind of thing that can be cut in one way or another; its words stand for nothing. */
const PROBE =
  '２０２０年5月，大連市新登記企業5399個，同比增长8.9%；GDP达1,234.5亿元，A股“科创板”公司COVID-19疫情期间' +
  '营收下降⅓。中国人民银行、国家发展改革委员会：实施“六稳”“六保”。他说：“研究生命起源的南京市长江大桥。”退役军人℃㎡①'

/** Changes when jieba, its dictionary, text/words.ts or text/sentences.ts cut otherwise: such an index no longer fits. */
export const wordsFingerprint = (segmenter: Segmenter): string =>
  createHash('sha256')
    .update(JSON.stringify([terms(PROBE, segmenter), sentences(PROBE)]))
    .digest('hex')
    .slice(0, 16)
