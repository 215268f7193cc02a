import type { Answer, Extract } from '../src/core/types.ts'

/** A figure for what was asked, and the extracts that give it, latest first. */
export interface Figure {
  /** As it stands in the first of them, with its unit. */
  readonly text: string
  readonly extracts: readonly Extract[]
}

/** What the extracts of one answer say of each other. */
export interface Comparison {
  /** Number of an extract → numbers of those of other articles that say the same. */
  readonly same: ReadonlyMap<number, readonly number[]>
  /** Different figures for the same thing, that of the answer among them, latest first; empty when there are none. */
  readonly differing: readonly Figure[]
}

/** Compares the extracts as they were delivered. */
export const compare = ({ answer, extracts }: Pick<Answer, 'answer' | 'extracts'>): Comparison => {
  const short = answer === null ? '' : fold(answer.text)
  const claims = extracts.map(({ text }) => claimsOf(text, short))
  const same = new Map(
    extracts.flatMap((extract, i) => {
      const others = extracts.filter(
        (other, k) => other.citation.articleId !== extract.citation.articleId && agree(claims[i], claims[k]),
      )
      return others.length === 0 ? [] : [[extract.n, others.map(({ n }) => n)] as const]
    }),
  )
  return { same, differing: differingOf(answer, extracts) }
}

/** Text as claims are compared: width, case, white space and the commas within numbers aside. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/(\d),(?=\d{3})/g, '$1')

/** Characters of a sentence from which two that are equal hardly are so by chance; likewise of a short answer. */
const SENTENCE = 10
const SHORT = 3

/** What an extract says, as far as it can be compared with what another says. */
interface Claims {
  readonly sentences: readonly string[]
  /** The sentences that hold the short answer. */
  readonly telling: readonly string[]
}

const claimsOf = (text: string, short: string): Claims => {
  const sentences = fold(text).split(/[。!?;…]/)
  return {
    sentences: sentences.filter((sentence) => sentence.length >= SENTENCE),
    telling: short.length < SHORT ? [] : sentences.filter((sentence) => stands(sentence, short)),
  }
}

/** 3人 does not stand in 13人, nor 5 in 5.2. */
const stands = (text: string, short: string): boolean => {
  for (let at = text.indexOf(short); at >= 0; at = text.indexOf(short, at + 1)) {
    const begins = !/^\d/.test(short) || !/[\d.]/.test(text.charAt(at - 1))
    if (begins && (!/\d$/.test(short) || !/[\d.]/.test(text.charAt(at + short.length)))) return true
  }
  return false
}

/** They share a sentence, or tell the short answer in sentences that do not contradict each other. */
const agree = (a: Claims | undefined, b: Claims | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  (a.sentences.some((sentence) => b.sentences.includes(sentence)) ||
    a.telling.some((one) => b.telling.some((other) => isCompatible(one, other))))

/** What is intended is not what has come about. 将军, 将领 and 模拟, 虚拟 intend nothing. */
const INTENDED = /计划|规划|打算|(?<![模虚])拟|将(?![军领士帅])|预计|预期|力争|有望|目标/

/** Both intended or both not, and no figures of one unit that differ. */
const isCompatible = (a: string, b: string): boolean => {
  if (INTENDED.test(a) !== INTENDED.test(b)) return false
  const [x, y] = [figuresByUnit(a), figuresByUnit(b)]
  return [...x].every(([unit, figures]) => (y.get(unit) ?? figures) === figures)
}

/** A month and a day date a report as often as what it tells. */
const DATING: readonly string[] = ['月', '日']

/** Unit → the figures that have it, in one order. */
const figuresByUnit = (sentence: string): ReadonlyMap<string, string> => {
  const groups = new Map<string, readonly string[]>()
  for (const figure of new Set(sentence.match(FIGURE) ?? []))
    groups.set(unitOf(figure), [...(groups.get(unitOf(figure)) ?? []), figure])
  const told = [...groups].filter(([unit]) => !DATING.includes(unit))
  return new Map(told.map(([unit, figures]) => [unit, [...figures].sort().join(' ')]))
}

/** A number with the characters that count it. */
const FIGURE =
  /\d[\d,]*(?:\.\d+)?[万亿千百]*(?:%|[个家户人名位项件条座次台辆所种册棵吨亩元米里倍岁天年月日]|公里|平方米|公顷)?/g
/** Share of the pairs of characters from which two clauses speak of the same thing, the figures left out. */
const ALIKE = 0.5

const differingOf = (answer: Answer['answer'], extracts: readonly Extract[]): readonly Figure[] => {
  const first = answer === null ? undefined : extracts[answer.extract - 1]
  if (answer === null || first === undefined) return []
  const [figure, ...more] = fold(answer.text).match(FIGURE) ?? []
  if (figure === undefined || more.length > 0) return []
  const around = clauseAt(first.text, answer.start)
  const groups = new Map([[figure, [{ text: answer.text, extract: first }]]])
  for (const extract of extracts) {
    if (extract.citation.articleId === first.citation.articleId) continue
    const text = figureLike(extract.text, around, unitOf(figure))
    if (text !== null) groups.set(fold(text), [...(groups.get(fold(text)) ?? []), { text, extract }])
  }
  if (groups.size === 1) return []
  const found = [...groups.values()].map((group) => ({
    text: group[0]?.text ?? '',
    extracts: group.map(({ extract }) => extract).sort(latestFirst),
  }))
  return found.sort((a, b) => latestFirst(a.extracts[0], b.extracts[0]))
}

/** An order by date; what has none comes last. */
export const latestFirst = (a: Extract | undefined, b: Extract | undefined): number =>
  (b?.citation.date ?? '').localeCompare(a?.citation.date ?? '')

const unitOf = (figure: string): string => figure.replace(/^[\d,.]+[万亿千百]*/, '')

/** The figure of the same unit in the clause that is most like the given one; null when none is like it. */
const figureLike = (text: string, around: string, unit: string): string | null => {
  const clauses = text.split(/[，。；！？;!?]/).flatMap((clause) => {
    const figures = [...(clause.match(FIGURE) ?? [])].filter((each) => unitOf(fold(each)) === unit)
    const likeness = likenessOf(clause, around)
    return figures.length === 1 && likeness >= ALIKE ? [{ figure: figures[0] ?? '', likeness }] : []
  })
  return clauses.sort((a, b) => b.likeness - a.likeness)[0]?.figure ?? null
}

const clauseAt = (text: string, at: number): string => {
  const before =
    text
      .slice(0, at)
      .split(/[，。；！？;!?]/)
      .at(-1) ?? ''
  const after = text.slice(at).split(/[，。；！？;!?]/)[0] ?? ''
  return before + after
}

/** Dice's coefficient over pairs of characters. */
const likenessOf = (a: string, b: string): number => {
  const [x, y] = [pairsOf(a), pairsOf(b)]
  if (x.size + y.size === 0) return 0
  let shared = 0
  for (const pair of x) if (y.has(pair)) shared++
  return (2 * shared) / (x.size + y.size)
}

const pairsOf = (clause: string): ReadonlySet<string> => {
  const text = fold(clause).replace(FIGURE, '')
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)))
}
