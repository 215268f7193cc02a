import type { Mention } from '../../text/quantities.ts'
import { CURRENCIES } from '../../text/units.ts'
import type { Question } from './question.ts'

/** 多少家 and 几条 name the unit of the answer. */
const ASKED_UNIT =
  /(?:多少|(?<![这那])几|百分之)(?:[十百千万亿]+(?![克瓦米]))?(个百分点|[航架班人]次|公分|公尺|[美欧日港韩澳]元|英镑|平方(?:公里|千米|米)|公里|公斤|公顷|千克|小时|分钟|[\p{Script=Han}%])/u
/** Money and mass are asked for by one word and told in another. */
const SAME_UNIT: ReadonlyMap<string, readonly string[]> = new Map([
  ['钱', ['元', '块', ...CURRENCIES]],
  ['人', ['人', '个人', '名', '位', '人次', '户']],
  ['人次', ['人次', '人', '名', '位']],
  ['名', ['人', '名', '位']],
  ['位', ['人', '名', '位']],
  ['个', ['个', '家', '项', '座', '所', '处', '条', '种', '类', '款', '批', '件', '只']],
  ['家', ['家', '个', '户']],
  ['户', ['户', '家']],
  ['样', ['项', '种', '类', '个', '款', '件']],
  ['天', ['天', '日']],
  ['年', ['年', '周年', '年度']],
  ['成', ['%', '成', '‰']],
  ...[...'十百千万亿'].map((scale): [string, string[]] => [scale, []]),
])

const askedUnit = ({ text }: Question): string | undefined => ASKED_UNIT.exec(text)?.[1]

/** Measure words that count things of one sort; the others count many. */
const SORTS: readonly RegExp[] = [
  /^[辆台部列]$/,
  /^艘$/,
  /^架$/,
  /^[头只匹尾]$/,
  /^[棵株]$/,
  /^[篇封]$/,
  /^件$/,
  /^[场届]$/,
  /^(?:[人名位例]|人次)$/,
  /^[所家户]$/,
  /^(?:趟|班|列|[航架班]次)$/,
]

/** Trips and vehicles are counted by their own words alone: no 10个 for 几班. */
const OWN = /^[辆艘架头只匹尾趟班]$|^[航架班]次$/

/** 278件 is no answer to 几辆, nor 57830人次 to 多少航次. */
const isOfOtherThings = (asked: string, told: string): boolean => {
  const sorts = SORTS.filter((sort) => sort.test(asked))
  if (OWN.test(asked) && /^[个家项条处种]$/.test(told)) return true
  return sorts.length > 0 && SORTS.some((sort) => sort.test(told)) && !sorts.some((sort) => sort.test(told))
}

/** The units an answer may have; empty when the question names none. */
export const askedUnits = (question: Question): readonly string[] => {
  const unit = askedUnit(question)
  if (unit === undefined) return []
  return SAME_UNIT.get(unit) ?? [unit]
}

/** What amounts measure; one measure never answers for another. */
type Measure =
  | 'money'
  | 'share'
  | 'time'
  | 'length'
  | 'area'
  | 'mass'
  | 'power'
  | 'age'
  | 'grade'
  | 'people'
  | 'count'

const COUNTED =
  '家户人名位件项条次场所座栋套台辆艘架列趟班批种款类处间张份封剂根束幅瓶盒袋杯篇部本册枚棵颗粒株只头尾匹届期例宗起笔门村县省国票'
/** The units of a measure as they stand behind an amount. */
const UNITS_OF: Readonly<Record<Measure, RegExp>> = {
  money: new RegExp(`元$|^(?:块|${CURRENCIES.join('|')})$`),
  share: /^(?:%|‰|成|个?百分点)$/,
  time: /^(?:世纪|年|周年|年度|个月|月|周|日|天|小时|分钟|秒|个工作日|个交易日|个小时|个多月|分多钟)$/,
  length: /^(?:毫米|厘米|公分|公尺|英寸|英里|英尺|公里|千米|海里|米|里|[kcm]?m|nm)$/,
  area: /^(?:平方.*|[kcm]?m2|公顷|亩|英亩)$/,
  mass: /^(?:毫克|吨|公斤|千克|斤|克|[km]?g)$/,
  power: /^(?:(?:千|兆)?瓦|[kmg]?w)$/,
  age: /^岁$/,
  grade: /^(?:级|度|℃|°c|摄氏度)$/,
  people: /^(?:人|个人|名|位|人次|户|口|例|个|对|双)$/,
  count: new RegExp(`^(?:个|部门|人次|户次|航次|架次|辆次|剂次|例次|标准?箱|[${COUNTED}])$`),
}

const PEOPLE =
  '员工|职工|工人|人员|学生|学员|教师|老师|医生|护士|党员|居民|村民|市民|农民|旅客|游客|乘客|观众|患者|志愿者|用工|人口|' +
  '群众|民众|百姓|儿童|孩子|老人|妇女|官兵|家长|嘉宾|选手|人才'
/** Behind a word for people, what is no person: 居民小区, 成员单位. */
const NOT_THEM = '(?!小区|宿舍|公寓|工作室|项目|单位|企业|之家|中心|国|站|楼|房|床|票|卡|车)'
const MONEY =
  '经费|资金|费用|经济损失|投资|奖金|补贴|贷款|利润|税款|工资|罚款|赔偿|收入|营收|票房|租金|押金|学费|房租|债务|存款|成本'

