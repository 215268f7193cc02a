import type { Words } from '../../core/ports.ts'
import { figuresOf, hanOf, numberOf } from '../../text/numerals.ts'
import { pairsIn } from '../../text/words.ts'

/**
 * A question with its years in figures, and its months, days and places in a row as the articles write them: 二〇一八年六月 →
 * 2018年6月, 第13届 ↔ 第十三届. Folded text in, folded text out. The reader knows little of 六月 that it is 6月 (docs/evaluation.md).
 */
export const withFigures = (question: string, words: Words): string =>
  withPlaces(
    withMonths(
      question.replace(HAN_YEAR, (year) => `${figuresOf(year.slice(0, -1))}年`),
      words,
    ),
    words,
  )

/** 二〇二一年 */
const HAN_YEAR = /(?<![〇零一二三四五六七八九十百千])二[〇零][〇零一二][〇零一二三四五六七八九]年/g
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

/** 第13届, 第十三届, 十三号线 and 13号线: a place in a row, with the character that counts it. */
const PLACE =
  /(?:(?<=第)|(?<![\d.第〇零一二三四五六七八九十百千几数])(?=(?:\d+|[一二三四五六七八九十]+)号[线楼院厅]))(\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])([届次批号期条名位个轮季])/g

/** Written the other way where the articles hold it so alone. */
const withPlaces = (question: string, words: Words): string =>
  question.replace(PLACE, (written, number: string, unit: string) => {
    const isHan = !/\d/.test(number)
    const [figures, han] = isHan ? [String(numberOf(number)), number] : [number, hanOf(Number(number))]
    const held = {
      figures: words.frequency(figures + unit),
      han: Math.min(
        ...pairsIn(`第${han}${unit}`.slice(unit === '号' ? 1 : 0)).map((pair) => words.frequency(pair)),
      ),
    }
    if (isHan) return held.han === 0 && held.figures > 0 ? figures + unit : written
    return held.figures === 0 && held.han > 0 ? han + unit : written
  })
