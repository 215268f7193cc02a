import { performance } from 'node:perf_hooks'
import { describe, expect, test } from 'vitest'
import { amountBeside } from '../../src/ask/extract/beside.ts'
import { amountLedTo } from '../../src/ask/extract/led-to.ts'
import { understand } from '../../src/ask/question/question.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()

/** The amount taken for a question where another one of the sentence was read. */
const led = (question: string, sentence: string, read: string): string => {
  const start = sentence.indexOf(read)
  const range = amountLedTo(
    understand(question, segmenter),
    sentence,
    [start, start + read.length],
    [0, sentence.length],
  )
  return sentence.slice(...range)
}

describe('of several amounts in a sentence the question leads to', () => {
  test.each([
    [
      'the one in brackets behind the name asked about',
      '远航汽车的份额是多少',
      '海风汽车份额为36.3%，大幅领先远航汽车（16.1%）和山城汽车（13.9%）。',
      '36.3%',
      '16.1%',
    ],
    [
      'what was so in the end, not what was to be',
      '公司实际掏了多少钱',
      '公司原本要交80万元保证金，但借助电子保函服务，花了不到4000元。',
      '80万元',
      '4000元',
    ],
    [
      'the one that is, not how far it moved',
      '污染天数是多少',
      '空气质量优为30天，良为68天，污染日为14天，优良天数共增加10天，污染日减少9天。',
      '9天',
      '14天',
    ],
    [
      'how far it moved, when that is asked',
      '污染天数减少了几天',
      '空气质量优为30天，良为68天，污染日为14天，优良天数共增加10天，污染日减少9天。',
      '9天',
      '9天',
    ],
    [
      'the one of the year before',
      '海风汽车去年七月份卖出多少辆',
      '海风汽车7月销量262161辆，上年同期销量162,530辆，同比增长61.3%。',
      '262161辆',
      '162,530辆',
    ],
    [
      'the one beside what is asked about, with a comma in it',
      '餐饮占了几家',
      '全国首店6家，西北首店43家；餐饮类1,087家，零售类34家。',
      '6家',
      '1,087家',
    ],
    [
      'the one beside what is asked about',
      '餐饮占了几家',
      '全国首店6家，西北首店43家；餐饮类87家、零售类34家。',
      '6家',
      '87家',
    ],
    [
      'the one of the place that is asked about, whatever it did',
      '韩国股市跌破多少点',
      '最终日经指数跌破17000点，韩国综合股价指数也失守1600点。',
      '17000点',
      '1600点',
    ],
    [
      'the one read, where it alone stands beside what is said to be done',
      '污染减少了几天',
      '污染天数14天，优良增加10天，减少9天。',
      '9天',
      '9天',
    ],
    [
      'the one read, where what is asked about stands beside several',
      '首店有几家',
      '首店6家，其中西北首店43家、西安首店91家。',
      '6家',
      '6家',
    ],
    [
      'none in brackets behind another name',
      '海风汽车的份额是多少',
      '海风汽车份额为36.3%，大幅领先远航汽车（16.1%）和山城汽车（13.9%）。',
      '36.3%',
      '36.3%',
    ],
    [
      'the one that goes where the question asks',
      '有多少钱用来盖总部大楼',
      '其中，5.9亿元用于扩产项目，3.12亿元用于总部大楼建设项目，8亿元用于补充流动资金项目。',
      '8亿元',
      '3.12亿元',
    ],
    [
      'the one that was read where it goes there',
      '补充流动资金用多少钱',
      '其中，5.9亿元用于扩产项目，3.12亿元用于总部大楼建设项目，8亿元用于补充流动资金项目。',
      '8亿元',
      '8亿元',
    ],
    [
      'the one of a row that 分别 deals out',
      '海城去年游客有多少人次',
      '海城、山城去年游客分别为30万人次和50万人次。',
      '50万人次',
      '30万人次',
    ],
    [
      'the other of it',
      '山城去年游客有多少人次',
      '海城、山城去年游客分别为30万人次和50万人次。',
      '30万人次',
      '50万人次',
    ],
    [
      'the one in the same place of a row of sizes',
      '47mm版电池多大',
      '提供43mm、47mm两款，电池容量分别为300mAh / 425mAh。',
      '300mAh / 425mAh',
      '425mAh',
    ],
    [
      'what is behind its own words, where the question says more between them',
      '2019年工业增加值预计增长多少',
      '2019年，预计全市工业增加值增长15.4%，预计企业营业利润增长15%，多点支撑。',
      '15%',
      '15.4%',
    ],
    [
      'what is behind its own words',
      '订单收入增长多少',
      '产量增长5%，订单收入增长11%，超出预期。',
      '5%',
      '11%',
    ],
    [
      'what more of its words stand before',
      '规模以上企业复工率',
      '规模以上企业复工率达99%，企业复工率达96%。',
      '96%',
      '99%',
    ],
    [
      'what it names with a 的 more',
      '有几个国家级的湿地公园',
      '有湿地公园11个，其中国家级湿地公园4个，市级7个。',
      '11个',
      '4个',
    ],
    [
      'no part of another whole',
      '有几个国家级湿地公园',
      '有湿地公园11个，其中国家级湿地公园4个，市级湿地公园7个；植物园14处，其中国家级10个。',
      '11个',
      '4个',
    ],
    [
      'the part that it names behind the whole',
      '湿地公园里省级的有几个',
      '有湿地公园11个，其中国家级湿地公园4个，省级湿地公园3个，市级湿地公园4个。',
      '11个',
      '3个',
    ],
    [
      'the year asked about',
      '2025年人均收入是多少',
      '人均收入从2014年的4600元提高到2025年的24600元。',
      '4600元',
      '24600元',
    ],
    ['the side asked about', '冰瀑高度是多少', '冰瀑高1080米，最宽处达1100米。', '1100米', '1080米'],
    ['a share and no growth', '国产设备占全球多大比例', '产量同比增长51%，占全球市场的90%。', '51%', '90%'],
    [
      'no growth of this year for the whole',
      '今年的养老床位有多少张',
      '全市共有养老床位4.2万张，今年增长3000张，超额完成任务。',
      '4.2万张',
      '4.2万张',
    ],
    [
      'the part and not its opposite',
      '非全日制的研究生招了多少人',
      '学校今年招收研究生3000人，其中全日制2400人，非全日制600人。',
      '600人',
      '600人',
    ],
  ])('%s', (_, question, sentence, read, expected) => {
    expect(led(question, sentence, read)).toBe(expected)
  })

  test.each([
    [
      'a row of other things than amounts',
      '两市游客有多少人次',
      '海城和山城游客众多，分别来自30个国家，共50万人次。',
      '50万人次',
    ],
    [
      'two things of the row asked about',
      '与海城相比，山城去年游客有多少人次',
      '海城、山城去年游客分别为30万人次和50万人次。',
      '50万人次',
    ],
    [
      'a year that only dates the row',
      '去年山城接待游客多少人次',
      '去年海城、山城分别接待游客30万人次和50万人次。',
      '50万人次',
    ],
    [
      'a measure that the whole row has',
      '今年一季度出口多少亿元',
      '今年一季度进口、出口分别为120亿元和150亿元。',
      '150亿元',
    ],
    [
      'a year that is compared with',
      '今年上半年进口增长多少',
      '今年上半年进出口增长5%，其中出口较去年同期增长8%，进口增长3%。',
      '3%',
    ],
    [
      'an amount like a year',
      '2025年人均收入是多少',
      '2025年，该村人均补贴2000元，人均收入24600元，村集体收入翻番。',
      '24600元',
    ],
    [
      'all of the province',
      '大连昨天新增确诊病例多少例',
      '大连市新增确诊病例3例，全省共新增确诊病例20例。',
      '3例',
    ],
    [
      'the year before',
      '大连港完成货物吞吐量多少',
      '1至5月大连港口货物吞吐量为1.3亿吨，去年同期大连港完成货物吞吐量1.2亿吨。',
      '1.3亿吨',
    ],
    [
      'a temperature that is higher by',
      '大连昨天气温有多高',
      '大连最高气温达38度，较常年同期偏高5度。',
      '38度',
    ],
    [
      'a wait and how long calls last',
      '窗口等候时间有多长',
      '窗口等候时间压缩至10分钟，平均通话时长为3分钟。',
      '10分钟',
    ],
    ['a year that has no amount', '2025年人均收入是多少', '2014年人均收入4600元，村民2300人。', '4600元'],
  ])('none for %s', (_, question, sentence, read) => {
    expect(led(question, sentence, read)).toBe(read)
  })
})

describe('hostile sentences', () => {
  test.each([
    ['verbs of amounts without end', `${'达到'.repeat(200)}，5个公司`, '5个'],
    ['a long row of figures', Array.from({ length: 90 }, (_, i) => `公司${i}个`).join('、'), '5个'],
  ])('take no time: %s', (_, sentence, read) => {
    const started = performance.now()
    led('大连有多少个公司', sentence, read)
    expect(performance.now() - started).toBeLessThan(300)
  })
})

test('an amount of another sentence stands beside what is asked about', () => {
  const text = '放流以中国对虾为主，达30亿尾。此外，俗称飞蟹的三疣梭子蟹7000万尾、褐牙鲆1240万尾。'
  const start = text.indexOf('30亿尾')
  const beside = (question: string) =>
    text.slice(...amountBeside(understand(question, segmenter), text, [start, start + '30亿尾'.length]))
  expect(beside('飞蟹放流多少')).toBe('7000万尾')
  expect(beside('对虾放流多少')).toBe('30亿尾')
  expect(beside('总共放流多少')).toBe('30亿尾')
})
