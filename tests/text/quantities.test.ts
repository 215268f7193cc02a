import { describe, expect, test } from 'vitest'
import { moments, quantities } from '../../src/text/quantities.ts'

const found = (finder: typeof quantities, text: string): string[] =>
  finder(text).map(({ start, end }) => text.slice(start, end))

describe('quantities', () => {
  test.each([
    ['分3批公布110个产品', ['3批', '110个']],
    ['在岗员工超过6000人', ['超过6000人']],
    ['费率由0.18%下调0.126%', ['0.18%', '0.126%']],
    ['提供就业岗位2.8万余个', ['2.8万余个']],
    ['压减3%以上', ['3%以上']],
    ['投资达12亿元', ['12亿元']],
    ['提高9.8个百分点', ['9.8个百分点']],
    ['逾4万人', ['逾4万人']],
    ['万余人次，十来个，万里', ['万余人次', '十来个']],
    ['几率十万分之一，仅四分之一', ['十万分之一', '四分之一']],
    ['雨量185.5毫米', ['185.5毫米']],
  ])('%s', (text, expected) => {
    expect(found(quantities, text)).toEqual(expected)
  })
})

describe('moments', () => {
  test.each([
    ['截至2020年5月11日', ['2020年5月11日']],
    ['于3月14日召开', ['3月14日']],
    ['预计7月底结束', ['7月底']],
    ['今年上半年', ['今年上半年']],
  ])('%s', (text, expected) => {
    expect(found(moments, text)).toEqual(expected)
  })
})
