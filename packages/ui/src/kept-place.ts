/** Where a reader was on a page that was left: kept in its entry of the history, so that Back finds it. */
interface KeptPlace {
  readonly scrollY: number
  /** Of the link that had the focus: in a list, which row. */
  readonly href: string | null
}

// Rows that have to be fetched again come late, and by then somebody may be reading.
const LONGEST_WAIT_MS = 5_000
const TAKES_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/** Into the entry that is about to be left for a new one. */
export function keepPlace(): void {
  const focused = linksOfContent().find((link) => link === document.activeElement)
  const place: KeptPlace = { scrollY, href: focused?.getAttribute('href') ?? null }
  history.replaceState(place, '')
}

/** Null: this entry of the history is new. */
export function keptPlace(): KeptPlace | null {
  const { scrollY, href } = Object(history.state)
  if (typeof scrollY !== 'number') return null
  return { scrollY, href: typeof href === 'string' ? href : null }
}

/**
 * Scrolls there and focuses that link, again until all of what was there is there, but not once somebody moves on
 * the page. Answers how to call it off.
 */
export function returnTo({ scrollY, href }: KeptPlace): () => void {
  const over = new AbortController()
  const goThere = () => {
    scrollTo(0, scrollY)
    const link = linksOfContent().find((link) => link.getAttribute('href') === href)
    link?.focus({ preventScroll: true })
    if (isTallEnough(scrollY) && (href === null || link !== undefined)) over.abort()
  }
  const observer = new MutationObserver(goThere)
  observer.observe(document.body, { childList: true, subtree: true })
  const timer = setTimeout(() => over.abort(), LONGEST_WAIT_MS)
  over.signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
  for (const name of TAKES_OVER)
    addEventListener(name, () => over.abort(), { signal: over.signal, passive: true })
  goThere()
  return () => over.abort()
}

function isTallEnough(scrollY: number): boolean {
  return document.documentElement.scrollHeight - innerHeight >= Math.floor(scrollY)
}

function linksOfContent(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('#content a[href]')]
}
