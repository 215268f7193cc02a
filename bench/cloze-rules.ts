import { createHash } from 'node:crypto'
import type { Segmenter } from '../src/core/ports.ts'
import { isSurname, moments, quantities } from '../src/text/quantities.ts'

/** A question about a sentence; `start` and `end` of its answer in the sentence. */
export interface Cloze {
  readonly kind: string
  readonly question: string
  readonly start: number
  readonly end: number
}

/** 0 to 1, the same for the same words: chance without a state. */
export const chance = (...of: readonly (string | number)[]): number =>
  createHash('sha1').update(of.join('\n')).digest().readUInt32BE() / 2 ** 32
export const pick = <T>(from: readonly T[], ...of: readonly (string | number)[]): T =>
  from[Math.floor(chance(...of) * from.length)] as T // never empty here

/** The clause around [start, end): what stands before and after, without 其中, 同时 and the like. */
const around = (sentence: string, start: number, end: number) => {
  const heads = sentence.slice(0, start).split(/[，；：。！？,;:]/)
  let before = heads.at(-1) ?? ''
  if (before.length < 5 && heads.length > 1) before = `${heads.at(-2) ?? ''}${before}`
  before = before.replace(/^(?:其中|同时|此外|另外|而且?|但是?|据悉|据介绍|目前|记者|并且?|也|还)/, '')
  const [after = ''] = sentence.slice(end).split(/[，；：。！？,;:、（(]/)
  return { before: before.replace(/[“”]/g, ''), after: after.replace(/[“”]/g, '') }
}

const TIME_UNITS = new Set(['年', '月', '日', '号', '点', '届', '级', '岁', '楼', '路', '线', '度', '分'])
const amounts = (sentence: string): readonly Cloze[] =>
  quantities(sentence).flatMap(({ start, end, unit }) => {
    const said = sentence.slice(start, end)
    const { before, after } = around(sentence, start, end)
    const isPart = /[第\d.]$/.test(sentence.slice(0, start)) || /^[之以]|[（(]/.test(after)
    if (isPart || !isAmount(said, unit)) return []
    const bare = before.replace(/(?:达到了?|高达|达|为|约|共计|合计|累计)$/, '')
    const head = chance(before, 'bare') < 0.5 ? bare : before
    const asked = amountAsked(said, unit, before)
    return [{ kind: 'number', question: `${head}${asked}${after.length <= 14 ? after : ''}`, start, end }]
  })

const isAmount = (said: string, unit: string): boolean =>
  /\d/.test(said) &&
  !TIME_UNITS.has(unit) &&
  (unit !== '' || said.endsWith('%')) &&
  moments(said).length === 0

const amountAsked = (said: string, unit: string, before: string): string => {
  if (said.endsWith('%')) return pick(['多少', '百分之多少', '百分之几'], said, before)
  const isFew = /^[1-9](?!\d)/.test(said) && !/[万亿千]/.test(said)
  return `${isFew ? '几' : '多少'}${unit}`
}

const times = (sentence: string): readonly Cloze[] =>
  moments(sentence).flatMap(({ start, end }) => {
    const said = sentence.slice(start, end)
    const isOpen = /(?:[（(至从自到]|截至|预计|截止)$/.test(sentence.slice(0, start))
    if (isOpen || !/\d(?:日|月|年)/.test(said)) return []
    const question = timeQuestion(sentence, start, end)
    return question === null ? [] : [{ kind: 'date', question, start, end }]
  })

const timeQuestion = (sentence: string, start: number, end: number): string | null => {
  const said = sentence.slice(start, end)
  const asked = timeAsked(said, sentence)
  const { before, after } = around(sentence, start, end)
  if (before.length >= 4) return after.length < 4 ? null : `${before}${asked}${after}`
  const next = after.length >= 6 ? after : (sentence.slice(end).split(/[，；：。！？]/)[1] ?? '')
  if (next.length < 8) return null
  return pick([`${asked}${next}`, `${next}是${asked}`, `${next}是在${asked}`], sentence, said)
}

const timeAsked = (said: string, sentence: string): string =>
  said.endsWith('日')
    ? pick(['什么时候', '哪一天', '哪天', '几月几号', '何时'], said, sentence)
    : pick(['什么时候', said.endsWith('年') ? '哪一年' : '哪个月', '啥时候', '何时'], said, sentence)

interface Tagged {
  readonly word: string
  readonly tag: string
  readonly at: number
}
const tagged = (sentence: string, segmenter: Segmenter): readonly Tagged[] => {
  const found: Tagged[] = []
  let at = 0
  for (const { word, tag } of segmenter.tag(sentence)) {
    const place = sentence.indexOf(word, at)
    if (place < 0) continue
    found.push({ word, tag, at: place })
    at = place + word.length
  }
  return found
}

const ROLE =
  /(?:主席|总统|总理|部长|书记|市长|省长|主任|局长|院长|校长|教授|董事长|总裁|经理|负责人|研究员|村民|队长|大使|秘书长|发言人|医生|教练|选手|导演)$/
const DOES =
  /^[\p{Script=Han}\d]{0,4}?(?:说|表示|介绍|会见|出席|主持|强调|指出|告诉|认为|宣布|抵达|获得|夺得|当选|发表)/u
const people = (sentence: string, words: readonly Tagged[]): readonly Cloze[] =>
  words.flatMap(({ word, tag, at }) => {
    if (tag !== 'nr' || word.length < 2 || word.length > 4 || !isSurname(word.charAt(0))) return []
    const { before, after } = around(sentence, at, at + word.length)
    if (!ROLE.test(before) && !DOES.test(after)) return []
    const role = ROLE.test(before) && before.length >= 4
    const question =
      role && chance(sentence, word) < 0.6
        ? `${before}${pick(['是谁', '叫什么', '是哪位', '叫什么名字'], word, before)}`
        : `${role ? '' : before}${pick(['谁', '哪位', '什么人'], word, before)}${after}`
    return [{ kind: 'person', question, start: at, end: at + word.length }]
  })

const places = (sentence: string, words: readonly Tagged[]): readonly Cloze[] =>
  words.flatMap(({ word, at }, i) => {
    if (!['在', '于', '赴', '抵达', '到'].includes(word)) return []
    let last = i
    while (words[last + 1]?.tag === 'ns' || (last > i && words[last + 1]?.tag === 'nt')) last++
    const end = words[last]
    if (!end || last === i || !words[last + 1]?.tag.startsWith('v')) return []
    const [from, to] = [at + word.length, end.at + end.word.length]
    const { before, after } = around(sentence, from, to)
    const asked = pick(['哪里', '什么地方', '哪儿', '哪个城市', '何地'], sentence, from)
    return [{ kind: 'place', question: `${before}${asked}${after}`, start: from, end: to }]
  })

const ORG =
  /(?<=^|[，；。：])([\p{Script=Han}]{2,14}?(公司|集团|大学|学院|研究院|研究所|医院|银行|协会|委员会|总局|管理局|法院|组织|中心))(?=[\p{Script=Han}]{6,})/gu
const orgs = (sentence: string): readonly Cloze[] =>
  [...sentence.matchAll(ORG)].flatMap((match) => {
    if (/[和与的了在是被将考及]/.test(match[1] ?? '')) return []
    const [start, end] = [match.index, match.index + (match[1] ?? '').length]
    const kind = match[2] ?? ''
    const asked = /公司|集团|银行/.test(kind)
      ? pick([`哪家${kind}`, '哪家企业', '谁家'], sentence, start)
      : pick([`哪个${kind}`, '哪个单位', '哪个机构', '谁'], sentence, start)
    return [{ kind: 'org', question: `${asked}${around(sentence, start, end).after}`, start, end }]
  })

const CAUSE = /(?:因为|由于|因|受)([^，。；]{4,26})，([^，。；]{6,30})(?=[，。；])/g
const causes = (sentence: string): readonly Cloze[] =>
  [...sentence.matchAll(CAUSE)].flatMap((match) => {
    const [whole, found = '', effect = ''] = match
    const cause = found.replace(/的?影响$/, '')
    if (/[被如]|影响|消息/.test(cause)) return []
    const start = match.index + whole.indexOf(cause)
    const question = pick(
      [`为什么${effect}`, `${effect}是什么原因`, `${effect}，原因是什么`, `${effect}是为啥`],
      effect,
    )
    return [{ kind: 'reason', question, start, end: start + cause.length }]
  })

const LIST =
  /(?<=(包括|涉及|涵盖|推出|包含|分别是|分别为|分别来自|主要有))((?:[^，。；：、“”]{2,14}[、和]){1,}[^，。；：、“”]{2,14}?)(?=等|[，。；])/g
const lists = (sentence: string): readonly Cloze[] =>
  [...sentence.matchAll(LIST)].flatMap((match) => {
    const [listed] = match
    const { before, after } = around(sentence, match.index, match.index + listed.length)
    const asked = pick(['哪些', '什么', '啥', '哪几个'], before)
    const rest = after.replace(/^等(?:多个?|\d+个?)?/, '')
    return before.length >= 6
      ? [
          {
            kind: 'list',
            question: `${before}${asked}${rest}`,
            start: match.index,
            end: match.index + listed.length,
          },
        ]
      : []
  })

const NAMED = /(?:“([^”]{2,16})”|《([^》]{3,24})》)/g
const names = (sentence: string): readonly Cloze[] =>
  [...sentence.matchAll(NAMED)].flatMap((match) => {
    const { before, after } = around(sentence, match.index, match.index + match[0].length)
    const asked = match[2]
      ? pick(['什么文件', '什么', '哪部'], before)
      : pick(['什么', '什么', '啥', '哪个'], before)
    const film = match[2] ? match[0] : (match[1] ?? '')
    const start = match.index + match[0].indexOf(film)
    return before.length >= 6 && after.length < 16 && !/[）)]/.test(before)
      ? [{ kind: 'other', question: `${before}${asked}${after}`, start, end: start + film.length }]
      : []
  })

/** Words that a person may use instead. */
const OTHERWISE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/同比增长/g, ['比上年同期增长', '同比涨了', '比去年同期多了']],
  [/同比下降/g, ['比上年同期下降', '同比少了', '比去年同期跌了']],
  [/增长/g, ['增加', '涨了', '提高']],
  [/下降/g, ['减少', '跌了', '降低']],
  [/举行/g, ['举办', '召开', '办']],
  [/多少人/g, ['几个人', '多少名', '多少位']],
  [/发布/g, ['公布', '推出']],
  [/启动/g, ['开始', '开启']],
  [/会见/g, ['见了', '会面']],
  [/企业/g, ['公司', '厂商']],
  [/投资/g, ['投入', '花的钱']],
  [/表示/g, ['说', '提出']],
  [/建成/g, ['修好', '完工']],
  [/遇难|死亡/g, ['丧生', '去世']],
  [/抵达/g, ['到了', '到达']],
  [/推进/g, ['推动', '进行']],
  [/农民/g, ['农户', '种地的']],
  [/学生/g, ['学子', '在校生']],
  [/全国/g, ['我国', '全中国']],
  [/目前/g, ['现在', '眼下']],
  [/居民/g, ['老百姓', '市民']],
  [/项目/g, ['工程']],
  [/约为|达到|高达/g, ['', '有']],
  [/已经/g, ['', '已']],
  [/累计|总计|合计/g, ['一共', '总共']],
  [/提高/g, ['提升', '上升']],
  [/价格/g, ['价钱', '售价']],
  [/完成/g, ['做完', '实现']],
  [/获得/g, ['得到', '拿到']],
]
export const reworded = (question: string): string => {
  let said = question
  for (const [word, others] of OTHERWISE) {
    if (chance(question, word.source) < 0.45)
      said = said.replace(word, pick(others, question, word.source, 'by'))
  }
  const end = pick(['？', '？', '？', '', '?', ''], question, 'end')
  return `${said.replace(/[\s　]/g, '')}${end}`
}

export const questionsOf = (sentence: string, segmenter: Segmenter): readonly Cloze[] => {
  const words = tagged(sentence, segmenter)
  return [
    ...amounts(sentence),
    ...times(sentence),
    ...people(sentence, words),
    ...places(sentence, words),
    ...orgs(sentence),
    ...causes(sentence),
    ...lists(sentence),
    ...names(sentence),
  ].filter(({ question, start, end }) => {
    const answer = sentence.slice(start, end)
    return (
      question.length >= 9 && question.length <= 42 && !question.includes(answer) && answer.trim() === answer
    )
  })
}
