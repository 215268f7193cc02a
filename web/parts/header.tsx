import type { JSX } from 'preact'
import { absolute } from '../api.ts'
import { START, type View, viewUrl } from '../route.ts'
import { useTexts } from '../texts.ts'
import { Display } from './display.tsx'

/** The screens that the header leads to. */
export type Screens = Exclude<View['screen'], 'article'>

interface Props {
  readonly screen: View['screen']
  readonly onScreen: (screen: Screens) => void
}

/** Name of the page, the ways through it, and how it looks. */
export const Header = ({ screen, onScreen }: Props): JSX.Element => {
  const t = useTexts()
  const link = (to: Screens, words: string, name = '') => (
    <a
      href={absolute(viewUrl({ ...START, screen: to }))}
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
      {link('ask', t.name, 'name')}
      <nav aria-label={t.nav.label}>
        {link('ask', t.nav.ask)}
        {link('articles', t.nav.articles)}
        {link('history', t.nav.history)}
      </nav>
      <Display />
    </header>
  )
}
