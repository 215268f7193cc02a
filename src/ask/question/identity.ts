import type { Range } from '../../core/ranges.ts'
import { isSurname } from '../../text/quantities.ts'
import type { Question } from './question.ts'

/** 王凤朝是谁, 苗圩是做什么的 */
const ASKS_IDENTITY =
  /^(?<name>\p{Script=Han}{2,4}|\p{Script=Han}+(?:·\p{Script=Han}+)+)(?:到底|究竟)?(?:(?:是(?:谁|何许人也?|(?:什么|啥)(?:人|身份|职[务位])|(?:做|干)(?:什么|啥)的))|(?:担任|任)(?:什么|啥|何)职[务位]?)[?？]?$/u
/** What is said of somebody right before the name ends so. */
const ROLE =
  /(?:[长记任员家师者授手王星军表裁管理匠农民兵生人孩]|总理|总统|主席|主持|教练|冠军|得主|代表|先生|女士|博士|院士|法官|将军|教父|之[父母子女])$/u
/** What such words do not go on across. Not the 人 of 主持人, nor the 和 of 和平区. */
const EDGE =
  /.*(?:[，。；：、,;:！？!?（(“”《》」\s]|[的由与将被对向给跟把让请据和](?![平谐])|邀请|认为|表示|会见|拜访|陪同|来自|担任|当选)/su
/** Between those words and a name. */
const DASH = /[—–\-－:：]*$/u
/** Characters of a title; what is longer is a sentence. */
const LONGEST = 30

/** The person who is asked about, not for; '' for other questions. */
export const askedPerson = ({ text }: Question): string => {
  const name = ASKS_IDENTITY.exec(text)?.groups?.['name'] ?? ''
  return name.includes('·') || isSurname(name.charAt(0)) ? name : ''
}

/** What a person is, told right before the name: 执委会主席 of 递交给执委会主席王凤朝. Give folded text. */
export const identityIn = (question: Question, text: string): Range | null => {
  const name = askedPerson(question)
  for (let at = text.indexOf(name); name !== '' && at >= 0; at = text.indexOf(name, at + 1)) {
    const low = Math.max(0, at - LONGEST)
    const before = text.slice(low, at).replace(DASH, '')
    const role = before.replace(EDGE, '')
    if (role.length > 1 && ROLE.test(role)) return [low + before.length - role.length, low + before.length]
  }
  return null
}

/** 什么是一网通办, 增殖放流是什么意思, 海洋牧场是做什么的; not 主题是什么, which anything may tell. */
const ASKS_MEANING =
  /^(?:什么|啥)(?:是|叫)(?<of>[^，。的]{2,12})[?？]?$|^(?<thing>[^，。的]{2,12})(?:是|指)(?:的是)?(?:(?:什么|啥)(?:意思|东西|概念|含义)|(?:做|干)(?:什么|啥)用?的)[?？]?$/u
/** Words with which a sentence says what something is or does. */
const SAYS_WHAT = /是|指|即|为|称|叫|旨在|负责|从事|主营|主要|用[于来以]|组成|包括|包含|一种|——|[（(]/u

/** Is it asked what something is, of a text that only mentions it: “一网通办”改革深入推进? */
export const onlyMentions = ({ text: asked }: Question, told: string): boolean => {
  const { of, thing = of } = ASKS_MEANING.exec(asked)?.groups ?? {}
  if (thing === undefined || SAYS_WHAT.test(told)) return false
  const [before = ''] = told.split(thing)
  return !ROLE.test(before.replace(DASH, ''))
}
