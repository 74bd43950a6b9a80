import { useSyncExternalStore } from 'react'

export const LOCALES = { en: 'English', de: 'Deutsch' } as const
export type Locale = keyof typeof LOCALES
export type TextValues = Readonly<Record<string, string | number | boolean>>

type Catalogue<Key extends string> = Readonly<Record<Key, string>>

export interface Texts<Key extends string> {
  /** `{name}` in a text is where the value of that name goes; one that is missing reads as `?`. */
  readonly t: (key: Key, values?: TextValues) => string
  readonly hasText: (key: string) => key is Key
  readonly chooseLocale: (locale: Locale) => Promise<void>
  readonly useLocale: () => Locale
  readonly currentLocale: () => Locale
}

/** The words of one app: English is there from the start, another language comes when it is chosen. */
export function createTexts<Key extends string>(
  en: Catalogue<Key>,
  loadDe: () => Promise<Catalogue<Key>>,
): Texts<Key> {
  let current: { readonly locale: Locale; readonly catalogue: Catalogue<Key> } = {
    locale: 'en',
    catalogue: en,
  }
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const currentLocale = () => current.locale
  return {
    t: (key, values = {}) =>
      current.catalogue[key].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        String(values[name] ?? '?'),
      ),
    hasText: (key): key is Key => Object.hasOwn(en, key),
    async chooseLocale(locale) {
      const catalogue = locale === 'de' ? await loadDe() : en
      current = { locale, catalogue }
      document.documentElement.lang = locale
      for (const listener of listeners) listener()
    },
    useLocale: () => useSyncExternalStore(subscribe, currentLocale),
    currentLocale,
  }
}

/** The first of the browser's languages that we speak. */
export function preferredLocale(): Locale {
  const wanted = navigator.languages.map((language) => language.slice(0, 2).toLowerCase())
  return wanted.find(isLocale) ?? 'en'
}

export function isLocale(text: string): text is Locale {
  return Object.hasOwn(LOCALES, text)
}
