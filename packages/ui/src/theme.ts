export type Theme = 'light' | 'dark' | 'system'

const DARK = '(prefers-color-scheme: dark)'

/** Puts the theme on the document and keeps following the system while that is what was chosen. */
export function applyTheme(theme: Theme): () => void {
  const query = matchMedia(DARK)
  const paint = () => {
    const isDark = theme === 'dark' || (theme === 'system' && query.matches)
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  }
  paint()
  query.addEventListener('change', paint)
  return () => query.removeEventListener('change', paint)
}
