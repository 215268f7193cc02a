import type { Mention } from '../text/quantities.ts'
import type { Amounts } from './amount.ts'

const WORD = '分别'
/** Between two amounts of a row: 第73位和第92位, 300mah / 425mah, 增长5%、下降6%. */
const NEXT = /^\s*(?:、|和|与|及|以及|\/|,)\s*[^，。；、,;]{0,4}$/
/** Between 分别 and the first amount. */
const REACH = 16

/** 瓦房店市、庄河市分别居第73位和第92位, asked for 瓦房店: the amount in the place that what is asked about has. */
export const respectively = ({ question, plain, all, own }: Amounts): Mention | undefined => {
  const at = plain.lastIndexOf(WORD, own.start)
  const row = at < 0 ? [] : rowBehind(plain, all, at + WORD.length)
  if (!row.includes(own) || row.length < 2) return undefined
  const things = plain
    .slice(0, plain.indexOf(WORD))
    .split(/、|以及|[和与及]/)
    .slice(-row.length)
    .map((thing, i) => (i === 0 ? (thing.split(/[，。；,;]/).at(-1) ?? '') : thing))
  if (things.length < row.length) return undefined
  const asked = things
    .map((thing, i) => ({
      i,
      at: placeOf(
        thing,
        things.filter((_, k) => k !== i),
        question.text,
      ),
    }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
  return row[asked[0]?.i ?? -1]
}

const rowBehind = (plain: string, all: readonly Mention[], from: number): readonly Mention[] => {
  const behind = all.filter(({ start }) => start >= from)
  const [first] = behind
  if (!first || !/^[^，。；,;]*$/.test(plain.slice(from, first.start)) || first.start - from > REACH)
    return []
  const end = behind.findIndex(({ start, unit }, i) => {
    const before = behind[i - 1]
    return before !== undefined && (unit !== first.unit || !NEXT.test(plain.slice(before.end, start)))
  })
  return end < 0 ? behind : behind.slice(0, end)
}

/** Where the question first names a thing by what none of the others has; −1 when it does not. */
const placeOf = (thing: string, others: readonly string[], question: string): number => {
  const places = Array.from({ length: Math.max(0, thing.length - 1) }, (_, i) => thing.slice(i, i + 2))
    .filter((pair) => !others.some((other) => other.includes(pair)))
    .map((pair) => question.indexOf(pair))
    .filter((at) => at >= 0)
  return places.length > 0 ? Math.min(...places) : -1
}
