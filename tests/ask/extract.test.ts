import { describe, expect, test } from 'vitest'
import type { Weighed } from '../../src/ask/evidence.ts'
import { choose, tells } from '../../src/ask/extract.ts'
import { understand } from '../../src/ask/question.ts'
import { openSegmenter } from '../../src/index/segmenter.ts'
import { sentences } from '../../src/text/sentences.ts'

const segmenter = openSegmenter()

/** Sentences of a text with the given weights. */
const weighed = (text: string, weights: readonly number[]): readonly Weighed[] =>
  sentences(text).map(([start, end], i) => ({
    start,
    end,
    words: 0,
    meaning: 0,
    kind: 0,
    thing: null,
    weight: weights[i] ?? 0,
  }))

const chosen = (text: string, weights: readonly number[]): string[] =>
  choose(understand('多少', segmenter), text, weighed(text, weights), null).map(({ choice }) =>
    text.slice(choice.start, choice.end),
  )

const read = (question: string, text: string, span: string) => {
  const start = text.indexOf(span)
  const reading = { start, end: start + span.length, span: 1, relevance: 1 }
  const [first] = choose(understand(question, segmenter), text, weighed(text, []), reading)
  const { choice } = first ?? { choice: { start: 0, end: 0, answer: null } }
  return {
    extract: text.slice(choice.start, choice.end),
    answer: choice.answer && text.slice(...choice.answer),
  }
}

describe('the sentences chosen', () => {
  test('are the best one, whole', () => {
    expect(chosen('第一句。第二句。第三句。', [0, 0, 1])).toEqual(['第三句。'])
  })

  test('bring the sentence before when they point back to it', () => {
    expect(chosen('大连热电集团投产。该企业有职工三千人。', [0, 1])).toEqual([
      '大连热电集团投产。该企业有职工三千人。',
    ])
  })

  test('never bring a sentence of another paragraph', () => {
    expect(chosen('大连热电集团投产。\n该企业有职工三千人。', [0, 1])).toEqual(['该企业有职工三千人。'])
  })

  test('are two in one when the second best comes close and stands beside the best', () => {
    expect(chosen('第一句。第二句。第三句。', [0, 0.9, 1])).toEqual(['第二句。第三句。'])
    expect(chosen('第一句。第二句。第三句。', [0.9, 0, 1])).toEqual(['第三句。', '第一句。'])
  })
})

