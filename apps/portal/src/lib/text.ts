import { createTexts } from '@posthorn/ui'
import en from '../text/en.json' with { type: 'json' }

export { isLocale, type Locale, LOCALES, preferredLocale, type TextValues } from '@posthorn/ui'
export type TextKey = keyof typeof en

export const { t, hasText, chooseLocale, useLocale, currentLocale } = createTexts<TextKey>(
  en,
  async () => (await import('../text/de.json')).default,
)
