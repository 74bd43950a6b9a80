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

/** The first of the browser's languages that we speak. */
export function preferredLocale(): Locale {
  const wanted = navigator.languages.map((language) => language.slice(0, 2).toLowerCase())
  return wanted.find(isLocale) ?? 'en'
}

export function isLocale(text: string): text is Locale {
  return Object.hasOwn(LOCALES, text)
}
