// How often is the right passage found? Prints the tables of docs/evaluation.md.
//   npx tsx bench/retrieval.ts --data FOLDER                (FOLDER/questions/{corpus,news-questions.dev}.jsonl)
//   npx tsx bench/retrieval.ts --bench FOLDER [--every N]   (FOLDER/{corpus,queries}.jsonl, qrels.tsv; every Nth question)
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { makeRetrieve } from '../src/ask/find/retrieve.ts'
import { makeSearch } from '../src/ask/search.ts'
import { dataFolder, type Item, openLab, readJsonl } from './lab.ts'

interface Asked {
  readonly question: string
  /** Ids of the items that answer. */
  readonly right: ReadonlySet<string>
  readonly kind: string
}

/** The news questions that have an answer, natural and in other words. */
const newsQuestions = (folder: string): readonly Asked[] =>
  readJsonl<Item>(join(folder, 'news-questions.dev.jsonl'))
    .filter((item) => item.answers.length > 0)
    .map(({ question, file, paraphrase }) => ({
      question,
      right: new Set([idOf(file ?? '')]),
      kind: paraphrase === 1 ? 'natural' : 'paraphrased',
    }))

/** The questions of a bench that have a right item. */
const benchQuestions = (folder: string): readonly Asked[] => {
  const right = new Map<string, Set<string>>()
  for (const line of readFileSync(join(folder, 'qrels.tsv'), 'utf8').trimEnd().split('\n').slice(1)) {
    const [question = '', item = '', score] = line.split('\t')
    if (Number(score) > 0) right.set(question, (right.get(question) ?? new Set()).add(item))
  }
  return readJsonl<{ _id: string; text: string }>(join(folder, 'queries.jsonl')).flatMap(({ _id, text }) => {
    const items = right.get(_id)
    return items ? [{ question: text, right: items, kind: basename(folder) }] : []
  })
}

const idOf = (file: string): string => file.slice(file.indexOf('#') + 1)

const option = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined
const bench = option('--bench')
const source = bench ?? join(dataFolder(), 'questions')
const folder = join(tmpdir(), 'chuchu-bench', bench === undefined ? 'news-questions' : basename(bench))
mkdirSync(folder, { recursive: true })
copyFileSync(join(source, 'corpus.jsonl'), join(folder, 'corpus.jsonl'))
const every = Number(option('--every') ?? 1)
const questions = (bench === undefined ? newsQuestions : benchQuestions)(source).filter(
  (_, i) => i % every === 0,
)

const lab = await openLab(folder)
const deps = { ...lab, embedder: lab.models.embedder, reader: lab.models.reader }
const retrieve = makeRetrieve(deps)
const search = makeSearch(deps)
const rows: { kind: string; ways: Record<string, number> }[] = []
for (const { question, right, kind } of questions) {
  const query = { question: [...question].slice(0, 500).join(''), history: [], top: 100 }
  const { candidates } = await retrieve(query)
  const { hits } = await search(query)
  /** 1 for the first. */
  const rankIn = (ids: readonly string[]): number => {
    const at = [...new Set(ids)].findIndex((id) => right.has(id))
    return at < 0 ? Number.POSITIVE_INFINITY : at + 1
  }
  const rank = (score: (one: (typeof candidates)[number]) => number): number =>
    rankIn([...candidates].sort((a, b) => score(b) - score(a)).map(({ passage }) => idOf(fileOf(passage))))
  const best = (one: (typeof candidates)[number]): number =>
    one.sentences.length > 0 ? Math.max(...one.sentences) : 0
  rows.push({
    kind,
    ways: {
      'words alone': rank((one) => one.words),
      'passage meaning alone': rank((one) => one.meaning),
      'sentence meaning alone': rank(best),
      'without sentences': rank((one) => one.words + 1.2 * one.meaning),
      'words + meaning': rank((one) => one.fused),
      'with the reader, as /search': rankIn(hits.map(({ citation }) => idOf(citation.file))),
    },
  })
}
for (const kind of new Set(rows.map((row) => row.kind))) {
  const part = rows.filter((row) => row.kind === kind)
  for (const way of Object.keys(part[0]?.ways ?? {})) {
    const within = (k: number): string =>
      (part.filter(({ ways }) => (ways[way] ?? 1e9) <= k).length / part.length).toFixed(3)
    console.log(
      `${kind.padEnd(12)} n ${part.length}  ${way.padEnd(27)} first ${within(1)}  three ${within(3)}  ten ${within(10)}  fifty ${within(50)}`,
    )
  }
}
console.log(`built in ${(lab.built / 1000).toFixed(1)} s`)
await lab.close()

function fileOf(passage: number): string {
  const article = lab.generation.articles[lab.generation.passages[passage]?.article ?? 0]
  return lab.generation.files[article?.file ?? 0]?.name ?? ''
}
