import { array, assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWhite, type Range, render } from '../../src/core/ranges.ts'
import { type Decision, repair } from '../../src/corpus/repair/repair.ts'
import { dayOfName } from '../../src/text/dates.ts'

const articles = (text: string) =>
  repair(text).articles.map((article) => ({
    title: article.title?.text ?? null,
    subtitle: article.subtitle?.text ?? null,
    byline: article.byline?.text ?? null,
    date: article.date,
    source: article.source,
    section: article.section,
    body: article.paragraphs.map((ranges) => render(text, ranges).text),
  }))

/** How often each character is claimed by an article or as furniture. */
const claims = (text: string): Uint8Array => {
  const { articles: found, furniture } = repair(text)
  const ranges: Range[] = furniture.map(({ range }) => range)
  for (const { title, subtitle, byline, paragraphs } of found)
    for (const part of [title?.ranges, subtitle?.ranges, byline?.ranges, paragraphs.flat()])
      ranges.push(...(part ?? []))
  const counts = new Uint8Array(text.length)
  for (const [start, end] of ranges) for (let at = start; at < end; at++) counts[at] = (counts[at] ?? 0) + 1
  return counts
}
const expectLawful = (text: string): void => {
  const counts = claims(text)
  for (let at = 0; at < text.length; at++)
    if (!isWhite(text.charCodeAt(at)) && counts[at] !== 1)
      expect({ at, character: text.charAt(at), counts: counts[at] }).toBe('once')
}

const PORT = [
  '大连港今年新开通三条集装箱航线，连接日本和韩国的主要港口。',
  '港口负责人表示，新航线开通后，货物到达大阪的时间缩短一天。',
  '今年前七个月，大连港完成集装箱吞吐量三百万标箱，同比增长两成。',
]
const SCHOOL = [
  '本报讯 记者吕丽报道 记者从市教育局获悉，今年全市新增公办幼儿园十五所。',
  '新增的幼儿园分布在六个区，可以接收三千名儿童入园。',
]

describe('a clean file', () => {
  test('of one article with a title line comes through as it is', () => {
    const text = `大连港开通三条新航线\n\n${PORT.join('\n\n')}\n`
    expect(articles(text)).toEqual([
      {
        title: '大连港开通三条新航线',
        subtitle: null,
        byline: null,
        date: null,
        source: null,
        section: null,
        body: PORT,
      },
    ])
  })

  test('keeps numbered headings inside its one article', () => {
    const text = [
      '大连市促进航运发展办法',
      '一、总体要求',
      PORT[0],
      '二、主要任务',
      PORT[1],
      '三、保障措施',
      PORT[2],
    ].join('\n')
    const [article, ...others] = articles(text)
    expect(others).toEqual([])
    expect(article?.body).toEqual(['一、总体要求', PORT[0], '二、主要任务', PORT[1], '三、保障措施', PORT[2]])
  })

  test('may have CRLF line ends, indents and no title', () => {
    expect(articles(PORT.map((line) => `　　${line}\r\n`).join(''))).toMatchObject([
      { title: null, body: PORT },
    ])
  })

  test('that is empty gives nothing', () => {
    expect(repair(' \n\u3000\r\n')).toEqual({ articles: [], furniture: [], warnings: [] })
  })
})

