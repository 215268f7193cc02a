import type { Segmenter } from '../../core/ports.ts'

const ASKS = /多少|几/
/** Classifiers and half amounts between 多少 and what is counted. */
const BETWEEN = /^(?:q|m|mq)$/
const NOUN = /^(?:n$|nz|vn|an|nt|l$|j$|b$)/
/** A measure, whatever the dictionary takes it for: 造价. */
const MEASURE = /.[价费额值率量]$/
/** Between a measure and 多少: 总投资一共是多少. */
const LEADS = /^(?:总数|总量|数量|数|量|是|为|有|达|达到|到|了|的|约|共|一共|总共|大概|大约|能|要|会)$/

/** Says no more than its classifier, or is said in many ways: 多少户人家, 几家公司, 多少钱. */
const GENERAL =
  /^(?:.|人家|公司|企业|单位|国家|国度|地方|城市|地区|部门|机构|日子|时间|钱款|东西|产品|项目|问题|人员|方面|倍数)$/

/**
 * The noun of what is counted or measured: 学生 of 有多少名学生, 造价 of 造价是多少; null when the question names none
 * that a dictionary knows as a noun. `text` is folded.
 */
export const headOf = (text: string, segmenter: Segmenter): string | null => {
  const tags = segmenter.tag(text)
  const found = tags.findIndex(({ word }) => ASKS.test(word))
  const asks = found < 0 ? tags.length : found
  let next = asks + 1
  while (BETWEEN.test(tags[next]?.tag ?? '')) next++
  let last: string | null = null
  for (; NOUN.test(tags[next]?.tag ?? ''); next++) last = tags[next]?.word ?? last
  if (last !== null) return GENERAL.test(last) ? null : last
  let before = asks - 1
  while (LEADS.test(tags[before]?.word ?? '')) before--
  const { word = '', tag = '' } = tags[before] ?? {}
  return (NOUN.test(tag) || MEASURE.test(word)) && !GENERAL.test(word) ? word : null
}

/** Does a text speak of it, in whole or by its last two characters (总投资 by 投资)? */
export const speaksOf = (told: string, head: string): boolean => told.includes(head.slice(-2))
