import { forget, recall, remember } from './memory.ts'
import { type Past, parsePast, withoutPast, withPast } from './past.ts'

const STORE = 'chuchu.history'

/** All questions this browser remembers, latest first. */
export const allPast = (): readonly Past[] => parsePast(recall(STORE))

/** Remembers a question, where the browser lets us. */
export const noteDown = (past: Past): void => {
  remember(STORE, JSON.stringify(withPast(allPast(), past)))
}

/** Forgets one question. */
export const dropPast = (past: Past): void => {
  remember(STORE, JSON.stringify(withoutPast(allPast(), past)))
}

/** Forgets them all. */
export const dropAllPast = (): void => forget(STORE)

/** Whether the browser keeps anything for this page. */
export const keepsPast = (): boolean => {
  const kept = remember('chuchu.trial', '1')
  forget('chuchu.trial')
  return kept
}
