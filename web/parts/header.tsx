import type { JSX } from 'preact'
import { useContext } from 'preact/hooks'
import { absolute } from '../api.ts'
import { LanguageContext } from '../texts.ts'
import { useTheme } from '../theme.ts'

interface Props {
  readonly screen: 'ask' | 'articles' | 'article'
  readonly onScreen: (screen: 'ask' | 'articles') => void
}

/** Name of the page, the ways through it, and how it looks. */
export const Header = ({ screen, onScreen }: Props): JSX.Element => {
  const { texts: t, change } = useContext(LanguageContext)
  const [theme, nextTheme] = useTheme()
  const link = (to: 'ask' | 'articles', href: string, words: string, name = '') => (
    <a
      href={absolute(href)}
      class={name}
      aria-current={name === '' && screen === to ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onScreen(to)
      }}
    >
      {words}
    </a>
  )
  return (
    <header class="top">
      <a class="skip" href="#question">
        {t.skip}
      </a>
      {link('ask', './', t.name, 'name')}
      <nav aria-label={t.nav.label}>
        {link('ask', './', t.nav.ask)}
        {link('articles', './?articles=', t.nav.articles)}
      </nav>
      <button type="button" class="quiet" lang={t.language.otherLang} onClick={change}>
        {t.language.other}
      </button>
      <button type="button" class="quiet" onClick={nextTheme}>
        <span class="roomy">{t.theme.label}</span> {t.theme[theme]}
      </button>
    </header>
  )
}
