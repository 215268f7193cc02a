import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  askedDay,
  askedYear,
  holdsDay,
  isOfDay,
  isOfOtherMonth,
  isOfOtherPeriod,
  isOfOtherYear,
  periodsIn,
  yearsIn,
} from '../../src/ask/question/times.ts'
import { asTold } from '../../src/ask/read/as-told.ts'
import { openFolder } from './seeds.ts'

describe('the year a question is about', () => {
  test.each([
    ['2019年港口吞吐量多少', { year: 2019 }],
    ['港口吞吐量多少 2019', { year: 2019 }],
    ['二零一九年港口吞吐量多少', { year: 2019 }],
    ['23年7月涨了多少', { year: 2023 }],
    ['去年港口吞吐量多少', { ago: 1 }],
    ['今年港口吞吐量多少', { ago: 0 }],
    ['20年来港口吞吐量涨了多少', null],
    ['2019年比2018年多多少', null],
    ['港口吞吐量多少', null],
  ])('%s: %o', (question, year) => expect(askedYear(question)).toEqual(year))
})

describe('a question is asked of a text with the year as the text tells it', () => {
  test.each([
    ['今年改造多少小区', '2020年计划改造76个。', 2020, '2020年改造多少小区'],
    ['去年改造多少小区', '2019年改造了76个。', 2020, '2019年改造多少小区'],
    ['今年改造多少小区', '2020年计划改造76个。', null, '2020年改造多少小区'],
  ])('%s, of %s', (question, text, written, asked) => expect(asTold(question, text, written)).toBe(asked))

  test.each([
    ['it uses the same word', '今年改造多少小区', '今年计划改造76个，2020年…', 2020],
    ['it tells no year', '今年改造多少小区', '计划改造76个。', 2020],
    ['its year is another', '今年改造多少小区', '2019年改造了76个。', 2020],
    ['nobody knows which of its years is this one', '今年改造多少小区', '2019年76个，2020年80个。', null],
    ['nobody knows which year was the last', '去年改造多少小区', '2019年76个。', null],
    ['the question names a year by its number', '2020年改造多少小区', '今年计划改造76个。', 2020],
    ['the question names two', '今年比去年多多少', '2020年计划改造76个。', 2020],
  ])('but as it is where %s', (_, question, text, written) =>
    expect(asTold(question, text, written)).toBe(question),
  )
})

describe('a question is asked of a text with what is abbreviated as the text tells it', () => {
  test.each([
    ['吉林GDP增长多少', '全省地区生产总值增长5%。', '吉林地区生产总值增长多少'],
    ['吉林地区生产总值增长多少', '吉林gdp增长5%。', '吉林gdp增长多少'],
    ['2月cpi涨了多少', '居民消费价格同比上涨0.7%。', '2月居民消费价格涨了多少'],
  ])('%s, of %s', (question, text, asked) => expect(asTold(question, text, null)).toBe(asked))

  test.each([
    ['gdp增长多少', 'GDP增长5%，人均地区生产总值10万元。'],
    ['gdp增长多少', '全国海洋生产总值增长6%。'],
    ['gdpr何时生效', '生产总值增长5%。'],
    ['单位gdp能耗', '能耗下降。'],
  ])('but as it is where the text has the same or neither: %s, of %s', (question, text) =>
    expect(asTold(question, text, null)).toBe(question),
  )
})