describe('a newspaper page', () => {
  test('is divided at its headlines; section, byline, source and date are named', () => {
    const text = [
      '2020年5月25日 星期一',
      '大连港开通三条新航线',
      '本报记者 吕 丽',
      ...PORT,
      '滨城时讯 SHIXUN',
      '今年新增公办幼儿园',
      '十五所',
      ...SCHOOL,
    ].join('\n\n')
    expect(articles(text)).toMatchObject([
      {
        title: '大连港开通三条新航线',
        byline: '本报记者吕丽',
        date: '2020-05-25',
        section: null,
        body: PORT,
      },
      { title: '今年新增公办幼儿园 十五所', byline: '记者吕丽', date: '2020-05-25', section: '滨城时讯' },
    ])
    expect(repair(text).furniture.map(({ kind }) => kind)).toEqual(['date', 'section'])
  })

  test('may have its headlines below their text', () => {
    const text = [
      `本报讯 ${PORT[0]}`,
      PORT[1],
      PORT[2],
      '大连港开通三条集装箱新航线',
      ...SCHOOL,
      '全市新增公办幼儿园十五所',
    ].join('\n\n')
    expect(articles(text).map(({ title }) => title)).toEqual([
      '大连港开通三条集装箱新航线',
      '全市新增公办幼儿园十五所',
    ])
  })

  test('set in columns is put together again, over blank lines in mid-sentence and letter spacing too', () => {
    const lines = [
      '　　大连港今年新开通三条集',
      '装箱航线，连接日本和韩国的主',
      '要港口。港口负责人表示，新航',
      '',
      '线开通后，货 物 到 达 大 阪 的',
      '时间缩短一天。',
      '　　今年前七个月，大连港完成',
      '集装箱吞吐量三百万标箱，同比',
      '增长两成。',
    ]
    expect(articles(lines.join('\n'))).toMatchObject([{ body: [`${PORT[0]}${PORT[1]}`, PORT[2]] }])
  })

  test('finds the rest of a paragraph that was printed elsewhere', () => {
    const long = '港口负责人表示，新航线开通后，货物到达大阪的时间缩短一天，船公司的运输成本也随之下降。'
    const text = [
      '大连港开通三条新航线',
      PORT[0],
      long.slice(0, 24),
      '全市新增公办幼儿园十五所',
      ...SCHOOL,
      long.slice(24),
    ]
    expect(articles(text.join('\n\n'))[0]?.body).toEqual([PORT[0], long])
  })

  test('finds the rest of a list by what is said of it elsewhere, though another sentence stands open nearer', () => {
    const text = [
      '大连港开通三条新航线',
      PORT[0],
      '港口负责人表示，新航线由市政府和港口的主要领导任',
      '城市安居、管网改造等内容，共计二十四项。',
      '全市公布十五项民生工程',
      '涉及医疗惠民、城市安居、管网改造等方面',
      '本报讯 记者吕丽报道 今年全市确定十五项民生工程，包括医疗惠民、',
    ]
    expect(articles(text.join('\n\n')).at(-1)?.body).toEqual([
      '本报讯记者吕丽报道今年全市确定十五项民生工程，包括医疗惠民、城市安居、管网改造等内容，共计二十四项。',
    ])
  })

  test('joins a sentence that begins 据 like any other: only a whole line names a source', () => {
    const text = [
      '大连港开通三条新航线',
      PORT[0],
      '据《大连日报》报道，新航线开通后，货物到达大',
      '阪的时间缩短一天。',
    ]
    expect(articles(text.join('\n\n'))[0]?.body).toEqual([PORT[0], `${text[2]}${text[3]}`])
  })

  test('gives captions with their credit apart from the text they stand in', () => {
    const text = [
      '大连港开通三条新航线',
      PORT[0],
      '大连港集装箱码头。',
      '孙鹏伟 摄',
      PORT[1],
      '工人在码头作业。（资料片）',
      PORT[2],
    ]
    expect(articles(text.join('\n\n'))).toMatchObject([
      { body: PORT },
      { title: null, byline: '孙鹏伟摄', body: ['大连港集装箱码头。'] },
      { body: ['工人在码头作业。（资料片）'] },
    ])
  })

  test('gives the items of a digest one by one', () => {
    const text = [
      '外贸',
      PORT[0],
      '教育',
      SCHOOL[1],
      '航运',
      PORT[2],
      '以上摘自市政府工作报告',
      '本报记者 吕丽 整理',
    ].join('\n\n')
    expect(articles(text)).toMatchObject([
      { title: '外贸', body: [PORT[0]] },
      { title: '教育', body: [SCHOOL[1]] },
      { title: '航运', byline: '本报记者吕丽整理', body: [PORT[2], '以上摘自市政府工作报告'] },
    ])
  })

  test('names a second copy as furniture and keeps the first', () => {
    const long = PORT.join('')
    const text = ['大连港开通三条新航线', long, SCHOOL[1], long.slice(1)].join('\n\n')
    const { furniture } = repair(text)
    expect(furniture).toEqual([{ kind: 'copy', range: [text.length - long.length + 1, text.length] }])
  })

  test('parts the turns of an interview that was set as one line', () => {
    const answer =
      '谭作钧我们坚持以人民为中心，做好各项工作，保障市民的生活，推动经济平稳运行，企业复工复产的情况很好，全市的重点项目都已经开工建设。'
    const text = `市委书记接受采访。做好民生工作记者大连今年如何做好民生工作？${answer}扩大对外开放记者大连怎样扩大对外开放？${answer}`
    expect(articles(text)[0]?.body).toEqual([
      '市委书记接受采访。',
      '做好民生工作',
      '记者大连今年如何做好民生工作？',
      answer,
      '扩大对外开放',
      '记者大连怎样扩大对外开放？',
      answer,
    ])
  })

  test('tells what was decided to whoever asks', () => {
    const decisions: Decision[] = []
    repair(`大连港开通三条新航线\n\n${PORT.join('\n\n')}`, (decision) => decisions.push(decision))
    expect(decisions.map(({ what }) => what)).toEqual(['piece', 'piece', 'piece', 'piece', 'article'])
  })
})

