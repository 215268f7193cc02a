import type { Range } from '../../core/ranges.ts'
import { fold } from '../../text/fold.ts'
import { isKnownPlace } from '../../text/places.ts'
import { persons } from '../../text/quantities.ts'
import { pairsOf } from '../../text/words.ts'
import type { Question } from './question.ts'

/** The name that a clause stands for, inside `run`: whole in its marks, without what it says or does, with the head asked for. */
export const nameIn = (question: Question, text: string, clause: Range, run: Range): Range => {
  const other = otherName(question, text, run)
  if (other) return other
  const now =
    forWhom(question, text, clause, run) ??
    toldName(question, text, clause, run) ??
    nowOf(question, text, clause, run)
  const alone = whoSays(question, text, named(question, text, now, run))
  const place = placeAlone(question, text, unmeasured(question, text, alone))
  const whole = withHead(question, text, organisation(question, text, place), run)
  return acrossDash(text, ofKind(question, text, whole, run), run)
}

/** 俗称牙片鱼的褐牙鲆 */
const KNOWN_AS =
  /(?:俗称|又称|又名|也叫|别名|简称|人称|通称)“?(?<alias>[\p{Script=Han}·]{2,8}?)”?的(?<proper>[\p{Script=Han}·]{2,10}?)(?=[\d，。；、,（(]|$)/gu
const ASKS_ALIAS = /俗称|又[称叫名]|别名|简称|通称|也叫|外号|绰号/

/** The proper name of what the question calls by another, or the other way round: 牙片鱼学名叫什么 → 褐牙鲆. */
const otherName = ({ text: asked }: Question, text: string, [from, to]: Range): Range | null => {
  if (!ASKS_NAME.test(asked) && !ASKS_ALIAS.test(asked)) return null
  for (const { 0: all, index, groups } of text.slice(from, to).matchAll(KNOWN_AS)) {
    const { alias = '', proper = '' } = groups ?? {}
    const end = from + index + all.length
    if (asked.includes(alias) && !ASKS_ALIAS.test(asked)) return [end - proper.length, end]
    if (!asked.includes(proper) || !ASKS_ALIAS.test(asked)) continue
    const start = from + index + all.indexOf(alias)
    return [start, start + alias.length]
  }
  return null
}

const ASKS_WHOM = /(?<by>[为给向由被与同跟对])(?:谁|哪些?[个家位国所]?|什么)(?<rest>\p{Script=Han}{2,8})/u
const NO_VERB =
  /公司|企业|单位|部门|机构|组织|国家|城市|学校|大学|医院|银行|集团|协会|[家个司业位门构织市校行]./u

/** 招商轮船 of 大船集团为招商轮船建造的, asked 为哪家公司建造; null where the sentences do not say it so, or twice. */
const forWhom = ({ text: asked }: Question, text: string, [start, end]: Range, run: Range): Range | null => {
  const { by = '', rest = '' } = ASKS_WHOM.exec(asked)?.groups ?? {}
  const verb = pairsOf(rest).find((pair) => !NO_VERB.test(pair) && text.slice(...run).includes(pair))
  if (by === '' || verb === undefined) return null
  const said = new RegExp(`${by}(?<whom>[^，。；：“”为给向由被与同跟对]{2,20}?)${verb}`, 'gu')
  const [only, ...more] = [...text.slice(...run).matchAll(said)].map(
    ({ index, groups }): Range => [run[0] + index + 1, run[0] + index + 1 + (groups?.['whom'] ?? '').length],
  )
  if (!only || more.length > 0 || (only[0] < end && start < only[1])) return null
  return only
}

/** Between what was and what is: 将原来的“以合同为单元”改为“以企业为单元”. */
const CHANGED =
  /^(?<old>[”》]?[^，。；,;“”]{0,6}?[”》]?)(?:改为|改成|变为|变成|调整为|更名为|升级为)(?<now>“[^“”]+”|《[^《》]+》|[^，。；,;]+)/u

/** What is now, unless what was is asked for. */
const nowOf = ({ text: asked }: Question, text: string, [start, end]: Range, run: Range): Range => {
  if (/原来|原先|以前|之前|过去|曾|改[为成]|变[为成]|原名|调整为|更名|升级为/.test(asked)) return [start, end]
  const change = CHANGED.exec(text.slice(end, run[1]))
  const now = change?.groups?.['now']
  return change && now !== undefined
    ? [end + change[0].length - now.length, end + change[0].length]
    : [start, end]
}

/** A name does not go on with an amount: 三疣梭子蟹7000万尾、…, asked what it is called. */
const MEASURED = /(?<=^\p{Script=Han}{2,})\d[\d.,]*[万亿千百]?\p{Script=Han}?、.*$/u

const unmeasured = ({ text: asked }: Question, text: string, [start, end]: Range): Range => {
  const [rest = ''] = (/名|叫/.test(asked) && MEASURED.exec(text.slice(start, end))) || []
  return [start, end - rest.length]
}

/** 位于加沙地带北部的加沙城 → 加沙城 */
const placeAlone = ({ type }: Question, text: string, [start, end]: Range): Range => {
  const [where = ''] =
    (type === 'where' && /^(?:位于|地处).*的(?=.{2,}$)/u.exec(text.slice(start, end))) || []
  return [start + where.length, end]
}

/** 仙台航线 of 大连—仙台航线 → from the place it begins with. */
const acrossDash = (text: string, [start, end]: Range, run: Range): Range => {
  if (!/^[^—–-][—–-]$/u.test(text.slice(start - 2, start))) return [start, end]
  const before = text.slice(run[0], start - 1)
  const size = [4, 3, 2].find((length) => isKnownPlace(before.slice(-length)))
  return size === undefined ? [start, end] : [start - 1 - size, end]
}

const ASKS_NAME = /叫(?:什么|啥)|名字|名称|什么名|啥名/
/** Not 主题公园在哪里. */
const ASKS_MOTTO =
  /(?:主题|口号|标语|宗旨|理念)(?:(?:是|为|叫)?(?:什么|啥|哪)|[?？]?$)|以?(?:什么|啥)(?:样的)?为?(?:主题|口号|标语|宗旨)/
const QUOTED = /“[^“”]+”|《[^《》]+》/gu
/** Characters of a name in marks, and of a motto, marks included. */
const LONGEST_NAME = 20
const LONGEST_MOTTO = 45

/** 首创口岸“四步稽查法” → “四步稽查法”, and so does 稽查法, when it is a name or motto that is asked for and one stands in marks. */
const named = (question: Question, text: string, [start, end]: Range, run: Range): Range => {
  const isMotto = ASKS_MOTTO.test(question.text)
  if (!isMotto && !ASKS_NAME.test(question.text)) return [start, end]
  const marked = [...text.slice(...run).matchAll(QUOTED)].map(
    ({ 0: name, index }): Range => [run[0] + index, run[0] + index + name.length],
  )
  const isSaid = ([from, to]: Range): boolean =>
    /[说道称：:]$/.test(text.slice(run[0], from)) || /^[，,]?[^，。]{0,8}[说道称]/.test(text.slice(to))
  const around = marked
    .filter((range) => !isSaid(range))
    .find(([from, to]) => from < start && end < to && to - from <= (isMotto ? LONGEST_MOTTO : LONGEST_NAME))
  const [only, ...more] = marked.filter(([from, to]) => start <= from && to <= end)
  return around ?? (only && more.length === 0 && !isMotto ? only : [start, end])
}

/** 杨少明报道大连… → 杨少明 */
const SAYS = /(?<=^\p{Script=Han}{2,4}?)(?:报道|表示|介绍说?|告诉|指出|认为|透露)/u

/** Who reports is not who is reported of. */
const REPORTER = /(?:记者|通讯员|编辑|作者|摄影)\s?$/
const ASKS_REPORTER =
  /记者|通讯员|编辑|作者|(?<!据)报道(?!中)|采[写编]|(?<!接受.{0,6})采访|专访|撰|摄|拍(?![板卖下])|照片|(?<!填)写|[整署]|稿|发[的表]|曝光|披露|爆料/

/** 本报讯记者杨少明报道, （记者王荣琦、李明） and 记者吕丽 摄: a verb behind the name makes it one of whom is told. */
const BYLINES =
  /(?:本报讯?|[讯电社]|[（(【\n]|^)\s*\p{Script=Han}{0,4}?(?:记者|通讯员|编辑|摄影)[\s:：/]*(?<names>[\p{Script=Han}·、\s]{2,24}?)(?=报[道导]|[摄文](?=[\s）)]|$)|[）)】\n])/gu

