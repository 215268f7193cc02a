/** A possible pair and what it is worth; only worth above 0 is ever taken. */
export interface Pair {
  readonly left: number
  readonly right: number
  readonly worth: number
}

/**
 * The pairs of greatest total worth in which no left and no right is used twice.
 * Kuhn and Munkres with shortest augmenting paths over sparse rows: rows · pairs · log pairs at worst, and the
 * rows of a page are few.
 */
export const bestPairs = <P extends Pair>(pairs: readonly P[]): readonly P[] => {
  const useful = pairs.filter((pair) => pair.worth > 0)
  return components(useful).flatMap(assign)
}

/** Pairs that share no left and no right with others are decided apart. */
const components = <P extends Pair>(pairs: readonly P[]): readonly (readonly P[])[] => {
  const root = new Map<string, string>()
  const find = (key: string): string => {
    let at = key
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up
    root.set(key, at)
    return at
  }
  for (const { left, right } of pairs) {
    const [a, b] = [find(`l${left}`), find(`r${right}`)]
    if (a !== b) root.set(a, b)
    root.set(b, b)
  }
  const groups = new Map<string, P[]>()
  for (const pair of pairs) {
    const key = find(`l${pair.left}`)
    const group = groups.get(key)
    if (group) group.push(pair)
    else groups.set(key, [pair])
  }
  return [...groups.values()]
}

/** Rows and columns of more than this are matched greedily: no page is so torn. */
const MOST = 240

const assign = <P extends Pair>(pairs: readonly P[]): readonly P[] => {
  const lefts = [...new Set(pairs.map((pair) => pair.left))]
  const rights = [...new Set(pairs.map((pair) => pair.right))]
  if (lefts.length > MOST || rights.length > MOST) return greedy(pairs)
  const size = Math.max(lefts.length, rights.length)
  const worth = Array.from({ length: size }, () => new Float64Array(size))
  const rowOf = new Map(lefts.map((left, row) => [left, row]))
  const columnOf = new Map(rights.map((right, column) => [right, column]))
  const known = new Map<number, P>()
  for (const pair of pairs) {
    const [row, column] = [rowOf.get(pair.left) ?? 0, columnOf.get(pair.right) ?? 0]
    const line = worth[row]
    if (line) line[column] = pair.worth
    known.set(row * size + column, pair)
  }
  return [...hungarian(worth)].flatMap((column, row) => known.get(row * size + column) ?? [])
}

const greedy = <P extends Pair>(pairs: readonly P[]): readonly P[] => {
  const lefts = new Set<number>()
  const rights = new Set<number>()
  return pairs
    .toSorted((a, b) => b.worth - a.worth || a.left - b.left || a.right - b.right)
    .filter(({ left, right }) => {
      if (lefts.has(left) || rights.has(right)) return false
      lefts.add(left)
      rights.add(right)
      return true
    })
}

/** Column of each row, for the greatest total of a square of worths. */
const hungarian = (worth: readonly Float64Array[]): Int32Array => {
  const n = worth.length
  const rowPrice = new Float64Array(n + 1)
  const columnPrice = new Float64Array(n + 1)
  const rowOf = new Int32Array(n + 1)
  for (let row = 1; row <= n; row++) augment(worth, row, rowPrice, columnPrice, rowOf)
  const columns = new Int32Array(n)
  for (let column = 1; column <= n; column++) columns[(rowOf[column] ?? 1) - 1] = column - 1
  return columns
}

/** Gives one more row its column along the cheapest chain of exchanges. Rows and columns count from 1. */
const augment = (
  worth: readonly Float64Array[],
  row: number,
  rowPrice: Float64Array,
  columnPrice: Float64Array,
  rowOf: Int32Array,
): void => {
  const n = worth.length
  const best = new Float64Array(n + 1).fill(Infinity)
  const from = new Int32Array(n + 1)
  const used = new Uint8Array(n + 1)
  rowOf[0] = row
  let column = 0
  do {
    used[column] = 1
    const holder = at(rowOf, column)
    for (let j = 1; j <= n; j++) {
      const cost = -(worth[holder - 1]?.[j - 1] ?? 0) - at(rowPrice, holder) - at(columnPrice, j)
      if (used[j] || cost >= at(best, j)) continue
      best[j] = cost
      from[j] = column
    }
    const next = cheapest(best, used)
    const step = at(best, next)
    for (let j = 0; j <= n; j++) {
      if (used[j]) {
        rowPrice[at(rowOf, j)] = at(rowPrice, at(rowOf, j)) + step
        columnPrice[j] = at(columnPrice, j) - step
      } else best[j] = at(best, j) - step
    }
    column = next
  } while (at(rowOf, column) !== 0)
  while (column !== 0) {
    const previous = at(from, column)
    rowOf[column] = at(rowOf, previous)
    column = previous
  }
}

const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0

const cheapest = (best: Float64Array, used: Uint8Array): number => {
  let found = 0
  for (let j = 1; j < best.length; j++)
    if (!used[j] && (found === 0 || at(best, j) < at(best, found))) found = j
  return found
}