describe('the years a sentence speaks of', () => {
  test('are read against the year of its article', () => {
    expect([...yearsIn('今年增长，去年下降，前年持平', 2020)].sort()).toEqual([2018, 2019, 2020])
    expect([...yearsIn('较上年同期增长', 2020)]).toEqual([2019])
    expect([...yearsIn('今年增长', null)]).toEqual([])
  })

  test('are all of a span of years', () => {
    expect([...yearsIn('2015—2018年行动计划', null)].sort()).toEqual([2015, 2016, 2017, 2018])
  })

  test.each([
    [{ year: 2019 }, '今年一季度增长3%', 2020, true],
    [{ year: 2019 }, '今年一季度增长3%，去年增长2%', 2020, false],
    [{ year: 2019 }, '一季度增长3%', 2020, false],
    [{ year: 2020 }, '比去年同期增长3%', 2020, false],
    [{ ago: 1 }, '今年增长3%', 2020, true],
    [{ ago: 1 }, '2019年增长3%', 2020, false],
    [{ year: 2019 }, '今年一季度增长3%', null, false],
    [{ year: 2020 }, '2019年，工业增长3%', null, true],
    [{ year: 2020 }, '工业增长3%，高于2019年', null, false],
    [{ year: 2018 }, '本报讯记者张伟报道全市2019年旧房改造全面开工，共30处', null, true],
    [{ year: 2021 }, '某某核电站2007年开工建设，全年发电480亿千瓦时', null, false],
    [{ year: 2018 }, '本报讯记者张伟报道旧房改造全面开工，比2019年多30处', null, false],
    [{ year: 2019 }, '全市GDP达7001.7亿元，比2018年增长6.5%', 2020, false],
    [{ year: 2019 }, '全年共投入扶贫资金2000万元', 2020, false],
    [{ ago: 0 }, '自2019年起，个税起征点为5000元', 2020, false],
    [{ ago: 1 }, '在今年的品种中，对虾达30亿尾', null, true],
    [{ ago: 1 }, '今年对虾达30亿尾，去年20亿尾', null, false],
    [{ ago: 0 }, '2013年以来，累计投入3亿元', 2020, true],
    [{ ago: 0 }, '2013年以来，累计投入3亿元', null, true],
    [{ ago: 0 }, '2013年以来，累计投入3亿元，今年1亿元', null, false],
    [{ year: 2013 }, '2013年以来，累计投入3亿元', 2020, false],
    [{ year: 2020 }, '今年流入了9250亿元，超过了2020年', null, true],
    [{ year: 2020 }, '流入了9250亿元，超过了2020年', null, false],
    [{ year: 2023 }, '公司2020年、2021年、2022年营收分别为10亿元、14亿元、15亿元', null, true],
    [{ year: 2021 }, '公司2020年、2021年、2022年营收分别为10亿元、14亿元、15亿元', null, false],
    [{ year: 2021 }, '公司2020年至2022年营收分别为10亿元、14亿元、15亿元', null, false],
  ])('asked for %o, %s written in %s: of another year is %s', (asked, sentence, written, other) =>
    expect(isOfOtherYear(asked, sentence, written)).toBe(other),
  )
})

describe('a part of the year', () => {
  test.each([
    ['前六个月', '1-6'],
    ['1—6月', '1-6'],
    ['上半年', '1-6'],
    ['第三季度', '7-9'],
    ['前三季度', '1-9'],
    ['前11个月', '1-11'],
    ['2023年全年', '1-12'],
    ['下半年', '7-12'],
  ])('%s is %s', (text, period) => expect([...periodsIn(text)]).toEqual([period]))

  test.each([
    ['上半年增长多少', '一季度增长3%', true],
    ['上半年增长多少', '一季度增长3%，前六个月增长4%', false],
    ['上半年增长多少', '增长3%', false],
    ['上半年出口多少辆', '出口10万辆，增速比一季度提高2个百分点', false],
    ['一季度收入多少', '收入6万亿元，比前2个月提高1.7个百分点', false],
    ['一季度收入多少', '收入6万亿元，比1—2月提高1.7个百分点', false],
    ['一季度收入多少', '1—2月收入4万亿元', true],
    ['一季度增长多少', '一、二季度分别增长4.5%和5.2%', false],
    ['前三季度进出口总额多少', '1-9月，总额达3万亿元', false],
    ['国庆假期来了多少人', '今年国庆中秋假期来了5亿人次', false],
    ['国庆假期票房多少', '票房达40亿元，超过今年春节档', false],
    ['春节期间来了多少人', '从除夕到元宵节，来了5亿人次', false],
    ['一季度比上半年多多少', '前五个月增长3%', false],
    ['国庆假期来了多少人', '“五一”假期将达15.2亿人次', true],
    ['国庆假期来了多少人', '五一路上将达1.2万人次', false],
    ['2019年底失业率是多少', '截至5月11日，失业率控制在2.79%', true],
    ['2019年底失业率是多少', '截至12月31日，失业率控制在2.79%', false],
    ['2019年失业率是多少', '截至5月11日，失业率控制在2.79%', false],
  ])('%s is answered by %s: of another part is %s', (question, sentence, other) =>
    expect(isOfOtherPeriod(question, sentence)).toBe(other),
  )
})

describe('a day', () => {
  test('is asked for with its month', () => {
    expect(askedDay('7月30日来了多少人')).toEqual({ month: 7, day: 30 })
    expect(askedDay('7月来了多少人')).toBe(null)
    expect(askedDay('7月30日到8月2日来了多少人')).toBe(null)
  })

  test('is told by figures, or by an article of that day or the next', () => {
    expect(holdsDay('2023/08/17 16:00', { month: 8, day: 17 })).toBe(true)
    expect(holdsDay('2023/08/17 16:00', { month: 8, day: 7 })).toBe(false)
    expect(isOfDay('2020-05-01', { month: 4, day: 30 })).toBe(true)
    expect(isOfDay('2020-05-01', { month: 5, day: 3 })).toBe(false)
    expect(isOfDay('2021-01-01', { month: 12, day: 31 })).toBe(true)
    expect(isOfDay(null, { month: 5, day: 1 })).toBe(false)
  })
})

