// Makes models/continuation/ngrams.bin: how likely one character is after others, in news.
//   npx tsx training/continuation/train.ts --news crud.jsonl --news cctv.jsonl [--skip 8000] [--entries 1130000] [--out models/continuation]
// FILE: JSONL of {"text"}. The first --skip lines of each file are not read: they are what tests are made of.
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { EDGE, HEAD, HEAD_END, OPENING, fold, hash, MAGIC, markOf, slotOf, STEP } from '../../src/corpus/repair/continuation-table.ts'

const { values: options } = parseArgs({
  options: {
    news: { type: 'string', multiple: true, default: [] },
    skip: { type: 'string', default: '8000' },
    entries: { type: 'string', default: '1130000' },
    slots: { type: 'string', default: '1230000' },
    out: { type: 'string', default: 'models/continuation' },
  },
})

/** Characters of all news as numbers below 8192 (by frequency; 1 is EDGE, 0 the rest), so that four fit a float's 52 bits. */
const read = async (): Promise<{ units: Uint16Array; letters: number[] }> => {
  const raw = new Uint16Array(120_000_000)
  let n = 0
  for (const file of options.news) {
    let line = 0
    for await (const json of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      if (++line <= Number(options.skip) || n > raw.length - 100_000) continue
      const { title, text } = JSON.parse(json)
      const add = (mark: number, words: string): void => {
        raw[n++] = mark
        for (let at = 0; at < words.length; at++) {
          const unit = fold(words.charCodeAt(at))
          if (unit > EDGE) raw[n++] = unit
        }
      }
      if (title) add(HEAD, title)
      if (title) raw[n++] = HEAD_END
      String(text).split('\n').forEach((paragraph, place) => add(place === 0 ? OPENING : EDGE, paragraph))
    }
  }
  raw[n++] = EDGE
  const count = new Uint32Array(65536)
  for (let at = 0; at < n; at++) count[raw[at]!]!++
  const letters = [...count.keys()].filter((u) => count[u]! > 20).sort((a, b) => count[b]! - count[a]!).slice(0, 8190)
  const code = new Uint16Array(65536)
  letters.forEach((u, i) => { code[u] = i + 1 })
  return { units: raw.subarray(0, n).map((u) => code[u]!), letters: [0, ...letters] }
}

/** Open addressing from a number to its count. */
const makeCounts = (bits: number) => {
  const size = 2 ** bits
  const keys = new Float64Array(size)
  const counts = new Uint32Array(size)
  let used = 0
  const place = (key: number): number => {
    let at = (Math.imul(key % 4294967296, 0x9e3779b1) ^ Math.imul(Math.floor(key / 4294967296), 0x85ebca6b)) >>> 0
    at = (at ^ (at >>> 15)) & (size - 1)
    while (keys[at] !== 0 && keys[at] !== key) at = (at + 1) & (size - 1)
    return at
  }
  return {
    add: (key: number) => { const at = place(key); if (keys[at] === 0) { if (++used > size * 0.9) throw new Error('table full'); keys[at] = key } counts[at]!++ },
    get: (key: number) => counts[place(key)]!,
    each: (f: (key: number, count: number) => void) => { for (let at = 0; at < size; at++) if (keys[at] !== 0) f(keys[at]!, counts[at]!) },
  }
}

const B = 8192
const { units, letters } = await read()
console.error(`${units.length} characters, ${letters.length} different`)
const one = new Float64Array(B)
for (const u of units) one[u]!++
const LEAST = [0, 0, 3, 6, 8, 0] // sequences seen less often are not counted on: they would not be kept
const two = makeCounts(23)
for (let i = 1; i < units.length; i++) if (units[i - 1] && units[i]) two.add(units[i - 1]! * B + units[i]!)
console.error('pairs')
const three = makeCounts(25)
for (let i = 2; i < units.length; i++) {
  const [a, b, c] = [units[i - 2]!, units[i - 1]!, units[i]!]
  if (a && b && c && two.get(a * B + b) >= LEAST[3]! && two.get(b * B + c) >= LEAST[3]!) three.add((a * B + b) * B + c)
}
console.error('triples')
const four = makeCounts(25)
for (let i = 3; i < units.length; i++) {
  const [a, b, c, d] = [units[i - 3]!, units[i - 2]!, units[i - 1]!, units[i]!]
  if (!(a && b && c && d)) continue
  if (three.get((a * B + b) * B + c) >= 12 && three.get((b * B + c) * B + d) >= 12) four.add(((a * B + b) * B + c) * B + d)
}
console.error('fours')

