import type { Generation, Segmenter } from '../core/ports.ts'
import type { Query } from '../core/types.ts'
import { makeTranslate } from './english.ts'
import { complete, type Told } from './follow-up.ts'
import { type Likelihood, makeMend } from './spelling.ts'

/** Questions before this one that are looked at. */
const REMEMBERED = 6

export interface StandAloneDeps {
  readonly generation: Generation
  readonly segmenter: Segmenter
  /** The table of text/glossary.ts; asked for with the first English question. */
  readonly glossary: () => Promise<string>
  readonly likelihood: Likelihood
}

/** The question that is searched: put into Chinese, made whole with the ones before it, its spelling mended. */
export const makeStandAlone = ({ generation, segmenter, glossary, likelihood }: StandAloneDeps) => {
  const translate = makeTranslate(generation.words, segmenter, glossary)
  const mend = makeMend(generation.words, segmenter, likelihood)
  return async (query: Query, tell: (question: string) => Promise<Told>): Promise<string> =>
    mend(await inContext(await translate(query), segmenter, tell))
}

/** The question with what it leaves to the ones before it; itself when it stands alone. */
const inContext = async (
  { question, history }: Query,
  segmenter: Segmenter,
  tell: (question: string) => Promise<Told>,
): Promise<string> => {
  let before: string | null = null
  for (const turn of [...history.slice(-REMEMBERED), { question }]) {
    const last: string | null = before
    const whole: string | null = last && (await complete(turn.question, last, segmenter, () => tell(last)))
    before = whole ?? turn.question
  }
  return before ?? question
}
