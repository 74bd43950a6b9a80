import { keepPlace } from '@posthorn/ui'
import { type ComponentProps, type MouseEvent, useMemo, useSyncExternalStore } from 'react'

/**
 * A URL is `/console/<organisation>/<path>`: a link that is passed on opens in the organisation it was copied
 * in. Before there is a session it is `/console/sign-in` or `/console/link`.
 */
const BASE = '/console'
const CHANGED = 'posthorn:navigated'
const URL_FORM = /^\/console(?:\/(org_[0-9A-Za-z]+))?(\/.*)?$/

export interface Place {
  /** Null: none named yet. */
  readonly orgId: string | null
  /** Begins with a slash, behind the organisation. */
  readonly path: string
  readonly search: URLSearchParams
}

function placeOf(url: string): Place {
  const { pathname, searchParams: search } = new URL(url, location.origin)
  const [, orgId = null, path = '/'] = URL_FORM.exec(pathname) ?? []
  return { orgId, path, search }
}

export function currentPlace(): Place {
  return placeOf(location.href)
}

/** Of a path within the organisation that is open. */
export function urlOf(path: string, orgId = currentPlace().orgId): string {
  return orgId === null ? BASE + path : `${BASE}/${orgId}${path}`
}

export function navigate(path: string, options: { readonly replace?: boolean } = {}): void {
  navigateTo(urlOf(path), options)
}

/** By a whole URL: into another organisation, or out of all. */
export function navigateTo(url: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) history.replaceState(null, '', url)
  else {
    keepPlace()
    history.pushState(null, '', url)
  }
  dispatchEvent(new Event(CHANGED))
}

function subscribe(onChange: () => void): () => void {
  addEventListener('popstate', onChange)
  addEventListener(CHANGED, onChange)
  return () => {
    removeEventListener('popstate', onChange)
    removeEventListener(CHANGED, onChange)
  }
}

export function usePlace(): Place {
  const url = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  return useMemo(() => placeOf(url), [url])
}

/** Filters live in the URL: what is empty leaves it. */
export function useSearchValue(name: string): [string, (value: string) => void] {
  const { path, search } = usePlace()
  const set = (value: string) => {
    const next = new URLSearchParams(location.search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    navigate(path + (next.size === 0 ? '' : `?${next}`), { replace: true })
  }
  return [search.get(name) ?? '', set]
}

/** Whether the dialog that makes a new thing is open: the address says so, so that a link leads into it. */
export function useNewDialog(): [boolean, (isOpen: boolean) => void] {
  const [value, set] = useSearchValue('new')
  return [value !== '', (isOpen) => set(isOpen ? '1' : '')]
}

/** A real link: a new tab, copying the address and the middle button all work. */
export function Link({ to, ...rest }: { readonly to: string } & ComponentProps<'a'>) {
  const onClick = (event: MouseEvent) => {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain || event.button !== 0) return
    event.preventDefault()
    navigate(to)
  }
  return <a href={urlOf(to)} onClick={onClick} {...rest} />
}
