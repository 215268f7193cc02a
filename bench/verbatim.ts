// Does every extract stand in its file? Makes corpora of every format out of rough and hostile text, takes extracts at random
// places and has `verify`, which shares no code with what made them, check each against the files.
//   npx tsx bench/verbatim.ts [--cases 100000] [--seed 1]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeViews } from '../src/ask/views.ts'
import { verify } from '../src/cli/verify.ts'
import type { Embedder } from '../src/core/ports.ts'
import type { Extract } from '../src/core/types.ts'
import { readCorpus } from '../src/corpus/read.ts'
import { buildGeneration } from '../src/index/build.ts'
import { openGeneration } from '../src/index/open.ts'
import { openSegmenter } from '../src/index/segmenter.ts'

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at > 0 ? Number(process.argv[at + 1]) : otherwise
}

/** Mulberry32: small, seeded, the same on every machine. */
const random = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

const PIECES = [
  ...'大连港务局新增企业三千户今年上半年完成投资其中该项目',
  ...'。。，，、；：！？“”‘’（）《》…—%．·',
  ...[
    '2020年',
    '3.5%',
    '1,234户',
    '5G',
    'AI',
    ' network ',
    '記者',
    '營口',
    'ＡＢＣ',
    '𠀀',
    '👩‍👩‍👧',
    'é',
    '\u0301',
    '&amp;',
    '&nbsp;',
  ],
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '\n　　',
    ' ',
    '\u3000',
    '\u00a0',
    '\u2028',
    '\u200b',
    '\t',
    '**',
    '# ',
    '- ',
    '[链接](http://a.b)',
    '<b>',
    '</p><p>',
    '|',
    '`',
  ],
]

const roughText = (below: (n: number) => number, length: number): string => {
  let text = ''
  const wrap = below(3) === 0 ? 12 + below(20) : 0
  for (let column = 0; text.length < length; column++) {
    text += PIECES[below(PIECES.length)]
    if (wrap > 0 && column % wrap === wrap - 1) text += '\n'
  }
  return text
}

const writeCorpus = (folder: string, below: (n: number) => number): void => {
  mkdirSync(folder, { recursive: true })
  for (const extension of ['txt', 'md', 'html']) {
    const text = roughText(below, 600 + below(3000))
    const bytes =
      below(4) === 0
        ? Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
        : Buffer.from(text)
    writeFileSync(join(folder, `rough ${extension}.${extension}`), bytes)
  }
  const lines = Array.from({ length: 4 }, (_, i) =>
    JSON.stringify({ id: `行${i}`, title: roughText(below, 12), text: roughText(below, 500) }),
  )
  writeFileSync(join(folder, '行.jsonl'), lines.join('\n'))
}

/** The vectors do not matter here. */
const flat: Embedder = {
  id: 'flat@1',
  dim: 4,
  question: async () => Float32Array.of(1, 0, 0, 0),
  passage: async () => Float32Array.of(1, 0, 0, 0),
}

const cases = option('cases', 100_000)
const A_CORPUS = 2_000
const below = random(option('seed', 1))
const segmenter = openSegmenter()
const root = mkdtempSync(join(tmpdir(), 'chuchu-verbatim-'))
let checked = 0
let wrong = 0
for (let round = 0; checked < cases; round++) {
  const corpus = join(root, `corpus-${round}`)
  writeCorpus(corpus, below)
  const folder = join(root, `index-${round}`)
  await buildGeneration({
    corpus: await readCorpus(corpus),
    folder,
    embedder: flat,
    segmenter,
    fingerprint: '',
  })
  const generation = openGeneration(folder)
  const { view, citation } = makeViews(generation)
  const extracts: Extract[] = []
  while (extracts.length < Math.min(A_CORPUS, cases - checked)) {
    const passage = view(below(generation.passages.length))
    const start = below(passage.text.length)
    const end = start + 1 + below(passage.text.length - start)
    const text = passage.text.slice(start, end)
    if (text.trim() === '') continue
    extracts.push({ n: extracts.length + 1, text, score: 1, citation: citation(passage, start, end) })
  }
  const report = verify(JSON.stringify({ question: '', extracts }), corpus)
  for (const fault of report.faults.slice(0, 3))
    console.error(`corpus ${round}: ${fault.where} ${fault.file}: ${fault.what}`)
  checked += report.extracts
  wrong += report.faults.length
  generation.close()
  rmSync(corpus, { recursive: true })
  rmSync(folder, { recursive: true })
  process.stderr.write(`\r${checked}/${cases}  `)
}
rmSync(root, { recursive: true })
console.log(
  `\nverbatim ${((checked - wrong) / checked).toFixed(5)} of ${checked} extracts (seed ${option('seed', 1)})`,
)
process.exit(wrong === 0 ? 0 : 1)
