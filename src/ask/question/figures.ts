import type { Words } from '../../core/ports.ts'

/**
 * A question with its years in figures, and its months and days where the articles write them so: 二〇一八年六月 → 2018年6月. Folded
 * text in, folded text out. The reader knows little of 六月 that it is 6月 (docs/evaluation.md).
 */
export const withFigures = (question: string, words: Words): string =>
  withMonths(
    question.replace(HAN_YEAR, (_, ...digits: string[]) => `2${digits.slice(0, 3).map(digitOf).join('')}年`),
    words,
  )

export const DIGITS = '零一二三四五六七八九'
export const digitOf = (han: string): number => (han === '〇' ? 0 : DIGITS.indexOf(han))
/** 二〇二一年 */
const HAN_YEAR = /(?<![〇零一二三四五六七八九十百千])二([〇零])([〇零一二])([〇零一二三四五六七八九])年/g
/** 六月, 八月十五日; not 三个月, 二三月, 十月革命, nor what stands in quotes. */
const HAN_MONTH =
  /(?<![〇零一二三四五六七八九十百千个第两几数])(元|十[一二]?|[一二三四五六七八九])月(?!三(?!十)|[花雪河流天街兰蓝半围革桂])(?:([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号]))?(?![^“《]*[”》])/g

const withMonths = (question: string, words: Words): string =>
  question.replace(HAN_MONTH, (written, han: string, day: string | undefined, at: number, all: string) => {
    const month = `${han === '元' ? 1 : numberOf(han)}月`
    if (words.frequency(month) < words.frequency(`${han}月`)) return written
    const apart = /\d/.test(all.charAt(at - 1)) ? ' ' : '' // L7七月
    return `${apart}${month}${day === undefined ? '' : numberOf(day)}`
  })

/** 三十一 → 31 */
const numberOf = (han: string): number => {
  const [tens, ones] = han.includes('十') ? han.split('十') : ['零', han]
  return 10 * (tens === '' ? 1 : digitOf(tens ?? '零')) + (ones === '' ? 0 : digitOf(ones ?? '零'))
}
