import type { Segmenter } from '../core/ports.ts'
import type { Folded } from '../text/fold.ts'
import { type Mention, moments, persons, quantities } from '../text/quantities.ts'
import type { Question } from './question.ts'

/** 多少家 and 几条 name the unit of the answer. */
const ASKED_UNIT = /(?:多少|几|百分之)(?:万|亿|千)?(个百分点|[\p{Script=Han}%])/u
/** Money and mass are asked for by one word and told in another. */
const SAME_UNIT: ReadonlyMap<string, readonly string[]> = new Map([
  ['钱', ['元', '美元', '欧元', '日元', '港元', '人民币']],
  ['人', ['人', '名', '位', '人次', '户']],
  ['名', ['人', '名', '位']],
  ['位', ['人', '名', '位']],
  ['个', ['个', '家', '项', '座', '所', '处', '条', '种', '类', '款', '批', '件', '只']],
  ['家', ['家', '个', '户']],
  ['户', ['户', '家']],
  ['样', ['项', '种', '类', '个', '款', '件']],
  ['天', ['天', '日']],
  ['年', ['年', '周年', '年度']],
  ['成', ['%', '成', '‰']],
  ['亿', []],
  ['万', []],
])

/** The units an answer may have; empty when the question names none. */
export const askedUnits = (question: Question): readonly string[] => {
  const unit = ASKED_UNIT.exec(question.text)?.[1]
  if (unit === undefined) return []
  return SAME_UNIT.get(unit) ?? [unit]
}

/** Does this type of question want a thing that can be told from its form? */
export const wantsKind = (question: Question): boolean => ['number', 'when', 'who'].includes(question.type)

/** Things in a folded sentence that are of the kind the question asks for. UTF-16 offsets of the folded text. */
export const thingsAskedFor = (
  question: Question,
  { text }: Folded,
  segmenter: Segmenter,
): readonly Mention[] => {
  switch (question.type) {
    case 'number':
      return quantities(text)
    case 'when':
      return moments(text)
    case 'who': {
      const told = persons(text)
      return told.length > 0 ? told : tagged(text, segmenter, /^nr/)
    }
    case 'where':
      return tagged(text, segmenter, /^ns/)
    default:
      return quoted(text)
  }
}

const tagged = (sentence: string, segmenter: Segmenter, kind: RegExp): readonly Mention[] => {
  const found: Mention[] = []
  let at = 0
  for (const { word, tag } of segmenter.tag(sentence)) {
    const start = sentence.indexOf(word, at)
    if (start < 0) continue
    at = start + word.length
    if (kind.test(tag) && word.length > 1) found.push({ start, end: at, unit: '' })
  }
  return found
}

const QUOTED = /[“《「]([^“”《》「」]{2,40})[”》」]/g

const quoted = (sentence: string): readonly Mention[] =>
  [...sentence.matchAll(QUOTED)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
    unit: '',
  }))
