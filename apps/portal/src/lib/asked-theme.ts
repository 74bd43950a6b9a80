const DARK_MODES: ReadonlyMap<string, string> = new Map([
  ['true', 'dark'],
  ['false', 'light'],
  ['auto', 'system'],
])

/** What the URL asks for; `darkMode` is how Svix's React component says it. */
export function askedTheme(search: URLSearchParams): string | null {
  return DARK_MODES.get(search.get('darkMode') ?? '') ?? search.get('theme')
}
