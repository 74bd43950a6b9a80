import { createTexts } from '@posthorn/ui'
import en from './en.json' with { type: 'json' }

/** Words that come with what says them: few customers open it. */
export const { t, chooseLocale } = createTexts<keyof typeof en>(
  en,
  async () => (await import('./de.json')).default,
)