describe('a dateline without a year', () => {
  const report = '新华社大连5月13日电 大连港今年新开通三条集装箱航线。'
  const dated = (lines: readonly string[], day: string | null = null) =>
    repair(lines.join('\n\n'), undefined, day).articles.map(({ date }) => date)

  test('has the year of the date line of its page', () => {
    expect(dated(['2020-05-15', '大连港开通三条新航线', report])).toEqual(['2020-05-13'])
    expect(dated(['2021-01-02', '大连港开通三条新航线', report.replace('5月13日', '12月30日')])).toEqual([
      '2020-12-30',
    ])
  })

  test('has the year of a day the file is known to be of', () => {
    expect(dated(['大连港开通三条新航线', report], '2020-05-14')).toEqual(['2020-05-13'])
    expect(dayOfName('大连日报/2020-05-14_03.txt')).toBe('2020-05-14')
    expect(dayOfName('20200514.txt')).toBe('2020-05-14')
  })

  test('has the year of other articles of the file, when they agree', () => {
    expect(
      dated(['大连港开通三条新航线', report, '2020年5月20日', '今年新增公办幼儿园十五所', ...SCHOOL])[0],
    ).toBe('2020-05-13')
  })

  test('stays unknown when nothing says the year', () => {
    expect(dated(['大连港开通三条新航线', report])).toEqual([null])
    expect(dated(['大连港开通三条新航线', report], '2020-12-01')).toEqual([null])
    expect(dated(['大连港开通三条新航线', report.replace('5月13日', '2月30日')], '2020-03-01')).toEqual([
      null,
    ])
    for (const name of ['001_d605d0680140cb4a.txt', '2020-05-14_2020-05-15.txt', '2020.txt', '20201399.txt'])
      expect(dayOfName(name)).toBeNull()
  })

  test('is not taken for names when its marks are lost', () => {
    const lead = '新华社大连月日电记者张非非蔡拥军郭翔大连港今年新开通三条集装箱航线。'
    expect(articles(['大连港开通三条新航线', lead].join('\n\n'))).toMatchObject([
      { byline: null, source: '新华社', date: null, body: [lead] },
    ])
  })
})

