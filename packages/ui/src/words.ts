import en from './text/en.json' with { type: 'json' }
import { createTexts } from './texts.ts'

/** What both apps say of an attempt, its cause and its delivery; the rest each says itself. */
export const { t, hasText } = createTexts<keyof typeof en>(
  en,
  async () => (await import('./text/de.json', { with: { type: 'json' } })).default,
)
