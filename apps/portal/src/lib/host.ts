import { forceTheme, isLocale, isTheme } from '@posthorn/ui'
import { keepAsked } from './asked.ts'
import { applyLook, ASKED, type Look } from './look.ts'
import { BASE, CHANGED, navigate } from './router.tsx'
import { currentSession, renewSession } from './session-store.ts'
import { forgetSession } from './session.ts'
import { chooseLocale } from './text.ts'

/** As `@posthorn/react` has them: `posthorn.` and the name, with a payload. */
type Name = 'ready' | 'height' | 'route' | 'token-expiring' | 'error'

const HEIGHT_OF_SVIX = 'svix.iframe-resizer-height'

export function isFramed(): boolean {
  return window.parent !== window
}

/**
 * Speaks with the page that frames this one. Who may do that is settled by `frame-ancestors`, which the browser
 * enforces before anything of ours runs; a message counts only if it comes from that page and its origin.
 */
export function connectToHost(root: HTMLElement): void {
  if (!isFramed()) return
  document.documentElement.dataset['framed'] = ''
  addEventListener('message', (event) => {
    const isHost = event.source === window.parent && event.origin === hostOrigin()
    if (isHost) void hear(event.data)
  })
  tellHeight(root)
  tellRoute()
  say('ready', { path: currentPath() })
}

/** The page above, as the browser names it; else as the frame was referred to. */
function hostOrigin(): string | null {
  const named = location.ancestorOrigins?.[0]
  return named ?? URL.parse(document.referrer)?.origin ?? null
}

function say(name: Name, payload: object): void {
  const origin = hostOrigin()
  if (isFramed() && origin !== null)
    window.parent.postMessage({ type: `posthorn.${name}`, payload }, origin)
}

function tellHeight(root: HTMLElement): void {
  const tell = () => {
    const height = Math.ceil(root.getBoundingClientRect().height)
    say('height', { height })
    // It tells nothing but a number, and Svix's component takes it from whoever its frame is.
    window.parent.postMessage({ type: HEIGHT_OF_SVIX, payload: { height } }, '*')
  }
  new ResizeObserver(tell).observe(root)
}

function tellRoute(): void {
  let told = currentPath()
  const tell = () => {
    const path = currentPath()
    if (path === told) return
    told = path
    say('route', { path })
  }
  addEventListener('popstate', tell)
  addEventListener(CHANGED, tell)
}

function currentPath(): string {
  return location.pathname.slice(BASE.length) + location.search
}

async function hear(data: unknown): Promise<void> {
  const { type, payload }: { type?: unknown; payload?: unknown } = Object(data)
  const fields: Readonly<Record<string, unknown>> = Object(payload)
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  if (type === 'posthorn.set-token') renewSession(text('token'))
  const locale = text('locale')
  if (type === 'posthorn.set-locale' && isLocale(locale)) {
    keepAsked({ locale })
    await chooseLocale(locale)
  }
  if (type === 'posthorn.navigate' && /^\/[^/\\]/.test(text('path'))) navigate(text('path'))
  if (type === 'posthorn.set-theme') {
    const theme = text('theme')
    if (isTheme(theme)) {
      keepAsked({ theme })
      forceTheme(theme)
    }
    applyLook(lookOf(fields))
  }
}

function lookOf(fields: Readonly<Record<string, unknown>>): Look {
  const given = ASKED.flatMap((name) => {
    const value = fields[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  return Object.fromEntries(given)
}

/** Once per end of a session: the page keeps what was typed, and the host may bring a new token. */
export function tellSessionEnded(): void {
  forgetSession()
  say('error', { code: 'session_ended' })
}

export function tellTokenExpiring(): void {
  const expiresAtMs = currentSession()?.expiresAtMs
  if (expiresAtMs != null) say('token-expiring', { expiresAtMs })
}
