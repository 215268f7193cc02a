import type { Segmenter, Words } from '../../core/ports.ts'
import { type Glossary, LONGEST_PHRASE, makeGlossary } from '../../text/glossary.ts'
import { terms } from '../../text/words.ts'

/** Chinese words for an English one that are tried. */
const TRIED = 4
/** Words of a question that may have several; each costs a search for each of them. */
const AMBIGUOUS = 12

/** The Chinese words of asking for the English ones; the first form that matches decides. */
const ASKING: readonly (readonly [form: RegExp, chinese: string])[] = [
  [
    /\bhow (?:many|much|long|far|high|large|big|old)\b|\bwhat (?:percentage|share|proportion|number)\b/,
    '多少',
  ],
  [/\bwho(?:m|se)?\b/, '谁'],
  [/\bwhen\b|\bwhat (?:date|year|day|time)\b/, '什么时候'],
  [/\bwhere\b/, '在哪里'],
  [/\bwhy\b/, '为什么'],
  [/\bhow\b/, '如何'],
  [/\bwhich\b/, '哪些'],
  [/\bwhat\b/, '什么'],
  [/^(?:is|are|was|were|do|does|did|has|have|had|can|will)\b/, '是否'],
]
/** English words that name nothing. */
export const SILENT: ReadonlySet<string> = new Set(
  (
    'how many much long far what which who whom whose when where why is are was were am do does did has have had can could ' +
    'will would shall should may might must the a an of in on at to for by and or be been being there here it its they them ' +
    'their he she his her this that these those with from as into than about any some please tell me hold make take get give hello'
  ).split(' '),
)
/** Nothing but English: a Chinese question that names 5G or BMW is none. */
const isEnglish = (question: string): boolean =>
  /[a-z]{2}/i.test(question) && !/\p{Script=Han}/u.test(question)

/**
 * Puts English questions into Chinese word by word, as far as a dictionary goes and with words that stand in the articles
 * alone: enough to find and to read, nobody's prose. Others stay as they are.
 */
export const makeTranslate = (
  words: Words,
  segmenter: Segmenter,
  table: () => Promise<string>,
): ((question: string) => Promise<string>) => {
  return async (question) => {
    if (!isEnglish(question)) return question
    const glossary = makeGlossary(await table(), (word) => words.frequency(word) > 0)
    const choices = choicesOf(question, glossary)
    const found = choices.filter(({ length }) => length > 0)
    if (found.length <= choices.length / 2) return question
    const asking = ASKING.find(([form]) => form.test(question.toLowerCase()))?.[1] ?? ''
    return `${fitting(found, words, segmenter).join('')}${asking}`
  }
}

/** For each telling word or phrase the Chinese words to choose from, none when it has none; a figure stands for itself. */
const choicesOf = (question: string, glossary: Glossary): readonly (readonly string[])[] => {
  const english = question.toLowerCase().match(/[a-z\d][a-z\d.%-]*(?<!\.)/g) ?? []
  const choices: (readonly string[])[] = []
  for (let at = 0; at < english.length; ) {
    const lengths = Array.from({ length: Math.min(LONGEST_PHRASE, english.length - at) }, (_, i) => i + 1)
    const found = lengths
      .reverse()
      .map((length) => ({ length, chinese: chineseFor(english.slice(at, at + length), glossary) }))
      .find(({ chinese }) => chinese.length > 0)
    if (found || !SILENT.has(english[at] ?? '')) choices.push(found?.chinese.slice(0, TRIED) ?? [])
    at += found?.length ?? 1
  }
  return choices
}

const chineseFor = (phrase: readonly string[], glossary: Glossary): readonly string[] => {
  const [first = '', ...more] = phrase
  if (more.length === 0 && /\d/.test(first)) return [first]
  if (more.length === 0 && (SILENT.has(first) || first.length < 2)) return []
  if (SILENT.has(first) || SILENT.has(phrase.at(-1) ?? '')) return []
  const head = phrase.slice(0, -1)
  const forms = baseForms(phrase.at(-1) ?? '').map((last) => [...head, last].join(' '))
  return [...new Set(forms.flatMap((form) => glossary(form)))]
}

/** graduates → graduate, cities → city, offered → offer, producing → produce. */
const baseForms = (word: string): readonly string[] => [
  word,
  word.replace(/ies$/, 'y'),
  word.replace(/s$/, ''),
  word.replace(/(?<=[sxzh])es$/, ''),
  word.replace(/(?:ed|ing)$/, ''),
  word.replace(/(?:ed|ing)$/, 'e'),
]

/** One word of each choice, those that stand together in a passage. */
const fitting = (
  choices: readonly (readonly string[])[],
  words: Words,
  segmenter: Segmenter,
): readonly string[] => {
  const chosen = choices.map(([first = '']) => first)
  for (const [i, choice] of choices.entries()) {
    if (choice.length < 2 || i >= AMBIGUOUS) continue
    const scores = choice.map((word) => {
      const [best] = words.search(terms(chosen.with(i, word).join(' '), segmenter), 1)
      return best?.score ?? 0
    })
    chosen[i] = choice[scores.indexOf(Math.max(...scores))] ?? ''
  }
  return chosen
}
