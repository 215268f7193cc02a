import { useEffect, useState } from 'preact/hooks'
import { recall, remember } from './memory.ts'

export type Theme = 'system' | 'light' | 'dark'

export const THEMES: readonly Theme[] = ['system', 'light', 'dark']
const STORE = 'chuchu.theme'

/** The theme and a way to another one; remembered on this machine. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState<Theme>(load)
  useEffect(() => {
    if (theme === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', theme)
    remember(STORE, theme)
  }, [theme])
  return [theme, setTheme]
}

const load = (): Theme => THEMES.find((theme) => theme === recall(STORE)) ?? 'system'