const total = units.length
/** What is taken from every count for sequences that were not seen. Ney, Essen and Kneser, 1994. */
const DISCOUNT = 0.6
interface Entry { key: number; size: number; logp: number; worth: number }
const p1 = (c: number): number => one[c]! / total
const lower: ((key: number) => number)[] = []
lower[2] = (key) => p1(key % B)
const p2 = (key: number): number => { const n = two.get(key); return n >= LEAST[2]! ? (n - DISCOUNT) / one[Math.floor(key / B)]! : p1(key % B) * 0.2 }
lower[3] = (key) => p2(key % (B * B))
const p3 = (key: number): number => { const n = three.get(key); return n >= LEAST[3]! ? (n - DISCOUNT) / two.get(Math.floor(key / B)) : p2(key % (B * B)) * 0.3 }
lower[4] = (key) => p3(key % (B * B * B))
const entries: Entry[] = []
const collect = (size: number, counts: ReturnType<typeof makeCounts>, of: (key: number) => number, context: (key: number) => number): void =>
  counts.each((key, n) => {
    if (n < LEAST[size]!) return
    const p = of(key)
    entries.push({ key, size, logp: Math.log(p), worth: n * Math.abs(Math.log(p) - Math.log(lower[size]!(key) * 0.3)) })
    void context
  })
collect(2, two, p2, (key) => one[Math.floor(key / B)]!)
collect(3, three, p3, (key) => two.get(Math.floor(key / B)))
collect(4, four, (key) => (four.get(key) - DISCOUNT) / three.get(Math.floor(key / B)), (key) => three.get(Math.floor(key / B)))
console.error(`${entries.length} sequences`)
entries.sort((x, y) => y.worth - x.worth)
// a sequence is only found through the shorter one before its last character, which holds its back-off weight
const bySize = [0, 1, 2, 3, 4].map(() => new Map<number, Entry>())
for (const e of entries) bySize[e.size]!.set(e.key, e)
const keptOf = [0, 1, 2, 3, 4].map(() => new Map<number, Entry>())
let keptCount = 0
const keep = (e: Entry): void => {
  if (keptOf[e.size]!.has(e.key)) return
  if (e.size > 2) {
    const context = bySize[e.size - 1]!.get(Math.floor(e.key / B))
    if (!context) return
    keep(context)
  }
  keptOf[e.size]!.set(e.key, e)
  keptCount++
}
for (const e of entries) {
  if (keptCount >= Number(options.entries) - letters.length) break
  keep(e)
}
const kept = keptOf.flatMap((map) => [...map.values()])
// back-off weights: what the kept followers of a context leave, over what the shorter context would give to others
const masses = [0, 1, 2, 3, 4].map(() => new Map<number, { own: number; short: number }>())
const full = (size: number, key: number): number => { // probability as the reader will compute it, without back-off weights below
  const e = keptOf[size]!.get(key); return e ? Math.exp(e.logp) : size === 2 ? p1(key % B) : full(size - 1, key % B ** (size - 1)) }
for (const e of kept) {
  const mass = masses[e.size - 1]!
  const context = Math.floor(e.key / B)
  const known = mass.get(context) ?? { own: 0, short: 0 }
  known.own += Math.exp(e.logp)
  known.short += e.size === 2 ? p1(e.key % B) : full(e.size - 1, e.key % B ** (e.size - 1))
  mass.set(context, known)
}
const backoff = (size: number, key: number): number => {
  const m = masses[size]!.get(key)
  return m ? Math.log(Math.max(1e-5, 1 - m.own) / Math.max(1e-3, 1 - m.short)) : 0
}
const sizes = [0, letters.length - 1, 0, 0, 0]
for (const e of kept) sizes[e.size]!++

const slots = Number(options.slots)
const table = new Uint8Array(8 + slots * 4)
const view = new DataView(table.buffer)
view.setUint32(0, MAGIC)
view.setUint32(4, slots)
let clashes = 0
const quantum = (log: number): number => Math.min(255, Math.max(0, Math.round(-log / STEP)))
const put = (codes: number[], logp: number, bow: number): void => {
  const units = codes.map((c) => letters[c]!)
  const h = hash(units, 0, units.length)
  const mark = markOf(h)
  let at = slotOf(h, slots)
  for (;;) {
    const there = view.getUint16(8 + at * 4)
    if (there === mark) { clashes++; return }
    if (there === 0) break
    at = (at + 1) % slots
  }
  view.setUint16(8 + at * 4, mark)
  view.setUint8(8 + at * 4 + 2, quantum(logp))
  view.setUint8(8 + at * 4 + 3, quantum(bow))
}
for (let c = 1; c < letters.length; c++) put([c], Math.log(p1(c)), backoff(1, c))
for (const { key, size, logp } of kept) {
  const codes: number[] = []
  let k = key
  for (let i = 0; i < size; i++) { codes.unshift(k % B); k = Math.floor(k / B) }
  put(codes, logp, backoff(size, key))
}
mkdirSync(options.out, { recursive: true })
writeFileSync(join(options.out, 'ngrams.bin'), table)
const sha256 = createHash('sha256').update(table).digest('hex')
writeFileSync(join(options.out, 'SHA256SUMS'), `${sha256}  ngrams.bin\n`)
console.log(JSON.stringify({ characters: units.length, letters: letters.length, kept: sizes, clashes, bytes: table.length, sha256 }))
