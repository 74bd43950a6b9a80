import { createTexts } from '@posthorn/ui'
import en from './text/en.json' with { type: 'json' }

export type TextKey = keyof typeof en

/** The words of these pages alone; those of lists, faults and copying are the app's. */
export const { t, hasText, chooseLocale } = createTexts<TextKey>(
  en,
  async () => (await import('./text/de.json')).default,
)
