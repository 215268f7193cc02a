import { useCallback, useEffect, useState } from 'preact/hooks'

export type Theme = 'system' | 'light' | 'dark'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']
const STORE = 'chuchu.theme'

/** The theme and a way to the next one; remembered on this machine. */
export const useTheme = (): readonly [Theme, () => void] => {
  const [theme, setTheme] = useState<Theme>(load)
  useEffect(() => {
    if (theme === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', theme)
    remember(STORE, theme)
  }, [theme])
  return [theme, useCallback(() => setTheme((old) => THEMES[(THEMES.indexOf(old) + 1) % 3] ?? 'system'), [])]
}

const load = (): Theme => THEMES.find((theme) => theme === recall(STORE)) ?? 'system'

/** What was remembered under a name; null when nothing was, or storage is forbidden. */
export const recall = (name: string): string | null => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Keeps a short text on this machine, where the browser lets us. */
export const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Storage is forbidden: the choice holds for this page only.
  }
}
