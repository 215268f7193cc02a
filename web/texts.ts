import { createContext } from 'preact'
import { useCallback, useContext, useRef, useState } from 'preact/hooks'
import { recall, remember } from './memory.ts'
import { type Convert, loadConverter, looksTraditional, type Script } from './script.ts'
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
  const convert = useConverters()
  const choose = useCallback((chosen: Texts) => {
    remember(STORE, chosen.lang)
    setTexts(chosen)
  }, [])
  const script = SCRIPTS.get(texts)
  return { texts, show: script === undefined ? asTyped : (question) => convert(question, script), choose }
}

/** The script of the questions beside each language; English shows them as they were typed. */
const SCRIPTS: ReadonlyMap<Texts, Script> = new Map([
  [zh, 'simplified'],
  [hant, 'traditional'],
])

/** Writes a text in a script. Until the table for it has come, and for what is in that script anyway, as it is. */
const useConverters = (): ((text: string, script: Script) => string) => {
  const [loaded, setLoaded] = useState<Readonly<Partial<Record<Script, Convert>>>>({})
  const asked = useRef(new Set<Script>())
  const load = async (script: Script) => {
    if (asked.current.has(script)) return
    asked.current.add(script)
    const convert = await loadConverter(script)
    setLoaded((others) => ({ ...others, [script]: convert }))
  }
  return (text, script) => {
    if (looksTraditional(text) === (script === 'traditional')) return text
    // The server may have gone, which the page says elsewhere.
    load(script).catch(() => asked.current.delete(script))
    return loaded[script]?.(text) ?? text
  }
}

/** A browser that asks for any Chinese gets the script it asks for first. */
const first = (): Texts => {
  const chosen = LANGUAGES.find(({ lang }) => lang === recall(STORE))
  if (chosen) return chosen
  const chinese = navigator.languages.find((each) => /^zh\b/i.test(each))
  if (chinese === undefined) return en
  return /\b(hant|tw|hk|mo)\b/i.test(chinese) ? hant : zh
}