/** How a question names the measure; the first that matches decides. 这几年 and 近几天 ask nothing. */
const ASKED: readonly (readonly [Measure, RegExp])[] = (
  [
    ['money', `个?(?:钱|(?:美|欧|日|港|亿|万)?元|块钱|英镑|卢布|\\p{Script=Han}{0,3}(?:${MONEY}))`],
    ['share', '成(?![立本员果就])|个?(?:百分)?点(?![钟建意要原体希])|个百分'],
    ['time', '个?多?(?:年(?!级)|载|月|天|日|工作日|交易日|小时|钟头|分钟|周|星期|秒)'],
    ['length', '(?:公里|英里|千米|海里|公分|公尺|[厘毫]米|米|里(?!面))'],
    ['area', '(?:平方|公顷|亩|\\p{Script=Han}{0,3}面积)'],
    ['mass', '(?:吨|公斤|千克|斤|克)'],
    ['age', '岁'],
    [
      'people',
      `[名位]?(?:${PEOPLE}|\\p{Script=Han}{0,3}[员者兵])${NOT_THEM}|人(?![次均民机工形造行])|(?<!第几)(?:名(?![额单称牌校城])|位(?![数置列于]))`,
    ],
    ['count', `(?:个(?!亿)|企业|单位|城市|[${COUNTED}](?![才钱金家]))`],
  ] as const
).map(([measure, unit]) => [
  measure,
  new RegExp(`(?<![这那近头前后过])(?:多少|几)[十百千万亿]*(?:${unit})`, 'u'),
])

/** Measures that a noun before 是多少 names: 复工率, 污染天数. */
const NAMED: readonly (readonly [Measure, RegExp])[] = [
  ['share', /百分之|(?:率|占比|比例|比重)(?:是|为|有|达|达到)?(?:多少|几|多高)/],
  ['time', /天数(?:是|为|有|达|达到)?多少/],
  [
    'money',
    /(?:收入|支出|[产价市总加]值|(?<![名份])额|价格?|费用?|经费|投资|贷款|利润|营收|损失|工资|成本|罚款|奖金|补贴|补助|资产)(?:一共|总共|大约|共|约)?(?:是|为|有|达|达到|了)?多少$/,
  ],
  ['grade', /(?:震级|气温|温度)(?:是|为|有|达|达到)?(?:多少|几|多高)/],
  ['area', /面积(?:是|为|有|达|达到)?(?:多少|多大)/],
  [
    'length',
    /(?:时速|长度|高度|宽度|深度|里程|全长|海拔|距离)(?:是|为|有|达|达到)?(?:多少|多长|多高|多深|多远)/,
  ],
  ['length', /(?:跑|开|飞|驶|车速|时速|速度)[^，。]{0,4}多快|多远/],
  ['mass', /(?:重量|体重|自重|净重)(?:是|为|有|达|达到)?(?:多少|多重)|多重[?？]?$/],
  ['power', /(?:装机(?:容量|规模)?|功率)(?:是|为|有|达|达到)?(?:多少|多大)/],
  ['people', new RegExp(`(?:${PEOPLE})(?:总数?|数量?|人数)(?:是|为|有|达|达到)?(?:多少|几)`)],
  ['count', /(?:人|户|家|个|件|次)数(?:量)?(?:是|为|有|达|达到)?多少/],
]

/** Keywords alone ask as 是多少 does. */
const measureAsked = ({ text }: Question): Measure | null => {
  const asking = /多|几|百分之/.test(text) ? text.replace(/[?？。]+$/, '') : `${text}是多少`
  return [...NAMED, ...ASKED].find(([, form]) => form.test(asking))?.[0] ?? null
}

/** Told in units of which not all are known. */
const OPEN: Measure = 'count'
/** Where something stands in a row, no amount of anything: 三楼, 23号, 11点. */
const PLACE = /^(?:号|楼|层|点|轮)$/

/** 销量是多少 is told by no share, nor by money. */
const ASKS_QUANTITY = /(?<![含容])量(?:(?:是|为|有|达|达到|一共|共)?多少)?[?？]?$/
const NO_QUANTITY = /^(?:%|元|块)$|[^公]元$/

/** 百分点 tell how far a share moved, not what it is. */
const ASKS_CHANGE = /[增升降跌涨减缩扩变差]|提高|百分点|点|回落|收窄|[高低快慢]于|多出|[快慢]了/

/** May this amount answer, or does it measure something else than is asked for? */
export const fits = (question: Question, { unit, bare }: Mention): boolean => {
  const asked = measureAsked(question)
  if (isOfOtherThings(askedUnit(question) ?? '', unit)) return false
  if (unit.endsWith('百分点') && !ASKS_CHANGE.test(question.text)) return false
  if (asked === null)
    return !(NO_QUANTITY.test(unit) && ASKS_QUANTITY.test(question.text)) && !isOtherPlace(question, unit)
  if (unit === '') return asked === OPEN || !bare
  if (asked === 'people' && unit === '个') return !/(?:多少|几)[十百千万]?[名位人]/.test(question.text)
  if (UNITS_OF[asked].test(unit) || askedUnits(question).includes(unit)) return true
  return asked === OPEN && !PLACE.test(unit) && !Object.values(UNITS_OF).some((units) => units.test(unit))
}

/** 三楼 is told of 几楼, 几层 and 多高, and of nothing else. */
const isOtherPlace = ({ text }: Question, unit: string): boolean =>
  /^[号楼]$/.test(unit) && !/[几少][号楼层]|[几多]高/.test(text)