describe('a month', () => {
  test.each([
    ['6月份卖了多少辆', '7月销量为3.95万辆', true],
    ['6月份卖了多少辆', '7月销量为3.95万辆，比6月多两成', false],
    ['6月份卖了多少辆', '截至7月5日，本月共售出3.95万辆', false],
    ['6月份卖了多少辆', '售出3万辆，较5月增长10%', false],
    ['6月份卖了多少辆', '六月份售出3万辆，预计7月更多', false],
    ['1月份卖了多少辆', '元月售出3万辆，低于去年12月', false],
    ['6月5日卖了多少辆', '7月销量为3.95万辆', false],
    ['5月至7月卖了多少辆', '8月销量为3.95万辆', false],
  ])('%s is answered by %s: of another month is %s', (question, sentence, other) => {
    expect(isOfOtherMonth(question, sentence, null)).toBe(other)
    expect(isOfOtherMonth(question, sentence, '2023-08-02')).toBe(other)
    expect(isOfOtherMonth(question, sentence, '2023-06-30')).toBe(false)
    expect(isOfOtherMonth(`2023年${question}`, sentence, null)).toBe(false)
  })
})

describe('the same measure told in two years', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuchu-times-'))
  const told = (date: string, amount: string) => ({
    title: `港口前两个月运行情况（${date.slice(0, 4)}）`,
    date,
    text: `今年前两个月，滨城港完成货物吞吐量${amount}。港口负责人说，新的码头将在年底前建成。`,
  })
  let desk: Awaited<ReturnType<typeof openFolder>>
  beforeAll(async () => {
    const rows = [
      told('2021-03-05', '5213万吨，增长4.2%'),
      told('2019-03-06', '4807万吨'),
      told('2020-03-04', '5004万吨'),
    ]
    writeFileSync(join(folder, 'port.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
    desk = await openFolder(folder)
  }, 180_000)
  afterAll(async () => {
    await desk.close()
    rmSync(folder, { recursive: true })
  })
  const ask = (question: string) => desk.ask({ question, history: [], top: 5 })

  test('is told newest first when no year is asked for', async () => {
    const { answer, extracts } = await ask('滨城港前两个月完成货物吞吐量多少')
    expect(answer?.text).toBe('5213万吨')
    expect(extracts.map(({ citation }) => citation.date)).toEqual(['2021-03-05', '2020-03-04', '2019-03-06'])
  })

  test('is not the latest when two other years are asked for', async () => {
    const { extracts } = await ask('滨城港2019年和2020年前两个月货物吞吐量各是多少')
    expect(extracts[0]?.citation.date).not.toBe('2021-03-05')
  })

  test.each([
    ['2019年滨城港前两个月完成货物吞吐量多少', '4807万吨'],
    ['2020年前两个月滨城港货物吞吐量是多少万吨', '5004万吨'],
  ])('%s is answered from that year: %s', async (question, amount) => {
    const { answer, extracts } = await ask(question)
    expect(answer?.text).toBe(amount)
    expect(extracts).toHaveLength(1)
  })

  test('is refused for the year before, of an article without a date that begins with the year after', async () => {
    const undated = mkdtempSync(join(tmpdir(), 'chuchu-undated-'))
    const text = '截至2025年底，滨城农村自来水普及率达96%，宽带用户超过2亿户。2024年以来，滨城新建泵站三座。'
    writeFileSync(join(undated, 'water.jsonl'), JSON.stringify({ title: '滨城供水', text }))
    const other = await openFolder(undated)
    const rate = (year: number) => ({
      question: `截至${year}年底滨城农村自来水普及率是多少`,
      history: [],
      top: 5,
    })
    expect((await other.ask(rate(2025))).answer?.text).toBe('96%')
    expect((await other.ask(rate(2024))).answered).toBe(false)
    await other.close()
    rmSync(undated, { recursive: true })
  })

  test('is answered from December of the year before, which speaks of the year to come', async () => {
    const eve = mkdtempSync(join(tmpdir(), 'chuchu-eve-'))
    const speech = (date: string) => ({
      title: '新年贺词',
      date,
      text: '我同国际上新老朋友进行了多次通话，谈得最多的就是和衷共济、团结抗疫。让我们一起向未来。',
    })
    const later = ['2021-03-05', '2024-03-05'].map((date) => told(date, '5213万吨'))
    const rows = [speech('2020-12-31'), ...later].map((row) => JSON.stringify(row))
    writeFileSync(join(eve, 'speech.jsonl'), rows.join('\n'))
    const other = await openFolder(eve)
    const asked = { question: '2021年新年贺词里说同新老朋友谈得最多的是什么', history: [], top: 5 }
    expect((await other.ask(asked)).answer?.text).toBe('和衷共济、团结抗疫')
    expect((await other.ask({ ...asked, question: asked.question.replace('2021', '2024') })).answered).toBe(
      false,
    )
    await other.close()
    rmSync(eve, { recursive: true })
  })

  test('is refused for a year that no article tells of', async () => {
    const { answered, missing } = await ask('2016年滨城港前两个月完成货物吞吐量多少')
    expect({ answered, missing }).toEqual({ answered: false, missing: ['2016'] })
  })
})