/** Where a text names who reports, when others are asked for. UTF-16 offsets. */
export const reportersIn = ({ type, text: asked }: Question, text: string): readonly Range[] => {
  if (type !== 'who' || ASKS_REPORTER.test(asked)) return []
  const plain = fold(text)
  return [...plain.text.matchAll(BYLINES)].map(
    ({ index, 0: line }): Range => [
      plain.offsets[index] ?? 0,
      plain.offsets[index + line.length] ?? text.length,
    ],
  )
}

/** Is a span the name of who reports, where others are asked for? */
export const isReporter = (question: Question, text: string, [start, end]: Range): boolean =>
  reportersIn(question, text).some(([from, to]) => from <= start && end <= to)

const SAID = /说|谈|称|表示|指出|认为|提[到出]|介绍|透露|强调|讲/

/** 谁说 is told by who stands before 表示, 总理是谁 by who stands behind 总理. null where the sentence tells neither, or two. */
const toldName = (question: Question, text: string, [start, end]: Range, run: Range): Range | null => {
  const { type, text: asked } = question
  if (type !== 'who') return null
  const [, role = ''] = /(\p{Script=Han}{2,4})(?:是谁|叫什么|姓甚名谁|是哪位)/u.exec(asked) ?? []
  const people = persons(text.slice(...run)).map(
    ({ start: low, end: high }): Range => [run[0] + low, run[0] + high],
  )
  if (people.some(([low, high]) => low < end && start < high) && !isReporter(question, text, [start, end]))
    return null
  if (SAID.test(text.slice(end, end + 2)) || /[为是由]$/.test(text.slice(run[0], start))) return null
  const isSaid = SAID.test(asked)
  const [only, ...more] = people.filter(
    ([low, high]) =>
      !REPORTER.test(text.slice(run[0], low)) &&
      ((isSaid && SAID.test(text.slice(high, high + 2))) ||
        (role !== '' && new RegExp(`(?<![副原前])${role}$`).test(text.slice(run[0], low)))),
  )
  return only && more.length === 0 ? only : null
}

