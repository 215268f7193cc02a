import type { Mention } from '../../text/quantities.ts'
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
  const parts = plain
    .slice(0, plain.indexOf(WORD))
    .split(/、|以及|[和与及]/)
    .slice(-row.length)
  if (parts.length < row.length) return undefined
  const things = bareThings(parts)
  const [asked, ...more] = [...things.keys()].filter((i) => isNamed(things, i, question.text))
  return asked === undefined || more.length > 0 ? undefined : row[asked]
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

/** 去年海城 and 山城游客 → 海城 and 山城: things of a row end alike, and are about as long. */
const bareThings = (parts: readonly string[]): readonly string[] => {
  const first = parts[0]?.split(/[，。；,;]/).at(-1) ?? ''
  const last = parts.at(-1) ?? ''
  const end = Array.from({ length: first.length }, (_, i) => first.slice(i)).find((tail) =>
    last.includes(tail),
  )
  if (end === undefined) return [first, ...parts.slice(1)]
  const bare = last.slice(0, last.indexOf(end) + end.length)
  return [first.slice(-Math.max(bare.length, 2)), ...parts.slice(1, -1), bare]
}

/** Does the text name a thing by two characters that none of the others has? */
const isNamed = (things: readonly string[], i: number, text: string): boolean => {
  const thing = things[i] ?? ''
  return Array.from({ length: Math.max(0, thing.length - 1) }, (_, k) => thing.slice(k, k + 2)).some(
    (pair) => text.includes(pair) && !things.some((other, k) => k !== i && other.includes(pair)),
  )
}
