import { useSyncExternalStore } from 'react'
import en from '../text/en.json' with { type: 'json' }

export type TextKey = keyof typeof en
type Catalogue = Readonly<Record<TextKey, string>>
export type TextValues = Readonly<Record<string, string | number | boolean>>

export const LOCALES = { en: 'English', de: 'Deutsch' } as const
export type Locale = keyof typeof LOCALES

let current: { readonly locale: Locale; readonly catalogue: Catalogue } = {
  locale: 'en',
  catalogue: en,
}
const listeners = new Set<() => void>()

export async function chooseLocale(locale: Locale): Promise<void> {
  const catalogue = locale === 'de' ? (await import('../text/de.json')).default : en
  current = { locale, catalogue }
  document.documentElement.lang = locale
  for (const listener of listeners) listener()
}

/** The first of the browser's languages that we speak. */
export function preferredLocale(): Locale {
  const wanted = navigator.languages.map((language) => language.slice(0, 2).toLowerCase())
  return wanted.find(isLocale) ?? 'en'
}

export function isLocale(text: string): text is Locale {
  return Object.hasOwn(LOCALES, text)
}

/** `{name}` in a text is where the value of that name goes; one that is missing reads as `?`. */
export function t(key: TextKey, values: TextValues = {}): string {
  return current.catalogue[key].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? '?'),
  )
}

export function hasText(key: string): key is TextKey {
  return Object.hasOwn(en, key)
}

export function useLocale(): Locale {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current.locale,
  )
}

export function currentLocale(): Locale {
  return current.locale
}
