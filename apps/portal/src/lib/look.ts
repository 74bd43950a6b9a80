import { accentPair, isFontList } from '@posthorn/ui'
import { useSyncExternalStore } from 'react'

/** How the host wants the portal to look; what is absent or can't be used stays ours. */
export interface Look {
  readonly primaryColor?: string | undefined
  readonly primaryColorLight?: string | undefined
  readonly primaryColorDark?: string | undefined
  readonly fontFamily?: string | undefined
  readonly radius?: string | undefined
  readonly logo?: string | undefined
  readonly hideNavigation?: boolean | undefined
  readonly noGutters?: boolean | undefined
}

const STORED_AS = 'posthorn-portal-look'
const sheet = new CSSStyleSheet()
let current: Look = {}
const listeners = new Set<() => void>()

/** By the names that Svix's React component gives them, and ours beside. A reload inside a frame keeps them. */
export function openLook(asked: URLSearchParams): void {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const text = (name: string) => asked.get(name) ?? undefined
  const read = {
    primaryColor: text('primaryColor'),
    primaryColorLight: text('primaryColorLight'),
    primaryColorDark: text('primaryColorDark'),
    fontFamily: text('fontFamily'),
    radius: text('radius'),
    logo: text('logo') ?? text('icon'),
    hideNavigation: asked.get('hideNavigation') === 'true' ? true : undefined,
    noGutters: asked.get('noGutters') === 'true' ? true : undefined,
  }
  const isAsked = Object.values(read).some((value) => value !== undefined)
  applyLook(isAsked ? read : recall())
}

export function applyLook(look: Look): void {
  current = { ...current, ...look }
  keep(current)
  sheet.replaceSync(`:root{${shared(current)}}${accents(current)}`)
  const { dataset } = document.documentElement
  toggle(dataset, 'hideNavigation', current.hideNavigation === true)
  toggle(dataset, 'noGutters', current.noGutters === true)
  for (const listener of listeners) listener()
}

/** Only what the page's policy lets in: an image that comes with the address, or one of this host. */
export function useLogo(): string | null {
  return useSyncExternalStore(subscribe, currentLogo)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function currentLogo(): string | null {
  const { logo = '' } = current
  return /^data:image\/(png|jpeg|webp|gif|svg\+xml)[;,]/.test(logo) || /^\/[^/\\]/.test(logo)
    ? logo
    : null
}

function shared({ fontFamily, radius }: Look): string {
  const font =
    fontFamily !== undefined && isFontList(fontFamily)
      ? `--font:${fontFamily},system-ui,sans-serif;`
      : ''
  const pixels = Number(radius)
  return font + (radius !== undefined && pixels >= 0 && pixels <= 24 ? `--radius:${pixels}px;` : '')
}

function accents({ primaryColor, primaryColorLight, primaryColorDark }: Look): string {
  const light = accentPair(primaryColorLight ?? primaryColor ?? '', 'light')
  const dark = accentPair(primaryColorDark ?? primaryColor ?? '', 'dark')
  const rule = (pair: typeof light) =>
    pair === null
      ? ''
      : `--accent:${pair.accent};--accent-ink:${pair.ink};--accent-soft:${pair.soft};`
  return `:root[data-theme='light']{${rule(light)}}:root[data-theme='dark']{${rule(dark)}}`
}

function toggle(dataset: DOMStringMap, name: string, isOn: boolean): void {
  if (isOn) dataset[name] = ''
  else delete dataset[name]
}

function keep(look: Look): void {
  try {
    sessionStorage.setItem(STORED_AS, JSON.stringify(look))
  } catch {
    // A frame without storage looks as its address says, which the host sets anew.
  }
}

function recall(): Look {
  try {
    return Object(JSON.parse(sessionStorage.getItem(STORED_AS) ?? '{}'))
  } catch {
    return {}
  }
}
