import type { JSX } from 'preact'
import { useContext } from 'preact/hooks'
import { LANGUAGES, LanguageContext } from '../texts.ts'
import { THEMES, useTheme } from '../theme.ts'

/** Language, script and theme, behind one button. */
export const Display = (): JSX.Element => {
  const { texts: t, choose } = useContext(LanguageContext)
  const [theme, setTheme] = useTheme()
  return (
    <>
      <button type="button" class="quiet" popovertarget="display">
        {t.display.label}
      </button>
      <div id="display" popover="auto">
        <fieldset>
          <legend>{t.display.language}</legend>
          {LANGUAGES.map((each) => (
            <button
              key={each.lang}
              type="button"
              lang={each.lang}
              aria-pressed={each.lang === t.lang}
              onClick={() => choose(each)}
            >
              {each.ownName}
            </button>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t.theme.label}</legend>
          {THEMES.map((each) => (
            <button key={each} type="button" aria-pressed={each === theme} onClick={() => setTheme(each)}>
              {t.theme[each]}
            </button>
          ))}
        </fieldset>
      </div>
    </>
  )
}
