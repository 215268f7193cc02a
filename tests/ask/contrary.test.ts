import { describe, expect, test } from 'vitest'
import { isContrary } from '../../src/ask/extract/contrary.ts'
import { understand } from '../../src/ask/question/question.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'

const segmenter = openSegmenter()

const contrary = (question: string, text: string, answer: string | null): boolean => {
  const start = text.indexOf(answer ?? '')
  const choice = {
    start: 0,
    end: text.length,
    answer: answer === null ? null : ([start, start + answer.length] as const),
  }
  return isContrary(understand(question, segmenter), text, choice)
}

describe('an amount is not the one asked for when it is told of', () => {
  test.each([
    ['the opposite', '财政收入是多少亿元', '一季度，全国财政支出74706亿元。', '74706亿元'],
    [
      'the opposite, with which it is compared',
      '城镇消费增长多少',
      '乡村消费品零售额增长5.2%，增速快于城镇消费。',
      '5.2%',
    ],
    ['the injured, asked for the dead', '有多少人死亡', '山火已造成23人受伤。', '23人'],
    ['both ways, asked for one', '出口额是多少', '全市跨境电商进出口1419.6亿元。', '1419.6亿元'],
    ['millions in all, asked what is paid each month', '每个月发多少钱', '共发放补贴2.18亿元。', '2.18亿元'],
    [
      'a growth, asked how much more it is than in all the country',
      '大连工业增速比全国高多少',
      '全市工业增加值增长15.4%。',
      '15.4%',
    ],
    ['a share, asked how much more it is', '二季度比一季度多多少', '餐饮类以67.6%占据榜首位置。', '67.6%'],
    [
      'the living, asked for the dead',
      '地震死了多少人',
      '救出群众10人，组织疏散滞留人员3100多人。',
      '3100多人',
    ],
    ['those in danger of death', '监狱里热死了多少犯人', '监狱关有10万多名囚犯，面临死亡风险。', '10万多名'],
    ['many others', '海底隧道一共要投多少钱', '总投资500亿元的28个沉淀项目有效盘活。', '500亿元'],
    ['many of another sort', '炼化项目投了多少钱', '总投资500亿元的28个沉淀项目有效盘活。', '500亿元'],
    ['all, asked for each', '每台补贴多少钱', '补贴商品的销售额已达到近两亿元。', '近两亿元'],
    [
      'many together, asked for one of them',
      '佤族师生来了几个人',
      '来自傣族、佤族、藏族和瑶族5个民族的共44名师生展开了汇演。',
      '44名',
    ],
  ])('%s', (_, question, text, answer) => expect(contrary(question, text, answer)).toBe(true))

  test.each([
    ['二季度比一季度多多少', '环比增长5%，餐饮占67.6%。', '5%'],
    ['地震死了多少人', '地震造成19人死亡。', '19人'],
    ['地震死了几个孩子', '地震造成19人死亡，其中3人是孩子。', '3人'],
    ['沉淀项目投了多少钱', '总投资500亿元的28个沉淀项目有效盘活。', '500亿元'],
    ['项目投了多少钱', '总投资500亿元的28个项目有效盘活。', '500亿元'],
    ['财政收入是多少亿元', '全国财政收入61613亿元，支出74706亿元。', '61613亿元'],
    ['收支相差多少亿元', '财政支出比收入多1000亿元。', '1000亿元'],
    ['出口额是多少', '进出口总额2万亿元，其中出口1万亿元。', '1万亿元'],
    ['每台补贴多少钱', '每台补贴200元。', '200元'],
    ['每个月发多少钱', '每人每月发1.2万元。', '1.2万元'],
    ['四个民族一共来了多少人', '来自傣族、佤族、藏族和瑶族的共44名师生展开了汇演。', '44名'],
    ['水系共有几条河', '北三河水系、永定河水系、大清河水系共11条河流发生洪水。', '11条'],
    ['来了多少人', '来自傣族、佤族、藏族的共44名师生展开了汇演。', '44名'],
  ])('%s: %s tells it', (question, text, answer) => expect(contrary(question, text, answer)).toBe(false))
})

test.each([
  ['年产35万吨的机组是谁造的', '大船集团建造的30.8万吨原油船成功交付。', true],
  ['年产35万吨的机组是谁造的', '远航公司造出年产35万吨的挤压造粒机组。', false],
  ['30万吨级的油轮是谁造的', '大船集团建造的30.8万吨原油船成功交付。', false],
  ['超过20万吨的油轮是谁造的', '大船集团建造的30.8万吨原油船成功交付。', false],
  ['31万吨的油轮是谁造的', '大船集团建造的30.8万吨原油船成功交付。', false],
  ['35万吨的机组是谁造的', '大船集团建造的原油船成功交付。', false],
])('%s: whether %s is of something of another size: %s', (question, text, expected) => {
  expect(contrary(question, text, null)).toBe(expected)
})

test('a deputy, a former one or who has another office does not hold the office asked for', () => {
  expect(contrary('衡山县县委书记是谁', '衡山县委副书记、县长段晓赛主持召开会议。', '段晓赛')).toBe(true)
  expect(contrary('衡山县县长是谁', '衡山县委副书记、县长段晓赛主持召开会议。', '段晓赛')).toBe(false)
  expect(contrary('豪森公司董事长是谁', '豪森公司人事部负责人聂莹对记者说。', '聂莹')).toBe(true)
  expect(contrary('豪森公司董事长是谁', '豪森公司董事长董德熙和人事部负责人聂莹到会。', '董德熙')).toBe(false)
  expect(contrary('衡山县县委副书记是谁', '衡山县委副书记、县长段晓赛主持召开会议。', '段晓赛')).toBe(false)
})

test.each([
  ['什么是一网通办', '“一网通办”改革深入推进。', true],
  ['海洋牧场是做什么的', '海洋牧场示范场建设位居全国首位。', true],
  ['什么是一网通办', '“一网通办”是指打通不同部门的信息系统。', false],
  ['逸飞激光是做什么的', '逸飞激光主营激光加工智能装备的研发和销售。', false],
  ['苗圩是做什么的', '工业和信息化部部长苗圩到会。', false],
  ['“一网通办”怎么样了', '“一网通办”改革深入推进。', false],
])('%s: whether %s only mentions it: %s', (question, text, expected) => {
  expect(contrary(question, text, null)).toBe(expected)
})