const whoSays = ({ type }: Question, text: string, [start, end]: Range): Range => {
  const says = (type === 'who' && SAYS.exec(text.slice(start, end))) || null
  return [start, says ? start + says.index : end]
}

const ORGANISATION =
  /^[\p{L}\p{N}()（）·]{2,}?(?:公司|集团|银行|大学|学院|医院|研究院|管理局|委员会)(?:\p{Script=Han}{0,6}(?:公司|集团|银行|大学|学院|医院|研究院|管理局|委员会))*(?=\p{Script=Han}|$)/u
const ASKS_ORGANISATION = /哪(?:一)?(?:家|个(?:单位|企业|公司|机构|部门|厂|学校|医院))/

/** 正昌工业有限公司工作人员在办公室 (not 中国科学院 of 中国科学院大学附属医院) → the company, asked which one it is. */
const organisation = (question: Question, text: string, [start, end]: Range): Range => {
  const [name] = (ASKS_ORGANISATION.test(question.text) && ORGANISATION.exec(text.slice(start, end))) || []
  const rest = text.slice(start + (name ?? '').length)
  if (name === undefined || /^(?:分|子|总|旗)/.test(rest)) return [start, end]
  return [start, start + name.length + (BRANCH.exec(rest)?.[0].length ?? 0)]
}

/** 六院 of 航天科技集团六院 */
const BRANCH = /^第?[一二三四五六七八九十\d]{1,4}(?:研究)?(?:院|所|厂|局|公司|总队|师|分院)/u

/** 哪个示范基地 and 哪家公司 ask for a name that ends so. */
const ASKED_HEAD =
  /哪(?:一)?[个家所座条项款种支部]?(?<head>(?![里儿些几天年月位])(?:(?![的是了在被把将于和与能会有])\p{Script=Han}){2,4})/u
/** Characters that a name may go on for behind what was read of it. */
const REST = 6

/** 金普新区装备制造, asked for 哪个基地 → with 示范基地, where the text goes on so. */
const withHead = (question: Question, text: string, [start, end]: Range, run: Range): Range => {
  if (isKnownPlace(text.slice(start, end))) return [start, end]
  const head = ASKED_HEAD.exec(question.text)?.groups?.['head'] ?? ''
  const rest = text.slice(end, Math.min(run[1], end + REST + head.length))
  for (let size = head.length; size >= 2; size--) {
    const [, name] =
      new RegExp(`^((?:(?![是为的在将被与和及超击成])[\\p{L}\\p{N}])*?${head.slice(0, size)})`, 'u').exec(
        rest,
      ) ?? []
    if (name !== undefined && !text.slice(start, end).endsWith(head.slice(0, size)))
      return [start, end + name.length]
  }
  return [start, end]
}

const ASKS_KIND = /(?:什么|怎么?)样的\p{Script=Han}{0,4}(?<head>\p{Script=Han}{2})[?？]?$/u

/** 建设性、稳定 of 建设性、稳定的日中关系, asked 什么样的日中关系 → all of it. */
const ofKind = ({ text: asked }: Question, text: string, [start, end]: Range, run: Range): Range => {
  const head = ASKS_KIND.exec(asked)?.groups?.['head']
  if (head === undefined || text.slice(start, end).endsWith(head)) return [start, end]
  const [rest = ''] = new RegExp(`^的[^，。；、]{0,6}?${head}`, 'u').exec(text.slice(end, run[1])) ?? []
  return [start, end + rest.length]
}
