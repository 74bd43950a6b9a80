import causes from '@posthorn/contracts/cause-text/en.json' with { type: 'json' }
import en from './text/en.json' with { type: 'json' }
import { createTexts } from './texts.ts'

const texts = { ...causes, ...en }

/** What both apps say of an attempt, its cause and its delivery; the rest each says itself. */
export const { t, tIfFilled, hasText, chooseLocale } = createTexts<keyof typeof texts>(
  texts,
  async () => {
    const [german, own] = await Promise.all([
      import('@posthorn/contracts/cause-text/de.json', { with: { type: 'json' } }),
      import('./text/de.json', { with: { type: 'json' } }),
    ])
    return { ...german.default, ...own.default }
  },
)
