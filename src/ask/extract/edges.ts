import type { Range } from '../../core/ranges.ts'
import { isKnownPlace } from '../../text/places.ts'
import { isSurname } from '../../text/quantities.ts'
import { wantsName } from '../question/kinds.ts'
import type { Question } from '../question/question.ts'

/** A short answer with what was cut off its edges, and without what does not belong to it. */
export const mended = (question: Question, text: string, range: Range): Range =>
  RULES.reduce((now, rule) => rule(question, text, now), range)

type Rule = (question: Question, text: string, range: Range) => Range

/** 答：可以 → 可以 */
const withoutLabel: Rule = (_, text, [start, end]) => [
  start + (/^(?:答|a\d{0,2})\s*[：:]\s*/i.exec(text.slice(start, end))?.[0].length ?? 0),
  end,
]

/** 以联合国为核心, 以大压小、以强凌弱: 以 is cut off; not that of 所以. */
const withBy: Rule = (_, text, [start, end]) => {
  const isCut =
    /(?<![可所])以$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    /^[^，。；]{1,20}?为(?:核心|主|基础|重点|中心|目标|抓手|主题|龙头|载体)|^[^，。；、]{2,6}、以(?!及)/u.test(
      text.slice(start, end),
    )
  return isCut ? [start - 1, end] : [start, end]
}

/** 感、幸福感、安全感 → 获得感、幸福感、安全感: what all other things of a list end with is a word's end in the first. */
const withWholeFirst: Rule = (_, text, [start, end]) => {
  const [first = '', ...others] = text.slice(start, end).split('、')
  const lack = (others[0]?.length ?? 0) - first.length
  const isEnd = first !== '' && others.length > 0 && lack > 0 && others.every((one) => one.endsWith(first))
  const before = text.slice(start - lack, start)
  return isEnd && first.length === 1 && /^\p{Script=Han}+$/u.test(before) ? [start - lack, end] : [start, end]
}

/** 匹“黑马” of 一匹“黑马” → “黑马” */
const withoutMeasure: Rule = (_, text, [start, end]) =>
  text.charAt(start - 1) === '一' && /^[匹位名个条座项种支][“《]/u.test(text.slice(start, end))
    ? [start + 1, end]
    : [start, end]

/** 未来智能装备、未来电子信息、未来材料: what all other things of a list begin with stands before the first. */
const withCommonHead: Rule = (_, text, [start, end]) => {
  const [first = '', second = '', ...others] = text.slice(start, end).split('、')
  const head = [4, 3, 2]
    .map((size) => second.slice(0, size))
    .find((one) => others.every((it) => it.startsWith(one)))
  if (!head || others.length === 0 || first.startsWith(head)) return [start, end]
  return text.slice(0, start).endsWith(head) ? [start - head.length, end] : [start, end]
}

/** 6-12岁, AI-100, EG.5.1, 35秒49, 1995年: figures whole. Letters before an amount or a time are no part of it: GDP5000亿元. */
const wholeFigure: Rule = ({ type }, text, [start, end]) => {
  const isNamed = type !== 'number' && type !== 'when'
  const [before = ''] =
    (/^[-–~～]\d/u.test(text.slice(start, end))
      ? /\d[\d.,]*[%℃度]?$/u
      : isNamed && /^[a-z\d]/iu.test(text.slice(start, end))
        ? /[a-z][a-z\d]*[.-]?$/iu
        : /(?!)/u
    ).exec(text.slice(Math.max(0, start - 12), start)) ?? []
  const told = text.slice(start - before.length, end)
  const [after = ''] =
    (/\d秒$/u.test(told)
      ? /^\d{1,2}(?![\d人个名次米家])/u
      : /^(?:19|20)\d\d$/u.test(told)
        ? /^年/u
        : /(?!)/u
    ).exec(text.slice(end, end + 3)) ?? []
  return [start - before.length, end + after.length]
}

