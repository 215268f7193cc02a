/** An English word or phrase, lower case → the Chinese words for it, the likeliest first; none when it has none. */
export type Glossary = (phrase: string) => readonly string[]

/** Words of a phrase that is looked up, at most. */
export const LONGEST_PHRASE = 4
/** Stands before a name in the table. */
export const NAME = '*'

/**
 * Looks up in a table of lines `phrase TAB word word …` that is sorted by code units (models/cedict). Names are given
 * always, other words when `knows` admits them. Found by halving: nothing is made of the table beforehand.
 */
export const makeGlossary =
  (table: string, knows: (word: string) => boolean): Glossary =>
  (phrase) => {
    const line = lineOf(table, `${phrase}\t`)
    if (line === null) return []
    return line
      .slice(phrase.length + 1)
      .split(' ')
      .filter((word) => word.startsWith(NAME) || knows(word))
      .map((word) => word.replace(NAME, ''))
  }

/** Does a Chinese word mean something that English writes small? A name (marked) does not. */
export const isOrdinaryWord = (table: string, word: string): boolean =>
  ['\t', ' '].some((before) => [' ', '\n'].some((after) => table.includes(before + word + after)))

/** The line that begins with `head`, without its end. */
const lineOf = (table: string, head: string): string | null => {
  let low = 0
  let high = table.length
  while (low < high) {
    const start = table.lastIndexOf('\n', ((low + high) >> 1) - 1) + 1
    const end = table.indexOf('\n', start)
    const line = table.slice(start, end < 0 ? table.length : end)
    if (line.startsWith(head)) return line
    if (line < head) low = start + line.length + 1
    else high = start
  }
  return null
}
