import { hasText, t, textKeys } from './text.ts'

/** In a few words, for rows of many; a code that is not known shows as it is. */
export function causeName(code: string | null): string {
  if (code === null) return t('trouble.unknown')
  const key = `trouble.${code}`
  return hasText(key) ? t(key) : code
}

const NAMED = 'trouble.'

/** The codes that have a name, by their names. */
export function namedCauses(): readonly string[] {
  return textKeys
    .filter((key) => key.startsWith(NAMED) && key !== 'trouble.unknown')
    .map((key) => key.slice(NAMED.length))
    .toSorted((a, b) => causeName(a).localeCompare(causeName(b)))
}
