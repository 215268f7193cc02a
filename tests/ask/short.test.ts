import { describe, expect, test } from 'vitest'
import { shortAnswer } from '../../src/ask/extract/short.ts'
import { understand } from '../../src/ask/question/question.ts'
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
      'of an organisation is that of its branch',
      '发动机是哪个单位试的车',
      '发动机在航天科技集团六院完成了一次点火试车，取得成功。',
      '航天科技集团六院完成了一次点火试车',
      '航天科技集团六院',
    ],
    [
      'is of whom something is done for, when that is asked',
      '原油船是为哪家公司建造的',
      '大船集团为远航轮船建造的智能原油船成功交付，填补空白。',
      '大船集团',
      '远航轮船',
    ],
    [
      'is of who does it, when that is asked',
      '原油船是哪家公司建造的',
      '大船集团为远航轮船建造的智能原油船成功交付，填补空白。',
      '大船集团',
      '大船集团',
    ],
    [
      'ends as the one before it in a list does',
      '建成什么区',
      '确保建成（产业结构优化的先导区和经济社会发展的先行区），再创佳绩，走在前列。',
      '产业结构优化的先导区和经济社会发展',
      '产业结构优化的先导区和经济社会发展的先行区',
    ],
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

describe('what a person is', () => {
  const text =
    '被誉为皇后的四川籍跳水冠军高敏，与本届大运会首金得主曹茂园执旗，并将会旗递交给大运会执委会主席王凤朝先生。'
  test.each([
    ['stands before the name, not that of another', '王凤朝是谁', '高敏', '大运会执委会主席'],
    ['stands before the name, and is not of another', '曹茂园是什么人', '跳水冠军高敏', '本届大运会首金得主'],
    ['does not hold the name', '高敏是干什么的', '四川籍跳水冠军高敏', '四川籍跳水冠军'],
    ['may be said shorter', '王凤朝是谁', '执委会主席', '执委会主席'],
  ])('%s', (_, question, read, answer) => expect(short(question, text, read)).toBe(answer))

  test('is not asked by who did something', () =>
    expect(short('谁把会旗交给王凤朝', text, '曹茂园')).toBe('曹茂园'))
})

describe('what was read stays', () => {
  test.each([
    [
      'a share beside a month with its digit',
      '5月份CPI同比上涨多少',
      '食品价格上涨12%，带动5月份CPI同比上涨5%，涨幅回落。',
      '5%',
    ],
    [
      'a share beside a year with its digits',
      '2020年大连GDP增长多少',
      '2020年大连工业增长12.5%，带动GDP增长2%，好于预期。',
      '2%',
    ],
    [
      'a fall asked of a growth',
      '5月汽车销量同比增长多少',
      '5月汽车销量同比下降了12.3%，连续回落，仍需努力。',
      '下降了12.3%',
    ],
    [
      '高等教育 in a list',
      '改革涉及哪些领域',
      '改革涉及义务教育、高等教育和职业教育，进展顺利，成效明显。',
      '义务教育、高等教育和职业教育',
    ],
    [
      'a week day and its hour',
      '什么时候开放',
      '图书馆每周六上午9点开放，欢迎市民前来阅读。',
      '每周六上午9点',
    ],
    [
      'how long from a day on',
      '审批多久能办完',
      '自2月1日起20个工作日内办结，逾期追究相关人员责任。',
      '自2月1日起20个工作日内',
    ],
    [
      'a time before words that only name the thing',
      '这个项目啥时候动工',
      '2019年12月项目获批，今年5月开建，总投资5亿元。',
      '今年5月',
    ],
    [
      'a company before another and what it did',
      '哪家公司中标了',
      '华为击败中兴公司中标，金额未公布，工期两年。',
      '华为',
    ],
    [
      'a place before what it is',
      '哪个国家最先批准疫苗',
      '英国是首个批准的国家，随后美国也批准，进展迅速。',
      '英国',
    ],
    [
      'the whole name of a hospital',
      '哪家单位派出了医疗队',
      '大连医科大学附属第一医院派出医疗队，奔赴武汉支援。',
      '大连医科大学附属第一医院',
    ],
    [
      'one of two that the question offers',
      '姚明和易建联谁得分高',
      '姚明得到30分，易建联得到20分，球队最终取胜。',
      '姚明',
    ],
    [
      'a speaker without a common surname',
      '谁说疫苗年底可用',
      '福奇说疫苗年底可用，张文宏认为还需时间观察。',
      '福奇',
    ],
    ['who stands behind 为', '局长是谁', '副局长李明介绍，现任局长为赵东来，今年五十岁。', '赵东来'],
    [
      'a name beside words in marks',
      '获奖医生叫什么名字',
      '“张伟医生是好样的”，患者这样说，掌声响起来。',
      '张伟',
    ],
    [
      'what changed its name, asked which did',
      '哪家公司更名为辽港集团',
      '大连港集团更名为辽港集团，业务照常，员工不变。',
      '大连港集团',
    ],
    [
      'a list behind a company with 为 in its name',
      '有哪些企业参展',
      '深圳华为技术、中兴通讯、腾讯等企业前来参展，规模空前。',
      '中兴通讯',
    ],
  ])('%s', (_, question, text, read) => {
    expect(short(question, text, read)).toContain(read)
  })
})

