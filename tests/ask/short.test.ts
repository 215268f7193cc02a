import { describe, expect, test } from 'vitest'
import { understand } from '../../src/ask/question.ts'
import { shortAnswer } from '../../src/ask/short.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()

const short = (question: string, text: string, read: string, told?: string): string | null => {
  const ruled = told === undefined ? -1 : text.indexOf(told)
  const start = text.indexOf(read)
  const answer = shortAnswer(
    understand(question, segmenter),
    text,
    [start, start + read.length],
    [0, text.length],
    told === undefined ? null : [ruled, ruled + told.length],
  )
  return answer && text.slice(...answer)
}

describe('a name', () => {
  test.each([
    [
      'begins with the place before its dash',
      '恢复了哪条航线',
      '助推恢复大连—仙台航线，明年通航。',
      '仙台航线',
      '大连—仙台航线',
    ],
    [
      'is what something was changed into',
      '新模式以什么为单元',
      '将原来的“以合同为单元”改为“以企业为单元”，成效明显。',
      '以合同',
      '“以企业为单元”',
    ],
    [
      'is what it was before when that is asked for',
      '原来以什么为单元',
      '将原来的“以合同为单元”改为“以企业为单元”，成效明显。',
      '“以合同为单元”',
      '“以合同为单元”',
    ],
    [
      'ends before how much there is of it',
      '这种蟹正式名称叫什么',
      '投放三疣梭子蟹7000万尾、牙片鱼1240万尾，创下纪录。',
      '三疣梭子蟹7000万尾、牙片鱼',
      '三疣梭子蟹',
    ],
    [
      'of a place is without where it lies',
      '接管了哪里',
      '计划接管位于加沙地带北部的加沙城，引发关注。',
      '位于加沙地带北部的加沙城',
      '加沙城',
    ],
    [
      'is that of who says it',
      '谁表示无论线上线下都一样',
      '张工表示，市场监管总局回应了社会关切，释放信号。',
      '市场监管总局',
      '张工',
    ],
    [
      'is not that of who reports it',
      '新任局长是谁',
      '记者李小明报道，新任局长王建国介绍了情况。',
      '李小明',
      '王建国',
    ],
    [
      'is that of who reports it when that is asked for',
      '谁报道了此事',
      '记者李小明报道，新任局长王建国介绍了情况。',
      '李小明',
      '李小明',
    ],
  ])('%s', (_, question, text, read, expected) => {
    expect(short(question, text, read)).toBe(expected)
  })
})

describe('a list', () => {
  test.each([
    [
      'is whole where two names in marks are joined',
      '哪两个平台对接',
      '“审批平台”与“信用平台”近日完成系统对接，正式上线启用。',
      '“信用平台”',
    ],
    [
      'is whole from its second name too',
      '哪两个平台对接',
      '近日，“审批平台”和“信用平台”完成系统对接，正式上线。',
      '“审批平台”',
    ],
  ])('%s', (_, question, text, read) => {
    expect(short(question, text, read)).toMatch(/^“审批平台”[与和]“信用平台”$/)
  })
})

describe('what a name in marks means', () => {
  test.each([
    [
      'is in the brackets behind it',
      '“两先区”是什么意思',
      '推动“两先区”（先导区和先行区）建设取得进展。',
      '建设',
      '先导区和先行区',
    ],
    [
      'is listed before it, as many as it counts',
      '“四个一”是什么',
      '县里以定好一套标准、带强一支队伍、巩固一批阵地、用活一个机制“四个一”开展工作。',
      '开展',
      '定好一套标准、带强一支队伍、巩固一批阵地、用活一个机制',
    ],
    [
      'is not listed before it when the count is another',
      '“三个一”是什么',
      '县里以定好一套标准、带强一支队伍、巩固一批阵地、用活一个机制“三个一”开展工作。',
      '开展',
      '开展',
    ],
  ])('%s', (_, question, text, read, expected) => {
    expect(short(question, text, read)).toBe(expected)
  })
})

describe('a time', () => {
  test('is the one that what is asked stands behind', () => {
    expect(short('几月份结束', '活动从2019年9月开始，到11月底结束。', '2019年9月')).toBe('11月底')
  })

  test('is never one that the question says itself', () => {
    expect(short('2月份申报期限延长到哪天', '将2月份申报纳税期限延长至2月24日，通知各地。', '2月24日')).toBe(
      '2月24日',
    )
  })

  test('of a change is the end that is asked for', () => {
    expect(
      short('办理时间缩至多久', '办理时间从2到3个工作日缩至几分钟，便利水平提升。', '2到3个工作日缩至几分钟'),
    ).toBe('几分钟')
  })
})

describe('a place in a row', () => {
  test('is the one of what is asked about', () => {
    expect(short('庄河排第几位', '瓦房店、庄河分别居百强第73位和第92位。', '92位')).toBe('第92位')
  })
})

describe('what the question says itself', () => {
  test('is no answer, and what rules take for it is', () => {
    const text = '在400亿美元经费中，包含了240亿美元用于援助，其余用于赈灾。'
    expect(short('400亿美元里多少用于援助', text, '400亿美元', '240亿美元')).toBe('240亿美元')
    expect(short('400亿美元里多少用于援助', text, '400亿美元')).toBe(null)
  })
})
