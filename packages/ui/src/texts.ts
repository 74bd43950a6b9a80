import { fillText, placesOf, type TextValues } from './fill-text.ts'
import { type Locale, setLocale } from './locale.ts'

export type { TextValues } from './fill-text.ts'

type Catalogue<Key extends string> = Readonly<Record<Key, string>>

/** What a shared piece asks of an app's words: the keys that it says, and no more. */
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string

export interface Texts<Key extends string> {
  readonly t: Translate<Key>
  /** Null where a value is missing. */
  readonly tIfFilled: (key: Key, values: TextValues) => string | null
  readonly hasText: (key: string) => key is Key
  readonly chooseLocale: (locale: Locale) => Promise<void>
}

/** Of an app and of what it shares: a page speaks one language. */
const loaders: ((locale: Locale) => Promise<void>)[] = []

/** The words of an app: English is there from the start, another language comes when it is chosen. */
export function createTexts<Key extends string>(
  en: Catalogue<Key>,
  loadDe: () => Promise<Catalogue<Key>>,
): Texts<Key> {
  let catalogue = en
  loaders.push(async (locale) => {
    catalogue = locale === 'de' ? await loadDe() : en
  })
  const t: Translate<Key> = (key, values = {}) => fillText(catalogue[key], values)
  return {
    t,
    tIfFilled: (key, values) =>
      placesOf(catalogue[key]).some((name) => values[name] === undefined) ? null : t(key, values),
    hasText: (key): key is Key => Object.hasOwn(en, key),
    chooseLocale,
  }
}

async function chooseLocale(locale: Locale): Promise<void> {
  await Promise.all(loaders.map((load) => load(locale)))
  setLocale(locale)
}