describe('the opening of a report', () => {
  const bylineOf = (lead: string): string | null | undefined =>
    articles(`大连港开通三条新航线\n\n${lead}大连港今年新开通三条集装箱航线，连接日本和韩国的主要港口。`)[0]
      ?.byline

  test.each([
    ['本报讯 记者张三 通讯员李四 ', '记者张三'],
    ['本报讯记者张三通讯员李四', '记者张三'],
    ['本报讯(记者张三 通讯员李四 ', '记者张三'],
    ['本报记者张三丰 ', '记者张三丰'],
    ['大连日报讯 记者张三、王小五 ', '记者张三、王小五'],
    ['新华社大连5月13日电（记者张三 许四）', '记者张三 许四'],
  ])('names who wrote the report where print parts the name from the text: %s', (lead, byline) => {
    expect(bylineOf(lead)).toBe(byline)
  })

  test.each([
    '本报讯记者张三',
    '本报记者从市政府 ',
    '本报记者于近日 ',
    '本报讯 记者张三 5月',
    '本报记者高兴地 ',
    '本报记者张今日 ',
  ])('names nobody when a name may be none: %s', (lead) => {
    expect(bylineOf(lead)).toBeNull()
  })
})

describe('the law: every character is in one place', () => {
  test('on pages of all kinds of lines', () => {
    const line = constantFrom(
      ...PORT,
      ...SCHOOL,
      '大连港开通新航线',
      '本报记者 吕丽',
      '孙鹏伟 摄',
      '核心提示',
      '滨城时讯 SHIXUN',
      '外贸',
      '2020-09-08 09:21:24',
      '以上摘自报告',
      '——副题在此',
      '且没有说完的一句话到这里就',
      '，继续说下去。',
      '“引文没有',
      '*****',
      '　　缩进一行',
      'A 1',
    )
    const text = array(property2(line), { maxLength: 40 }).map((parts) => parts.join(''))
    assert(property(text, expectLawful), { numRuns: 300 })
  })

  test('on any text', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (given) =>
        expectLawful(Buffer.from(given).toString()),
      ),
    )
    assert(
      property(
        array(constantFrom('字', '。', '\n', ' ', '”', '（', '记者', '？', '\r', '\u2028'), {
          maxLength: 200,
        }),
        (parts) => expectLawful(parts.join('')),
      ),
    )
  })

  test('the same text gives the same articles', () => {
    const text = `${PORT.join('\n')}\n\n大连港开通新航线\n\n${SCHOOL.join('\n\n')}`
    expect(repair(text)).toEqual(repair(text))
  })
})

describe('hostile text is read in time that grows with its length', () => {
  const cases: [string, string][] = [
    ['200,000 spaces', ' '.repeat(200_000)],
    ['one line of 10 MB', '大连市今年上半年生产总值增长。'.repeat(233_000)],
    ['30,000 lines of one character', '字\n'.repeat(30_000)],
    ['10,000 lines that end in CR', '字\r'.repeat(10_000)],
    ['3,000,000 blank lines', '\n'.repeat(3_000_000)],
    ['nothing but 3,000,000 brackets', '（'.repeat(3_000_000)],
    ['20,000 lines of brackets', '（“\n'.repeat(20_000)],
    [
      '10,000 different open sentences',
      Array.from(
        { length: 10_000 },
        (_, i) => `大连市今年上半年${String.fromCharCode(0x4e00 + i)}的生产总值，`,
      ).join('\n\n'),
    ],
    ['20,000 open sentences', '大连市今年上半年的生产总值\n\n'.repeat(20_000)],
    ['20,000 headlines', '大连港开通三条新航线\n\n'.repeat(20_000)],
    ['20,000 reports', '本报讯 记者吕丽报道 今天的天气很好。\n\n'.repeat(20_000)],
  ]
  test.each(cases)('%s', (_, text) => {
    const from = performance.now()
    repair(text)
    expect(performance.now() - from).toBeLessThan(30_000)
  })
})

/** A line and the white space after it. */
function property2(line: ReturnType<typeof constantFrom<string[]>>) {
  return array(line, { minLength: 1, maxLength: 1 }).chain(([only]) =>
    constantFrom('\n', '\n\n', '\n\n\n', '\r\n').map((end) => `${only ?? ''}${end}`),
  )
}
