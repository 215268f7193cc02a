import type { Desk } from '../core/ports.ts'

/** Questions asked before the first reader may ask: the first costs three times as much as any later one. */
const QUESTIONS = 3
/** Milliseconds they may take together, a model that is still loading included. */
const PATIENCE_MS = 1_000

/** Asks the desk for the titles of its own articles, so that code and models have run once. Never fails. */
export const warm = async ({ generation, ask }: Desk): Promise<void> => {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  try {
    for (const { title } of generation.articles.filter(({ title }) => title !== null).slice(0, QUESTIONS))
      await ask({ question: `${title}`, history: [], top: 1 }, { signal })
  } catch {
    // A model that is late or down is told where models are looked after.
  }
}
