import { keepPlace } from '@posthorn/ui'
import { type ComponentProps, type MouseEvent, useMemo, useSyncExternalStore } from 'react'

export const BASE = '/portal'
export const CHANGED = 'posthorn:navigated'

type Guard = (leave: () => void) => void

let guard: { readonly ask: Guard; readonly url: string } | null = null

/** Until it is stopped, whoever leaves the screen is asked: nothing changes before `leave` is called. */
export function guardLeaving(ask: Guard): () => void {
  const own = { ask, url: location.href }
  guard = own
  return () => {
    if (guard === own) guard = null
  }
}

function unguarded(leave: () => void): () => void {
  return () => {
    guard = null
    leave()
  }
}

// Before any other listener: to them it is as if nobody had gone back.
addEventListener('popstate', () => {
  if (guard === null) return
  history.pushState(null, '', guard.url)
  guard.ask(unguarded(() => history.back()))
})

/** `path` begins with a slash and is below the base. What takes the place of an address stays on its screen. */
export function navigate(path: string, options: { readonly replace?: boolean } = {}): void {
  const url = BASE + path
  const go = () => {
    if (options.replace === true) history.replaceState(null, '', url)
    else {
      keepPlace()
      history.pushState(null, '', url)
    }
    dispatchEvent(new Event(CHANGED))
  }
  if (guard === null || options.replace === true) go()
  else guard.ask(unguarded(go))
}

function subscribe(onChange: () => void): () => void {
  addEventListener('popstate', onChange)
  addEventListener(CHANGED, onChange)
  return () => {
    removeEventListener('popstate', onChange)
    removeEventListener(CHANGED, onChange)
  }
}

export interface Place {
  readonly path: string
  readonly search: URLSearchParams
}

export function usePlace(): Place {
  const url = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  return useMemo(() => {
    const { pathname, searchParams } = new URL(url, location.origin)
    return {
      path: pathname.startsWith(BASE) ? pathname.slice(BASE.length) : '/',
      search: searchParams,
    }
  }, [url])
}

/** Filters live in the URL: what is undefined or empty leaves it. */
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

/** A real link: a new tab, copying the address and the middle button all work. */
export function Link({ to, ...rest }: { readonly to: string } & ComponentProps<'a'>) {
  const onClick = (event: MouseEvent) => {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain || event.button !== 0) return
    event.preventDefault()
    navigate(to)
  }
  return <a href={BASE + to} onClick={onClick} {...rest} />
}
