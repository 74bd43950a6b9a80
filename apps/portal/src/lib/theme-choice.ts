import { applyTheme, type Theme } from '@posthorn/ui'
import { useState } from 'react'

const STORED_AS = 'posthorn-theme'
let stopFollowing = () => {}

export function openTheme(): void {
  stopFollowing = applyTheme(storedTheme())
}

export function useThemeChoice(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme)
  const choose = (next: Theme) => {
    stopFollowing()
    stopFollowing = applyTheme(next)
    setTheme(next)
    try {
      localStorage.setItem(STORED_AS, next)
    } catch {
      // The choice then lasts as long as the page.
    }
  }
  return [theme, choose]
}

export function isTheme(text: string | null): text is Theme {
  return text === 'light' || text === 'dark' || text === 'system'
}

/** The URL decides over what was chosen before; `darkMode` is how Svix's React component says it. */
function storedTheme(): Theme {
  const search = new URLSearchParams(location.search)
  const asked = search.get('darkMode') === 'true' ? 'dark' : search.get('theme')
  if (isTheme(asked)) return asked
  try {
    const stored = localStorage.getItem(STORED_AS)
    return isTheme(stored) ? stored : 'system'
  } catch {
    return 'system'
  }
}
