import type { Desk } from '../core/ports.ts'

/** Asked of titles before the first reader may ask: the first question costs three times as much as a later one, and so does the first of its type. */
const FORMS = ['有多少', '是谁', '是什么时候', '為什麼', '是哪些', '增长多少', '在哪里', '叫什么']
/** One in English: its dictionary is read with the first. */
const ENGLISH = 'How many ports are there'
/** One mistyped (覆盖率): what sounds alike is gathered with the first, 300 ms in which others wait. */
const MISTYPED = '复盖率是多少'
/** Milliseconds they may take together, a model that is still loading included: 1,000 to 1,600 is what they take on two cores. */
const PATIENCE_MS = 2_500

/** Asks the desk for the titles of its own articles, so that code and models have run once. Never fails. */
export const warm = async ({ generation, ask }: Desk): Promise<void> => {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    const titles = generation.articles.flatMap(({ title }) => title ?? [])
    const questions = FORMS.map((form, i) => `${titles[i % titles.length] ?? ''}${form}`)
    for (const question of [MISTYPED, ...questions, ENGLISH])
      await ask({ question, history: [], top: 5 }, { signal })
  } catch {
    // A model that is late or down is told where models are looked after.
  }
}
