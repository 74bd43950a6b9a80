import { useSyncExternalStore } from 'react'

export const LOCALES = { en: 'English', de: 'Deutsch' } as const
export type Locale = keyof typeof LOCALES

let current: Locale = 'en'
const listeners = new Set<() => void>()

/** The page's language: its words, numbers and times follow it. */
export function currentLocale(): Locale {
  return current
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale)
}

export function setLocale(locale: Locale): void {
  current = locale
  document.documentElement.lang = locale
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const STORED_AS = 'posthorn-locale'

/** The viewer's own choice, for the next time. */
export function keepLocale(locale: Locale): void {
  try {
    localStorage.setItem(STORED_AS, locale)
  } catch {
    // The choice then lasts as long as the page.
  }
}

function keptLocale(): Locale | null {
  try {
    const kept = localStorage.getItem(STORED_AS) ?? ''
    return isLocale(kept) ? kept : null
  } catch {
    return null
  }
}

/** The one chosen before, else the first of the browser's languages that we speak. */
export function preferredLocale(): Locale {
  const kept = keptLocale()
  if (kept !== null) return kept
  const wanted = navigator.languages.map((language) => language.slice(0, 2).toLowerCase())
  return wanted.find(isLocale) ?? 'en'
}

export function isLocale(text: string): text is Locale {
  return Object.hasOwn(LOCALES, text)
}
