import { hasText, t } from './text.ts'

/** In a few words, for rows of many; a code that is not known shows as it is. */
export function causeName(code: string | null): string {
  if (code === null) return t('trouble.unknown')
  const key = `trouble.${code}`
  return hasText(key) ? t(key) : code
}
