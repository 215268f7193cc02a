import type { Segmenter, WeightedTerm } from '../../core/ports.ts'
import { folded } from '../../text/fold.ts'
import { simplify } from '../../text/simplify.ts'
import { terms } from '../../text/words.ts'
import { withoutCourtesy } from './courtesy.ts'
import { headOf } from './head.ts'

/** What kind of thing the question wants. */
export type QuestionType =
  | 'who'
  | 'when'
  | 'where'
  | 'number'
  | 'which'
  | 'list'
  | 'why'
  | 'how'
  | 'what'
  | 'yesno'
  | 'other'

/** A question made ready to be searched for. */
export interface Question {
  /** As it was typed. */
  readonly asked: string
  /** Folded, simplified, without politeness: what embedder and reader get. */
  readonly text: string
  readonly type: QuestionType
  /** What an amount that is asked for counts or measures; null where none is. */
  readonly head: string | null
  /** Its nouns of two characters and more, its verbs where it has none of those. */
  readonly nouns: readonly string[]
  /** Distinct terms without question words; what BM25 looks for. */
  readonly terms: readonly WeightedTerm[]
}

/** First that matches decides; ordered from the most telling form to the least. */
const TYPES: readonly (readonly [QuestionType, RegExp])[] = [
  ['why', /为什么|为何|为啥|原因|凭什么|怎么会|缘何|\bwhy\b/],
  [
    'list',
    /(?:哪|那(?!.+(?:[哪谁几啥]|什么|多少|怎)|\d{2}))(?:几|些|[两俩二三四五六七八九\d])|有哪|分别(?:是|有)|都有(?:谁|什么)|包括(?:什么|哪)|列举/,
  ],
  [
    'when',
    /什么(?:时[候间期]|年代|季节)|啥时(?:候|间)|何时|几时|多会儿|(?:星期|周)几|哪(?:一)?(?:天|年|月|日|[段个]?(?:时[间期段]|年代|季节|月份))|几(?:月|号(?![线楼院店厅馆门机码泊])|点(?![建意要原体希])|日(?!内))|多久|日期|时间是|\bwhen\b|\bwhat (?:date|year|day)\b/,
  ],
  [
    'number',
    /多少|(?<![这那])几(?!乎|何|近|经|番|度(?!电|[?？]?$))|多(?:大|高|长|重|远|宽|快|深)|百分之|比例|占比|总数|数量|增速|增幅|排第|第几|\bhow (?:many|much|long|far|high)\b/,
  ],
  ['who', /谁|哪(?:位|个人|名)|何人|什么人|姓名|\bwho(?:se|m)?\b/],
  ['what', /(?:花|用)[在到于]了?(?:哪|什么地方)/],
  ['where', /哪(?:里|儿|个(?:城市|省|国|区|县|市|地))|何(?:处|地)|什么地方|在哪|位于|地点|\bwhere\b/],
  ['how', /怎么(?:样|办)?|怎样|如何|咋|\bhow\b/],
  [
    'yesno',
    /(?:吗|(?<![什怎这那多])么|没有|不)[？?]?$|是不是|是否|有没有|能不能|会不会|可不可以|能否|可否|\b(?:is|are|does|do|did|was|were|has|have|can)\b.*\?/,
  ],
  ['which', /哪(?:个|家|一|所|种|项|款|条|部|支|只)?|\bwhich\b/],
  ['what', /什么|啥|何|是指|叫做|叫|\bwhat\b/],
]

/** Keywords that end in a measure, or in one and a time, ask how much it is: 大连港 2023年吞吐量, 武器出口全球份额 2019-2023. */
const MEASURE =
  /(?:[总金易款]额|[产价市总加]值|总[量数]|数量|[产销储流]量|(?:成交|交易|销售|吞吐|发电|用电|保有|[客货]运|排放|[进出]口|降[雨水])量|面积|人口|\p{Script=Han}(?<![多少函参指岁无基倍])数|金额|数额|收入|投资|价格|[售票房]价|费用|造价|里程|[长高宽深]度|浓度|[^效频]率|增[速幅]|[涨跌降]幅|幅度|营收|利润|份额|气温|温度|时速|运力|产能|年龄|身高|体重|重量|震级|点位|限值|评分|得票|[降升涨增][到至])(?:\s*[\d年月日.\-–至到]+)?$/u

/** Words of asking, which stand in no answer: they would only reward passages that ask back. */
const ASKING =
  /为什么|为何|为啥|什么时候|什么时间|啥时候|什么样|什么|多少|几个|哪些|哪几|哪个|哪家|哪位|哪里|哪儿|哪天|哪年|哪|啥|怎么样|怎么|怎样|如何|咋|谁|吗|呢|吧|啊|呀|是不是|是否|有没有|能不能|到底|究竟/g
const ENGLISH_ASKING =
  /\b(?:how|many|much|what|which|who|whom|whose|when|where|why|is|are|was|were|do|does|did|has|have|had|the|a|an|of|in|on|at|to|for|by|and|or|be|been|there|it|its|this|that|with|from|as)\b/g

/** Reads the form of a question. Never throws: anything that passed the edge is a question. */
export const understand = (asked: string, segmenter: Segmenter): Question => {
  const text = withoutParticle(withoutCourtesy(folded(simplify(asked)).trim()))
  const type = TYPES.find(([, form]) => form.test(text))?.[0] ?? (MEASURE.test(text) ? 'number' : 'other')
  const content = text.replace(ASKING, ' ').replace(ENGLISH_ASKING, ' ')
  const found = distinct(terms(content, segmenter))
  const head = type === 'number' ? headOf(text, segmenter) : null
  const nouns = segmenter.tag(content).flatMap(({ word, tag }) => (isNoun(word, tag) ? [word] : []))
  return {
    asked,
    text,
    type,
    head,
    nouns,
    terms: found.length > 0 ? found : distinct(terms(text, segmenter)),
  }
}

/** By jieba's tags: things, names, abbreviations and what it does not know; no times. */
const isNoun = (word: string, tag: string): boolean => word.length > 1 && /^(?:n|j|l|vn|x|eng)/.test(tag)

const PARTICLE = /[呢呀啊哦嘛吧]+(?=[?？。!！]*$)/

/** 有几个呢 asks no more than 有几个; 那沈阳呢 asks by its particle alone. */
const withoutParticle = (text: string): string => (ASKS.test(text) ? text.replace(PARTICLE, '') : text)

const ASKS = /几|多少|多[大高长重远宽深久]|什么|啥|谁|哪|怎|如何|何[时处]|为何|吗/

const distinct = (all: readonly WeightedTerm[]): readonly WeightedTerm[] => [
  ...new Map(all.map((term) => [term.term, term])).values(),
]
