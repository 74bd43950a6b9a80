import { useSyncExternalStore } from 'react'
import { applyTheme, type Theme } from './theme.ts'

const STORED_AS = 'posthorn-theme'
let stopFollowing = () => {}
let current: Theme = 'system'
let isForced = false
const listeners = new Set<() => void>()

/** What the page was asked to look like decides over what was chosen before. */
export function openTheme(asked?: string): void {
  if (isTheme(asked)) forceTheme(asked)
  else follow(storedTheme())
}

/** By whoever embeds the page or leads to it: then there is nothing to choose, and the viewer's own choice stays theirs. */
export function forceTheme(theme: Theme): void {
  isForced = true
  follow(theme)
}

export function useThemeChoice() {
  const theme = useSyncExternalStore(subscribe, () => current)
  return { theme, setTheme: chooseTheme, isForced: useSyncExternalStore(subscribe, () => isForced) }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function chooseTheme(theme: Theme): void {
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

export function isTheme(text: string | null | undefined): text is Theme {
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
