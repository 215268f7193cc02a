// How often is the right passage found? Prints the table of docs/evaluation.md.
//   npx tsx bench/retrieval.ts --data FOLDER     (FOLDER/questions/{corpus,news-questions.dev}.jsonl)
import { copyFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeRetrieve } from '../src/ask/retrieve.ts'
import { makeSearch } from '../src/ask/search.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'

const data = join(dataFolder(), 'questions')
const folder = join(tmpdir(), 'chuchu-bench', 'news-questions')
mkdirSync(folder, { recursive: true })
copyFileSync(join(data, 'corpus.jsonl'), join(folder, 'corpus.jsonl'))

const lab = await openLab(folder)
const deps = { ...lab, embedder: lab.models.embedder, reader: lab.models.reader }
const retrieve = makeRetrieve(deps)
const search = makeSearch(deps)
const questions = readJsonl<Item>(join(data, 'news-questions.dev.jsonl')).filter(
  (item) => item.answers.length > 0,
)
const rows: { kind: string; ways: Record<string, number> }[] = []
for (const item of questions) {
  const { candidates } = await retrieve({ question: item.question, history: [], top: 100 })
  const files = new Map(candidates.map((one) => [one.passage, fileOf(one.passage)]))
  const rank = (score: (one: (typeof candidates)[number]) => number): number => {
    const order = [...candidates].sort((a, b) => score(b) - score(a)).map((one) => files.get(one.passage))
    const at = [...new Set(order)].indexOf(item.file ?? '')
    return at < 0 ? Number.POSITIVE_INFINITY : at + 1
  }
  const { hits } = await search({ question: item.question, history: [], top: 100 })
  const given = [...new Set(hits.map(({ citation }) => citation.file))].indexOf(item.file ?? '')
  const best = (one: (typeof candidates)[number]): number =>
    one.sentences.length > 0 ? Math.max(...one.sentences) : 0
  rows.push({
    kind: item.paraphrase === 1 ? 'natural' : 'paraphrased',
    ways: {
      'words alone': rank((one) => one.words),
      'passage meaning alone': rank((one) => one.meaning),
      'sentence meaning alone': rank(best),
      'without sentences': rank((one) => one.words + 1.2 * one.meaning),
      'words + meaning': rank((one) => one.fused),
      'reranked, as /search': given < 0 ? Number.POSITIVE_INFINITY : given + 1,
    },
  })
}
for (const kind of ['natural', 'paraphrased']) {
  const part = rows.filter((row) => row.kind === kind)
  for (const way of Object.keys(part[0]?.ways ?? {})) {
    const within = (k: number): string =>
      (part.filter(({ ways }) => (ways[way] ?? 1e9) <= k).length / part.length).toFixed(3)
    console.log(
      `${kind.padEnd(12)} n ${part.length}  ${way.padEnd(24)} first ${within(1)}  three ${within(3)}  ten ${within(10)}  fifty ${within(50)}`,
    )
  }
}
console.log(`built in ${(lab.built / 1000).toFixed(1)} s`)
await lab.close()

function fileOf(passage: number): string {
  const article = lab.generation.articles[lab.generation.passages[passage]?.article ?? 0]
  return lab.generation.files[article?.file ?? 0]?.name ?? ''
}