const ASKS_YEAR = /[哪几]一?年|[今去]年/
const ASKS_MONTH = /(?:哪一?个?|几)月(?!几)/
const ASKS_DAY = /哪一?天|几[号日]|几月几/
const COUNT = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})'
const OF_MONTH = new RegExp(`^(?:今年|同年|当年)(?=${COUNT}月份?$)`, 'u')
const OF_DAY = new RegExp(`^(?:今年|同年|当年)(?=${COUNT}月${COUNT}[日号]$)`, 'u')
/** 3月 of 今年3月, asked which month, and 3月27日 of 今年3月27日; not 去年, which tells more. */
const withoutYear: Rule = ({ text: asked }, text, [start, end]) => {
  if (ASKS_YEAR.test(asked)) return [start, end]
  const form = ASKS_MONTH.test(asked) ? OF_MONTH : ASKS_DAY.test(asked) ? OF_DAY : /(?!)/u
  return [start + (form.exec(text.slice(start, end))?.[0].length ?? 0), end]
}

/** 甲、乙 of 有关甲、乙; not of 有关部门、企业. */
const ABOUT = /^有关(?=.*、)(?!部门|单位|方面|人|企业|负责|专家|地区|[县市区省]|规定|法|国家|机构|各|领导)/u
/** 5天时间 → 5天; 马德里举行, asked where it was held, → 马德里; 有关甲、乙 → 甲、乙. */
const withoutRest: Rule = ({ text: asked, type }, text, [start, end]) => {
  const told = text.slice(start, end)
  const lead = type === 'list' && ABOUT.test(told) ? '有关'.length : 0
  const [kinds = ''] =
    (type === 'list' &&
      /(?<=[、”].+)的?“?(?:[两二三四五六七八九十]|\d+)(?:大|个|项|种|张|条|类|件)\p{Script=Han}{2,4}”?$/u.exec(
        told,
      )) ||
    []
  const [held = ''] = (type === 'where' && /(?<=.{2})(?:举行|举办|召开|开幕|闭幕|登陆)$/u.exec(told)) || []
  const [time = ''] =
    (/^(?:number|when)$/.test(type) && /(?<=\d[\d.]*\p{Script=Han}{1,4})时间$/u.exec(told)) || []
  const isSaid = asked.replace(/[的了?？]+$/u, '').endsWith(held)
  return [start + lead, end - (isSaid ? held.length : 0) - time.length - kinds.length]
}

