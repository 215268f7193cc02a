// What questions bring up: candidates with what speaks for them, and whether they are right.
import { createHash } from 'node:crypto'
import { makeWeigh } from '../src/ask/extract/evidence.ts'
import { makeRetrieve, type Retrieved } from '../src/ask/find/retrieve.ts'
import { judge } from '../src/ask/read/read.ts'
import { makeViews } from '../src/ask/views.ts'
import type { Embedder, Reader } from '../src/core/ports.ts'
import type { Features } from '../src/core/types.ts'
import { folded } from '../src/text/fold.ts'
import type { Item, Lab } from './lab.ts'

/** One question. */
export interface Row {
  /** Of the passage or article it is about: a fair coin. */
  readonly even: boolean
  readonly answerable: boolean
  /** An answerable question asked of the corpus without its article: the common way for an answer not to be there. */
  readonly absent: boolean
  /** It names what stands in no file. */
  readonly missing: boolean
  readonly candidates: readonly Candidate[]
}

interface Candidate {
  readonly features: Features
  readonly possible: boolean
  readonly right: boolean
  readonly exact: boolean
}

/** Asks every question, every other answerable one also without its article. */
export const rowsOf = async (
  lab: Lab,
  items: readonly Item[],
  { meaning, reader }: { meaning: Embedder; reader: Reader | null },
): Promise<readonly Row[]> => {
  const retrieve = makeRetrieve({ ...lab, embedder: meaning })
  const rowOf = makeRowOf(lab, reader)
  const rows: Row[] = []
  for (const [i, item] of items.entries()) {
    const retrieved = await retrieve({ question: item.question, history: [], top: 5 })
    rows.push(await rowOf(item, retrieved))
    if (i % 50 === 0) process.stderr.write(`\r${i}/${items.length}   `)
    if (item.answers.length === 0 || i % 2 === 0) continue
    const others = retrieved.candidates.filter(({ passage }) => fileOf(lab, passage) !== item.file)
    rows.push({
      ...(await rowOf({ ...item, answers: [] }, { ...retrieved, candidates: others })),
      absent: true,
    })
  }
  return rows
}

const makeRowOf = (lab: Lab, reader: Reader | null) => {
  const views = makeViews(lab.generation)
  const weigh = makeWeigh(lab.generation.words, lab.segmenter)
  return async (item: Item, retrieved: Retrieved): Promise<Row> => {
    const { judged } = await judge({ ...lab, reader, views, weigh }, retrieved)
    const candidates = judged.map(({ features, possible, view, choice }): Candidate => {
      const text = bare(view.text.slice(choice.start, choice.end))
      const right =
        fileOf(lab, view.passage) === item.file && item.answers.some((answer) => text.includes(bare(answer)))
      const short = choice.answer ? bare(view.text.slice(...choice.answer)) : ''
      return { features, possible, right, exact: item.answers.some((answer) => bare(answer) === short) }
    })
    const about = createHash('sha256')
      .update(item.passage ?? '')
      .digest()
    return {
      even: about.readUInt8() < 128,
      answerable: item.answers.length > 0,
      absent: false,
      missing: retrieved.named.missing.length > 0,
      candidates,
    }
  }
}

const bare = (text: string): string => folded(text).replace(/[\s\p{P}\p{S}]+/gu, '')

const fileOf = ({ generation }: Lab, passage: number): string => {
  const article = generation.articles[generation.passages[passage]?.article ?? 0]
  return generation.files[article?.file ?? 0]?.name ?? ''
}
