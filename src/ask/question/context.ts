import type { Generation, Segmenter } from '../../core/ports.ts'
import type { Query } from '../../core/types.ts'
import { simplify } from '../../text/simplify.ts'
import { withoutCourtesy } from './courtesy.ts'
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

/** A question in Chinese, its spelling mended. */
export const makeChinese = ({ generation, segmenter, glossary, likelihood }: StandAloneDeps) => {
  const translate = makeTranslate(generation.words, segmenter, glossary)
  const mend = makeMend(generation.words, segmenter, likelihood)
  return async (question: string): Promise<string> => mend(await translate(question))
}

/** The question that is searched: in Chinese, made whole with the ones before it. */
export const makeStandAlone = (deps: StandAloneDeps) => {
  const chinese = makeChinese(deps)
  return async ({ question, history }: Query, tell: (question: string) => Promise<Told>): Promise<string> => {
    const turns = [...history.slice(-REMEMBERED), { question }]
    return inContext(await Promise.all(turns.map((turn) => chinese(turn.question))), deps.segmenter, tell)
  }
}

/** The last question with what it leaves to the ones before it; itself when it stands alone. */
const inContext = async (
  questions: readonly string[],
  segmenter: Segmenter,
  tell: (question: string) => Promise<Told>,
): Promise<string> => {
  let before = ''
  for (const question of questions) {
    const last = plain(before)
    const whole = last === '' ? null : await complete(plain(question), last, segmenter, () => tell(last))
    before = whole ?? question
  }
  return before
}

const plain = (question: string): string => withoutCourtesy(simplify(question))
