import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complete } from '../../src/ask/question/follow-up.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { simplify } from '../../src/text/simplify.ts'

const segmenter = openSegmenter()
const nothing = () => Promise.resolve({ short: null, text: null, title: null })
const whole = (before: string, asked: string, short: string | null = null, text: string | null = null) =>
  complete(asked, before, segmenter, () => Promise.resolve({ short, text, title: null }))

describe('a question that leans on the one before it', () => {
  test.each([
    // the part of the same kind is exchanged
    ['大连港的吞吐量是多少？', '营口港呢？', '营口港的吞吐量是多少'],
    ['大连新增市场主体多少户', '那沈阳呢？', '沈阳新增市场主体多少户'],
    ['2019年新增多少企业', '2020年呢', '2020年新增多少企业'],
    ['大连空气优良天数是多少', '那去年呢', '去年大连空气优良天数是多少'],
    ['出口增长多少', '那进口呢', '进口增长多少'],
    ['大连有多少个国家级自然保护区', '市级的呢', '大连有多少个市级自然保护区'],
    ['国家级自然保护区有几个', '那省级呢', '省级自然保护区有几个'],
    ['图书馆有多少座位', '藏书呢', '图书馆有多少藏书'],
    ['图书馆新馆的藏书有多少册', '座位呢', '图书馆新馆的座位有多少册'],
    ['集团一季度订单增长了多少', '收入呢', '集团一季度收入增长了多少'],
    ['中国对虾放流多少尾', '牙片鱼呢', '牙片鱼放流多少尾'],
    ['联通今年5G投了多少钱', '电信呢', '电信今年5G投了多少钱'],
    ['联通今年5G投了多少钱', '移动呢', '移动今年5G投了多少钱'],
    ['瓦轴集团一季度收入多少', '冰山集团呢', '冰山集团一季度收入多少'],
    ['大连工业增加值增长多少', '出口额呢', '大连出口额增长多少'],
    // words that point
    ['炼化项目什么时候投产', '它有多少员工', '炼化项目有多少员工'],
    ['炼化项目什么时候投产', '这个项目总投资多少', '炼化项目总投资多少'],
    ['大连理工大学在哪里', '该校有几个学院', '大连理工大学有几个学院'],
    ['大连的森林覆盖率是多少', '那里的湿地面积有多大', '大连的湿地面积有多大'],
    // no subject of its own
    ['老旧小区改造涉及多少栋楼', '多少户', '老旧小区改造涉及多少户'],
    ['市民云注册了多少人', '上线了多少项功能', '市民云上线了多少项功能'],
    ['大连机场吞吐量多少', '同比增长多少', '大连机场吞吐量同比增长多少'],
  ])('%s / %s → %s', async (before, asked, expected) => {
    expect(await whole(before, asked)).toBe(expected)
  })

  test('takes a person from the answer, and the second thing from the list that was told', async () => {
    expect(await whole('市委书记是谁', '他说了什么', '谭作钧')).toBe('谭作钧说了什么')
    expect(await whole('哪家企业做口罩', '它在哪里', '远航公司')).toBe('远航公司在哪里')
    const list = '确定船舶、汽车、芳烃、集成电路和人工智能等5条重点发展产业链。'
    expect(await whole('有哪些产业链', '第二个呢', null, list)).toBe('汽车')
    expect(await whole('有哪些产业链', '第五个有多少企业', null, list)).toBe('人工智能有多少企业')
    expect(await whole('有哪些产业链', '第九个呢', null, list)).not.toBe('')
  })
})

describe('a question that stands by itself', () => {
  test.each([
    ['公交专用道比例是多少', '大连有多少个自然保护区'],
    ['公交专用道比例是多少', '恒力石化用了多长时间建成'],
    ['出口增长多少', '沈阳有多少家企业'],
    ['市委书记是谁', '其他城市的地铁有多少条'],
    ['市委书记是谁', '应该怎样申请公租房'],
    ['森林覆盖率是多少', '吉他厂有几家'],
  ])('%s / %s stays as it is', async (before, asked) => {
    expect(await whole(before, asked)).toBeNull()
  })
})

test('nothing is made up: every character stands in one of the two questions', async () => {
  const part = fc.constantFrom(
    '大连',
    '沈阳',
    '去年',
    '港口',
    '呢',
    '多少',
    '他',
    '那里',
    '第二个',
    '为什么',
    '的',
    '有',
    '企业',
    '？',
    '𠀀',
    '[SEP]',
  )
  const question = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(question, question, async (before, asked) => {
      const found = (await complete(asked, before, segmenter, nothing)) ?? ''
      const allowed = new Set(simplify(before + asked))
      expect([...found].filter((character) => !allowed.has(character))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('这篇文章 is the article of the first extract, when its head is asked for', async () => {
  const told = () => Promise.resolve({ short: '11%', text: null, title: '迎难而上显担当' })
  const asked = (question: string) => complete(question, '瓦轴一季度收入涨了多少', segmenter, told)
  expect(await asked('这篇文章是谁写的？')).toBe('《迎难而上显担当》是谁写的')
  expect(await asked('那篇报道什么时候发布的')).toBe('《迎难而上显担当》什么时候发布的')
  expect(await asked('这条新闻里增长最快的是什么')).not.toContain('迎难而上显担当')
})