describe('the short answer', () => {
  test.each([
    ['取消了多少个环节', '取消了13个业务环节。', '13', '13个'],
    ['投资多少', '专项投资达12亿元，今年完成。', '12亿', '12亿元'],
    ['叫什么', '全国首创“四步稽查法”的做法推广开来。', '“四步稽查法', '“四步稽查法”'],
    ['叫什么', '打造《示范城市》的样板，推动发展。', '《示范城市', '《示范城市》'],
    ['是谁', '记者杨少明，报道如下内容请看。', '杨少明，', '杨少明'],
    ['是谁', '会上，大学教授李晓阳，医生王峥等发言。', '李晓阳，医生王峥', '李晓阳'],
    ['有哪些企业', '来了万华、恒力等十多家大连的企业参展。', '万华、恒力等十多家大连的企业', '万华、恒力'],
    ['办法叫什么', '海关首创口岸“四步稽查法”的做法推广开来。', '首创口岸“四步稽查法”', '“四步稽查法”'],
    ['水质达标了吗', '推进碧水工程，7个断面全部达标，位居前列。', '7个', '7个断面全部达标'],
    ['多少架无人机', '俄军用7枚导弹和315架无人机袭击，乌方拦截很多。', '7枚导弹和315架无人机袭击', '315架'],
    ['外资企业复工率多少', '外资企业复工率达100%，达产率107.6%。', '107.6%', '100%'],
    ['外资企业达产率多少', '外资企业复工率达100%，达产率107.6%。', '107.6%', '107.6%'],
    ['全市有多少处森林公园', '全市有自然保护区11个、森林公园14处，总面积居前。', '11个', '14处'],
    ['国家级自然保护区有几个', '有国家级自然保护区4个，市级自然保护区6个，居前。', '6个', '4个'],
    ['新增本土病例多少', '新增确诊病例28例，其中本土病例8例，均已收治。', '8例', '8例'],
    [
      '市内四区是哪四个区',
      '大连市今年市内四区（中山区、西岗区）供地计划公布，明天生效。',
      '大连市',
      '中山区、西岗区',
    ],
    ['工业增速排第几', '工业增长15.4%，连续位居全省首位，势头不减。', '15.4%', '连续位居全省首位'],
    ['办法叫什么', '首创口岸“四步稽查法”的做法，今年推广开来。', '首创口岸“四步稽查法', '“四步稽查法”'],
    [
      '费率怎么调的',
      '保费扶持比例提高，初始费率由0.18%下调0.126%，惠及企业。',
      '0.18%下调0.126%',
      '由0.18%下调0.126%',
    ],
    [
      '是不是试点城市',
      '网办率96.32%，获批全省试点城市，成效明显。',
      '网办率96.32%，获批全省',
      '获批全省试点城市',
    ],
    [
      '是大连哪个基地',
      '金普新区装备制造示范基地获评五星级，今年授牌。',
      '金普新区装备制造',
      '金普新区装备制造示范基地',
    ],
    ['工业用电量 增长', '全市工业用电量增长8.9%，其中，制造业用电量增长12.4%。', '12.4%', '8.9%'],
    ['哪年开门', '新机场计划2019年投入使用，设计已经完成。', '2019年投入使用', '2019年'],
    ['国家级森林公园有几处', '森林公园14处，其中国家级10个，市级4个，居全省前列。', '14处', '10个'],
    [
      '市级森林公园有几个',
      '森林公园14处，其中国家级10个，市级4个，居全省前列。',
      '14处，其中国家级10个，市级4个',
      '4个',
    ],
    ['市级森林公园有几个', '森林公园14处，其中国家级10个，市级4个，居全省前列。', '4个', '4个'],
    [
      '市级森林公园有几个',
      '市级自然保护区6个；森林公园14处，其中国家级10个，市级4个，居全省前列。',
      '6个',
      '4个',
    ],
    ['费率降到多少了', '费率由0.18%下调0.126%，已兑现资金。', '0.18%下调0.126%', '0.126%'],
    ['哪些县级市进了百强县', '瓦房店市、庄河市分别居全国百强县前列。', '庄河市', '瓦房店市、庄河市'],
    ['品种有哪些', '放流品种包括牙鲆、海蜇、对虾等，今年开始。', '海蜇', '牙鲆、海蜇、对虾'],
    [
      '是哪个厂子',
      '海城正昌工业有限公司工作人员在办公室打印出了证书，这是首份。',
      '海城正昌工业有限公司工作人员在办公室打印出了证书',
      '海城正昌工业有限公司',
    ],
    [
      '为什么防控压力仍很大',
      '作为桥头堡，对外交往频繁，当前防控压力仍很大，时刻不能放松。',
      '当前防控压力仍很大',
      '作为桥头堡，对外交往频繁',
    ],
    ['“五个一”机制', '严格落实一个项目、一名领导的“五个一”机制，今年推行。', '“五个一”机制', null],
    ['产业有哪些', '有色金属、钢铁等产业集群形成，规模居前。', '钢铁', '有色金属、钢铁'],
    ['企业有哪些', '来参展的有华为、中兴等，现场签约。', '中兴', '华为、中兴'],
    [
      '是哪家医院',
      '中国科学院大学附属医院医护人员到场，开展义诊。',
      '中国科学院大学附属医院医护人员',
      '中国科学院大学附属医院',
    ],
    ['总部在大连还是沈阳', '公司总部迁到大连，今年挂牌运营。', '大连', '大连'],
    ['预计产量多少', '机构预计今年菜籽产量在1600至1750万吨之间，略有增加。', '1750万吨', '1600至1750万吨'],
    ['个人缴费多少', '个人缴费标准为每人每年不低于380元，秋天开始。', '380元', '不低于380元'],
    ['名额不能低于多少', '分给初中的名额不低于50%，今年起执行。', '50%', '50%'],
    ['专利排第几', '从质量看台积电居首，英特尔则排名第三，差距不大。', '英特尔则排名第三', '第三'],
    ['被骗了多少钱', '王先生前后花费5000元，至今没有收到货。', '花费5000元', '5000元'],
    ['掏了多少钱', '公司用电子保函花了不到4000元，当天办好。', '花了不到4000元', '不到4000元'],
    ['一年掏几个钱', '家长一年付600元钱，医生随叫随到。', '600元钱', '600元'],
    ['鞋跟多高', '她穿着7厘米高的鞋上台，站不稳。', '7厘米高', '7厘米'],
    ['调集了多少人', '消防共出动12车70人赶往灾区，连夜救援。', '12车70人', '70人'],
    ['受伤人数', '强震已造成至少164人遇难、971人受伤，房屋倒塌。', '至少164人遇难、971人受伤', '971人'],
    ['扶持比例提高多少', '保费扶持比例由60%提高到80%，即日起执行。', '60%提高到80%', '由60%提高到80%'],
    [
      '2021年人均收入多少',
      '人均收入由26408元增长到2021年的55852元，翻了一番。',
      '26408元增长到2021年的55852元',
      '55852元',
    ],
    ['贫困发生率 降到', '贫困发生率由9.8%下降到现在的0.07%，全部摘帽。', '9.8%下降到现在的0.07%', '0.07%'],
    ['为什么起火', '经过调查，很可能是因为电线短路，具体情况还在核实。', '因为电线短路', '电线短路'],
    [
      '五大集群有哪些',
      '广东布局五大集群，即智能装备、电子信息、生命健康、未来材料，明年开工。',
      '健康、未来材料',
      '智能装备、电子信息、生命健康、未来材料',
    ],
    ['自然保护区有多少', '全市有自然保护区11个，市级自然保护区6个，居全省前列。', '6个', '11个'],
    ['最高气温多少', '济南今天最高气温35℃，明天转凉。', '35℃', '35℃'],
    ['几率多大', '这种并蒂莲出现的几率仅十万分之一，难得一见。', '十万分之一', '十万分之一'],
  ])('%s: %s', (question, text, span, expected) => {
    expect(read(question, text, span).answer).toBe(expected)
  })

  test('is none when the whole extract is the answer', () => {
    expect(read('为什么', '因为市场好。', '因为市场好').answer).toBe(null)
  })
})

