import { createContext } from 'preact'
import { useCallback, useContext, useState } from 'preact/hooks'
import { en } from './texts.en.ts'
import { type Texts, zh } from './texts.zh.ts'
import { recall, remember } from './theme.ts'

/** The language of the page, and a way to the other one. */
export interface Language {
  readonly texts: Texts
  readonly change: () => void
}

export const LanguageContext = createContext<Language>({ texts: zh, change: () => undefined })

/** What the page says, in the language chosen. */
export const useTexts = (): Texts => useContext(LanguageContext).texts

const STORE = 'chuchu.language'

/** The language chosen on this machine before, else the browser's: Chinese when it asks for any Chinese. */
export const useLanguage = (): Language => {
  const [texts, setTexts] = useState(first)
  const change = useCallback(() => {
    const other = texts === zh ? en : zh
    remember(STORE, other.lang)
    setTexts(other)
  }, [texts])
  return { texts, change }
}

const first = (): Texts => {
  const wanted =
    recall(STORE) ??
    (navigator.languages.some((each) => each.startsWith('zh')) ? zh.lang : navigator.language)
  return wanted === zh.lang ? zh : en
}