/** 张先生 of 张先生在车管站…说. */
const POLITE =
  /^\p{Script=Han}{1,3}(?:先生|女士)(?=(?:在|说|表示|告诉|介绍|称|，).{2})|^[\p{Script=Latin}][\p{Script=Latin} .'’-]+(?<=\S)(?=(?:周|星期)[一二三四五六日天]$)/u
/** A whole name and what follows it. 英国首相 and 邹城市长 are no names, so that offices stay. */
const TITLED = /^(\p{Script=Han}{2,3}|\p{Script=Han}+(?:·\p{Script=Han}+)+)(先生|女士|教授|医生|院士|将军)$/u
/** 史学, 高级, 金牌: what a title is of. */
const NO_NAME = /[学级牌科国省市和与]$|^.[和与]/u

/** 古生物学家 of 美国古生物学家保罗·塞里诺, 市长 of 大连市市长陈绍旺. */
const OFFICE =
  /^[\p{Script=Han}“”（）]{0,16}(?:学家|作家|专家|教授|总统|总理|首相|主席|主任|书记|[市省县区局院校会部处厅队]长|董事长|经理|总裁|创始人|导演|歌手|演员|选手|运动员|中卫|后卫|前锋|门将|教练|巨头|国王|皇帝|大使|发言人|秘书长|委员|代表|医生|老师|研究员|院士|工程师)(?=\S+$)/u
const FOREIGN = /^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u

const nameAlone: Rule = (question, text, [start, end]) => {
  if (question.type !== 'who' && !wantsName(question)) return [start, end]
  const said = POLITE.exec(text.slice(start, end))
  const to = said ? start + said[0].length : end
  const told = text.slice(start, to)
  const [office = ''] = OFFICE.exec(told) ?? []
  if (office !== '' && isName(told.slice(office.length))) return [start + office.length, to]
  const [, name = '', title = ''] = TITLED.exec(told) ?? []
  return [start, isName(name) ? to - title.length : to]
}

const isName = (name: string): boolean =>
  FOREIGN.test(name) ||
  (isSurname(name.charAt(0)) && /^.{2,3}$/u.test(name) && !NO_NAME.test(name) && !isKnownPlace(name))

/** 结头龙的特征是枕骨…, 牠们主要呈深褐色, asked of just that: what the question says, up to the verb. */
const ECHO =
  /^(?<said>[^，。；：、,;:是为呈]{2,20}?)(?:就是|即是|是|为|呈|叫做?|名叫|又?称为|可达|达到?|位于|[分遍散]布[于在])(?=.{2})/u
const STANDS_IN = /[本其该它他她牠们的之大约主要一般通常]/gu

const withoutEcho: Rule = ({ text: asked, type }, text, [start, end]) => {
  const echo = ECHO.exec(text.slice(start, end))
  const said = [...(echo?.groups?.['said'] ?? '').replace(STANDS_IN, '').replace(/\p{P}/gu, '')]
  const isSaid = said.every((character) => asked.includes(character))
  return echo && isSaid && type !== 'yesno' && type !== 'why' ? [start + echo[0].length, end] : [start, end]
}

/** What somebody did with what is asked for: 国机集团设计制造, asked 哪家制造; “孝梅节”活动成功举办, asked which. */
const DONE =
  /(?<=.{2})(?:成功|隆重|正式|顺利|如期|联合|自主|共同|独家|设计)?(研制|制造|研发|开发|生产|设计|建设|承建|建造|主办|协办|承办|举办|举行|召开|启动|开幕|发布|公布|出品|运营|提供|负责|组织|拍摄)$/u

const HELD = /[举主协承]?办|举行|召?开/

const withoutDone: Rule = ({ text: asked, type }, text, [start, end]) => {
  const [all = '', done = ''] = (/^(?:which|who|what)$/.test(type) && DONE.exec(text.slice(start, end))) || []
  const isAsked = asked.includes(done) || (HELD.test(done) && HELD.test(asked))
  return isAsked ? [start, end - all.length] : [start, end]
}

/** 优化的先导区和发展 → 优化的先导区和发展的先行区: the last of a list ends as the one before. */
const withLastNoun: Rule = (_, text, [start, end]) => {
  const isList = /的\p{Script=Han}{1,4}(?:和|与|及|以及|、)[^的]{2,12}$/u.test(text.slice(start, end))
  const [noun = ''] =
    (isList && /^的\p{Script=Han}{1,4}(?=[，。；”）)]|$)/u.exec(text.slice(end, end + 6))) || []
  return [start, end + noun.length]
}

const ASKED_NOUN = /什么(?<noun>(?:(?![的了])\p{Script=Han}){3,10})[?？]?$/u

/** 抖音视频招聘平台 of 抖音视频, asked 什么视频招聘平台: what is asked for is not cut. */
const withAskedNoun: Rule = ({ text: asked }, text, [start, end]) => {
  const noun = ASKED_NOUN.exec(asked)?.groups?.['noun'] ?? ''
  const told = text.slice(start, end)
  const sizes = [...noun].map((_, i) => noun.length - i).filter((size) => size >= 2 && size < noun.length)
  const cut = sizes.find(
    (size) => told.endsWith(noun.slice(0, size)) && text.startsWith(noun.slice(size), end),
  )
  return [start, end + (cut === undefined ? 0 : noun.length - cut)]
}

const RULES: readonly Rule[] = [
  withoutLabel,
  withAskedNoun,
  withLastNoun,
  withoutEcho,
  withBy,
  withWholeFirst,
  withCommonHead,
  wholeFigure,
  withoutMeasure,
  withoutYear,
  withoutRest,
  nameAlone,
  withoutDone,
]
