/** What lies in the folder of an index, told once for who writes it and for who has to pass over it. */
export const CURRENT = 'CURRENT'
export const LOCK = 'LOCK'
/** A generation; one that is being written; one that was found damaged and put aside. */
export const GENERATION = 'gen-'
export const UNFINISHED = 'tmp-'
export const DAMAGED = 'bad-'
/** The folders that `chuchu index PATH…` named. */
export const FOLDERS = 'folders.json'
/** What people said of extracts, one JSON object a line. */
export const FEEDBACK = 'feedback.jsonl'

/** Is this a folder with an index in it? `names`: what lies in the folder. */
export const holdsIndex = (names: readonly string[]): boolean =>
  names.includes(CURRENT) && names.some((name) => name.startsWith(GENERATION))

/** Does a name in such a folder belong to the index? A record that cannot be read was put aside as bad-*. */
export const isOfIndex = (name: string): boolean =>
  [CURRENT, FOLDERS, FEEDBACK].includes(name) ||
  [LOCK, GENERATION, UNFINISHED, DAMAGED].some((prefix) => name.startsWith(prefix))