describe('beside a reader', () => {
  const text = '港口建成二十年。吞吐量达3000万吨。职工有800名。'
  const both = (span: string, weights: readonly number[]) => {
    const start = text.indexOf(span)
    const reading = { start, end: start + span.length, span: 1, relevance: 1 }
    return choose(understand('吞吐量多少', segmenter), text, weighed(text, weights), reading).map(
      ({ choice, read: isRead }) => [
        text.slice(choice.start, choice.end),
        choice.answer && text.slice(...choice.answer),
        isRead,
      ],
    )
  }

  test("its span is the answer of the rules' sentences when it stands in them", () => {
    expect(both('3000', [0, 1, 0])).toEqual([['吞吐量达3000万吨。', '3000万吨', true]])
  })

  test('its span brings its own sentence, first, when it stands elsewhere', () => {
    expect(both('3000', [1, 0, 0])).toEqual([
      ['吞吐量达3000万吨。', '3000万吨', true],
      ['港口建成二十年。', null, false],
    ])
  })

  test.each([
    ['凶手叫什么名字', '行凶造成1人死亡，凶手张三被捕。', '1人死亡'],
    ['谁出卖了他', '由于叛徒出卖，他不幸被捕。', '由于叛徒出卖'],
    ['病例在哪个省', '报告新增本土病例1例，在辽宁省。', '1例'],
  ])('%s: a span that is no name is passed over', (question, told, span) => {
    expect(read(question, told, span).answer ?? '').not.toContain(span)
  })

  test('a span that is no amount is passed over when an amount is asked for', () => {
    expect(both('吞吐量', [0, 0, 1]).every(([, , isRead]) => isRead === false)).toBe(true)
  })
})

