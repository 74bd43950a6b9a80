import { useSyncExternalStore } from 'react'
import { applyTheme, type Theme } from './theme.ts'

const STORED_AS = 'posthorn-theme'
let stopFollowing = () => {}
let current: Theme = 'system'
const listeners = new Set<() => void>()

/** What the page was asked to look like decides over what was chosen before. */
export function openTheme(asked: string | null = null): void {
  follow(isTheme(asked) ? asked : storedTheme())
}

export function useThemeChoice(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
  return [theme, chooseTheme]
}

export function chooseTheme(theme: Theme): void {
  follow(theme)
  try {
    localStorage.setItem(STORED_AS, theme)
  } catch {
    // The choice then lasts as long as the page.
  }
}

function follow(theme: Theme): void {
  stopFollowing()
  stopFollowing = applyTheme(theme)
  current = theme
  for (const listener of listeners) listener()
}

export function isTheme(text: string | null): text is Theme {
  return text === 'light' || text === 'dark' || text === 'system'
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORED_AS)
    return isTheme(stored) ? stored : 'system'
  } catch {
    return 'system'
  }
}
