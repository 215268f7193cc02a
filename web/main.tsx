import type { JSX } from 'preact'
import { render } from 'preact'
import { App } from './app.tsx'
import { LanguageContext, useLanguage } from './texts.ts'

const Page = (): JSX.Element => (
  <LanguageContext.Provider value={useLanguage()}>
    <App />
  </LanguageContext.Provider>
)

const page = document.getElementById('page')
if (page) render(<Page />, page)
