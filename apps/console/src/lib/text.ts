import { createTexts } from '@posthorn/ui'
import en from '../text/en.json' with { type: 'json' }

export { currentLocale } from '@posthorn/ui'
export type TextKey = keyof typeof en

export const { t, hasText, chooseLocale } = createTexts<TextKey>(
  en,
  async () => (await import('../text/de.json')).default,
)

/** In the order of the catalogue. */
export const textKeys: readonly string[] = Object.keys(en)