describe('a motto', () => {
  const text = '本届论坛以“加强交流合作，促进共同繁荣”为主题，三百人参加。'

  test('is whole in its marks', () => {
    expect(short('论坛的主题是什么', text, '加强交流合作')).toBe('“加强交流合作，促进共同繁荣”')
    expect(short('本届论坛的主题', text, '加强交流合作')).toBe('“加强交流合作，促进共同繁荣”')
  })

  test('is one clause where something else is asked for', () => {
    expect(short('论坛要加强什么', text, '交流合作')).toBe('交流合作')
    const park = '新建的主题公园由“远航”旅游公司投资建设，明年开园，市民期待。'
    expect(short('主题公园由哪家公司投资', park, '“远航”旅游公司')).toBe('“远航”旅游公司')
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

describe('a list of one kind', () => {
  const text = '示范区以新城为核心，总面积50平方公里，包含东湖片区、南山片区、北岭片区，形成联动格局。'

  test('is what ends as the question says, when something else was read', () => {
    expect(short('示范区由哪几个片区组成', text, '新城')).toBe('东湖片区、南山片区、北岭片区')
  })

  test('is none of another kind', () => {
    expect(short('示范区有哪些公司', text, '新城')).toBe('新城')
  })

  test('never replaces a list that was read', () => {
    const parks = '东山、西岭、南湖三家免费开放，其他城市景区、乡村景区实行五折优惠。'
    expect(short('免费开放的有哪些景区', parks, '东山、西岭、南湖')).toContain('东山、西岭、南湖')
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
      'is in the brackets behind it',
      '大连要建“两先区”，到底是啥意思？',
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

describe('what money is spent on', () => {
  const text = '公司在网上申请，这笔资金将用于缴纳社会保险费，减轻了企业的负担，受到普遍欢迎。'

  test('is told behind 用于, whatever was read', () => {
    expect(short('这笔钱准备花在什么地方', text, '网上')).toBe('用于缴纳社会保险费')
  })

  test('is not asked by where it was applied for', () => {
    expect(short('公司在哪里申请的', text, '网上')).toBe('网上')
  })
})

describe('what a question calls by a noun', () => {
  const text = '大连启动云就业，创新推出抖音视频招聘平台，为供求双方提供精准服务。'

  test('is not cut inside the noun', () => {
    expect(short('大连推出了什么视频招聘平台', text, '抖音视频')).toBe('抖音视频招聘平台')
    expect(short('大连推出了什么', text, '抖音视频')).toBe('抖音视频')
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

  test.each([
    ['以前办理要多久', '5到7个工作日'],
    ['现在办理要多长时间', '半小时'],
  ])('of a change is the end that %s asks for', (question, expected) => {
    const text = '这项业务的办理时间从5到7个工作日压缩到半小时，群众拍手称快。'
    for (const read of ['5到7个工作日', '5到7个工作日压缩到半小时', '半小时'])
      expect(short(question, text, read)).toBe(expected)
  })

  test.each([
    ['过去五年人均收入提高到多少', '过去五年，人均收入从2.1万元提高到3.5万元，年均增长一成。', '3.5万元'],
    ['年底之前工资将调整到多少', '年底前，工资标准由每月1800元调整到2000元，惠及万人。', '2000元'],
    ['目前清洁能源占比是多少', '清洁能源占比从12%提高到目前的15.5%，位居全国前列。', '15.5%'],
    ['现在每年的维护费是多少', '每年维护费从120万元下降到80万元以下水平，减轻了负担。', '80万元以下'],
    ['目前的工资标准是什么时候上调的', '工资标准从2021年11月上调至1810元，惠及百万职工。', '2021年11月'],
  ])('of a change asked %s', (question, text, expected) => {
    expect(short(question, text, expected)).toBe(expected)
  })

  test('of a change has no 原来的 before it', () => {
    expect(short('原来需要几份材料', '办事材料由原来的12份缩减至3份，群众满意。', '12份')).toBe('12份')
  })

  test('does not end within a word', () => {
    expect(short('办证要等多久', '实行一窗受理，最快20分钟立等可取，群众满意。', '20分钟立')).toBe('20分钟')
    expect(short('办证要等多久', '实行一窗受理，3天内办结，群众满意。', '3天内')).toBe('3天内')
    expect(short('救援持续了多久', '经过3天3夜连续奋战，被困人员全部获救，无人伤亡。', '3天3夜')).toBe(
      '3天3夜',
    )
  })
})

describe('a place in a row', () => {
  test('is the one of what is asked about', () => {
    expect(short('庄河排第几位', '瓦房店、庄河分别居百强第73位和第92位。', '92位')).toBe('第92位')
  })
})

describe('a number of things', () => {
  test.each([
    ['历仕几朝', '袁彭年崇祯七年成进士，历仕崇祯、隆武、永历三朝。', '历仕崇祯、隆武、永历三朝', '三朝'],
    ['规划了几大板块', '规划了港口、物流等五大板块，一个企业表示欢迎。', '港口、物流等五大板块', '五大板块'],
    ['一巢只生几个蛋', '筑巢在森林近水边的树冠，且一巢只生一个蛋。', '一巢只生一个蛋', '一个'],
    ['在家里排第几', '派西在卫斯理家排行第三。', '在卫斯理家排行第三', '第三'],
    [
      '体长可达多少公分',
      '体长可达12公分，栖息在水深3至100公尺处。',
      '体长可达12公分，栖息在水深3至100公尺',
      '12公分',
    ],
  ])('%s is told with the measure word of the question', (question, text, read, answer) => {
    expect(short(question, text, read)).toBe(answer)
  })
})

describe('what the question says itself', () => {
  test('is no answer with the place around it', () => {
    const text = '江苏泰州一个男孩看到老人在路边啃果皮，给他买了一个西瓜，网友纷纷点赞。'
    expect(short('泰州老人在哪儿啃果皮', text, '江苏泰州', '路边')).toBe('路边')
  })

  test('is no answer, and what rules take for it is', () => {
    const text = '在400亿美元经费中，包含了240亿美元用于援助，其余用于赈灾。'
    expect(short('400亿美元里多少用于援助', text, '400亿美元', '240亿美元')).toBe('240亿美元')
    expect(short('400亿美元里多少用于援助', text, '400亿美元')).toBe(null)
  })
})

test('an amount that lost its digits is no short answer', () => {
  expect(short('一带一路出口', '对一带一路沿线国家出口达亿元，同比有所增长。', '亿元')).toBeNull()
})
