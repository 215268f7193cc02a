import { createContext } from 'preact'
import { useCallback, useContext, useEffect, useState } from 'preact/hooks'
import { recall, remember } from './memory.ts'
import { en } from './texts.en.ts'
import { hant } from './texts.hant.ts'
import { type Texts, zh } from './texts.zh.ts'

/** The languages of the page, the first of them usual. */
export const LANGUAGES: readonly Texts[] = [zh, hant, en]

/** The language of the page, how a question is shown in it, and a way to another one. */
export interface Language {
  readonly texts: Texts
  /** A question in the script of the page. Never for anything that is quoted. */
  readonly show: (question: string) => string
  readonly choose: (texts: Texts) => void
}

const asTyped = (question: string): string => question

export const LanguageContext = createContext<Language>({
  texts: zh,
  show: asTyped,
  choose: () => undefined,
})

/** What the page says, in the language chosen. */
export const useTexts = (): Texts => useContext(LanguageContext).texts

/** How questions are shown. */
export const useShown = (): Language['show'] => useContext(LanguageContext).show

const STORE = 'chuchu.language'

/** The language chosen on this machine before, else the browser's. */
export const useLanguage = (): Language => {
  const [texts, setTexts] = useState(first)
  const convert = useConverter(texts === hant)
  const choose = useCallback((chosen: Texts) => {
    remember(STORE, chosen.lang)
    setTexts(chosen)
  }, [])
  return { texts, show: texts === hant && convert !== null ? convert : asTyped, choose }
}

/** The tables of characters are large, so they come only where they are wanted; until then a question is as typed. */
const useConverter = (wanted: boolean): Language['show'] | null => {
  const [loaded, setLoaded] = useState<{ readonly convert: Language['show'] } | null>(null)
  useEffect(() => {
    if (!wanted || loaded !== null) return
    const load = async () => setLoaded({ convert: (await import('./traditional.ts')).toTraditional })
    load().catch(() => undefined) // the server has gone, which the page says elsewhere
  }, [wanted, loaded])
  return loaded?.convert ?? null
}

/** A browser that asks for any Chinese gets the script it asks for first. */
const first = (): Texts => {
  const chosen = LANGUAGES.find(({ lang }) => lang === recall(STORE))
  if (chosen) return chosen
  const chinese = navigator.languages.find((each) => /^zh\b/i.test(each))
  if (chinese === undefined) return en
  return /\b(hant|tw|hk|mo)\b/i.test(chinese) ? hant : zh
}
