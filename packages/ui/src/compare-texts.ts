import { formsIn, placesOf } from './fill-text.ts'
import type { Locale } from './locale.ts'

type Catalogue = Readonly<Record<string, string>>

/** The keys of a catalogue whose translation takes other values, or lacks a form that a count of its language needs. */
export function differingTexts(
  english: Catalogue,
  [locale, translated]: readonly [Locale, Catalogue],
) {
  return Object.entries(english).flatMap(([key, text]) => {
    const other = translated[key] ?? ''
    const isSame = placesOf(text).join() === placesOf(other).join()
    return isSame && hasAllForms(text, 'en') && hasAllForms(other, locale) ? [] : [key]
  })
}

function hasAllForms(text: string, locale: Locale): boolean {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted().join()
  return formsIn(text).every((forms) => forms.toSorted().join() === needed)
}