describe('whether a sentence can tell an amount', () => {
  const can = (question: string, told: string): boolean => tells(understand(question, segmenter), told)
  test.each([
    ['进出口总额多少亿元', '上半年进出口总额达亿元，同比增长。', false],
    ['进出口总额多少亿元', '上半年进出口总额达3亿元。', true],
    ['有几条线路', '开通线路十余条。', true],
    ['办证要多久', '当场领证。', true],
    ['查了多少位村民', '上午11点，在三楼为82岁的老人检查。', false],
    ['查了多少位村民', '为200多名老人检查。', true],
    ['投入多少经费', '9个站点建成，代码601933。', false],
    ['投入多少经费', '投入近3亿建成。', true],
    ['有多少亩', '开花的几率仅十万分之一。', false],
    ['续航多少公里', '满电可行592km。', true],
    ['几点开门', '8月11日起开门。', false],
    ['几点开门', '每天上午8点开门。', true],
    ['哪天公布的', '今年8月公布。', false],
    ['哪天公布的', '8月2日公布。', true],
    ['震级是多少', '14个省受灾。', false],
    ['震级是多少', '发生7.3级地震。', true],
    ['财政收入多少', '降幅收窄1.5个百分点。', false],
    ['有多少艘船参加', '上百艘舰艇演习。', true],
    ['有多少名官兵参加', '上百艘舰艇和数十架飞机演习。', false],
    ['进出口总额', '进出口总额达亿元，同比增长。', false],
    ['市场交易额是多少', '新增贷款增长151%，市场交易额创历史新高。', false],
    ['开发花了多少钱', '注册人数超过481万。', false],
    ['来了多少人', '郁金香100多万株。', false],
    ['有多少成员单位', '联盟有15家企业。', true],
    ['有多少居民小区', '全区共38个小区。', true],
    ['名额是多少', '每校20个名额。', true],
    ['地铁几号线到机场', '乘坐2号线可到。', true],
    ['提了几点建议', '提出三条建议。', true],
    ['几日内办结', '3个工作日办结。', true],
    ['上一年多少人', '上一年的情况不详。', false],
    ['碳排放多少万吨', '碳排放居全国首位。', false],
    ['增加值排第几', '增加值居全国首位。', true],
    ['哪家企业投产', '热电集团投产。', true],
    ['隧道什么时候通车', '隧道、地铁5号线等项目加快推进。', false],
    ['隧道什么时候通车', '隧道将于明年通车。', true],
    ['隧道什么时候通车', '隧道将在春节前通车。', true],
    ['有多少员工', '项目年产2000万吨。', false],
    ['有多少员工', '项目年产2000万吨，在岗员工超过6000人。', true],
    ['一杯卖多少钱', '创立已逾百年。', false],
    ['跌了几个点', '股价跌超9%。', true],
    ['这几年建了多少条线', '共20条。', true],
    ['污染天数有多少', '达标率88.4%。', false],
    ['全长多少公里', '乘坐地铁5号线可到。', false],
    ['大樱桃多少钱', '2019，大樱桃节开幕。', false],
    ['员工总数是多少', '企业总数达到1744家。', false],
    ['员工总数是多少', '企业用工总数超1万人。', true],
    ['哪年动工', '2000万吨/年的项目建成仅用19个月。', false],
    ['哪年动工', '去年动工。', true],
  ])('%s / %s: %s', (question, told, expected) => {
    expect(can(question, told)).toBe(expected)
  })
})
