import type { Segmenter } from '../core/ports.ts'
import type { Query } from '../core/types.ts'
import { complete, type Told } from './follow-up.ts'

/** Questions before this one that are looked at. */
const REMEMBERED = 6

/** The question with what it leaves to the ones before it; itself when it stands alone. */
export const inContext = async (
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
