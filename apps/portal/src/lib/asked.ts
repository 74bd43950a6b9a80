import { keepInTab, recallFromTab } from './tab-storage.ts'

export interface Asked {
  readonly theme?: string | undefined
  readonly locale?: string | undefined
}

const KEPT_AS = 'posthorn-portal-asked'

const DARK_MODES: ReadonlyMap<string, string> = new Map([
  ['true', 'dark'],
  ['false', 'light'],
  ['auto', 'system'],
])

/**
 * What the address asks for beside the look; `darkMode` is how Svix's React component says it. A screen's address no
 * longer says it: there holds what this tab was asked for.
 */
export function openAsked(
  search: URLSearchParams,
  { isLink }: { readonly isLink: boolean },
): Asked {
  const theme = DARK_MODES.get(search.get('darkMode') ?? '') ?? search.get('theme')
  const locale = search.get('locale')
  const before = isLink ? {} : recalled()
  const asked = { ...before, ...named('theme', theme), ...named('locale', locale) }
  keepInTab(KEPT_AS, asked)
  return asked
}

/** What the host, or the viewer after it, asks for since. */
export function keepAsked(changed: Asked): void {
  keepInTab(KEPT_AS, { ...recalled(), ...changed })
}

function recalled(): Asked {
  const { theme, locale } = recallFromTab(KEPT_AS)
  return { ...named('theme', theme), ...named('locale', locale) }
}

function named(name: keyof Asked, value: unknown): Asked {
  return typeof value === 'string' ? { [name]: value } : {}
}
