import { isOwnImage } from '@posthorn/contracts/look-rules'
import { lookTokens } from '@posthorn/ui'
import { useSyncExternalStore } from 'react'
import { keepInTab, recallFromTab } from './tab-storage.ts'

/** What addresses and hosts may say of the look, by the names that Svix's React component gives them, and ours beside. */
export const ASKED = [
  'primaryColor',
  'primaryColorLight',
  'primaryColorDark',
  'surface',
  'fontFamily',
  'radius',
  'density',
  'logo',
  'logoLight',
  'logoDark',
  'favicon',
] as const

export type Look = { readonly [Name in (typeof ASKED)[number]]?: string | undefined } & {
  readonly hideNavigation?: boolean | undefined
  readonly noGutters?: boolean | undefined
}

/** What the server says of the application's portal, by name. */
type StoredLook = Readonly<Record<string, string>>

/** One that a product may have a word of its own for. */
export type NamedPage = 'endpoints' | 'messages' | 'event-types'

/** What is shown of whoever runs this. */
interface Brand {
  readonly logos: { readonly light?: string | undefined; readonly dark?: string | undefined }
  readonly productName?: string | undefined
  readonly supportLink?: string | undefined
  readonly labels: { readonly [Page in NamedPage]?: string | undefined }
}

const ASKED_AS = 'posthorn-portal-look'
const STORED_AS = 'posthorn-portal-stored-look'
const sheet = new CSSStyleSheet()
let asked: Look = {}
let stored: StoredLook = {}
let brand: Brand = { logos: {}, labels: {} }
const listeners = new Set<() => void>()

/**
 * Before the first paint: what the page itself brought for the application, else what this tab knows of it, and
 * over it what the address asks for. A reload inside a frame keeps both. Tells whether the page brought it.
 */
export function openLook(search: URLSearchParams, appId: string | null): boolean {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const brought = document.querySelector('#look')?.textContent
  const isBrought = brought != null && appId !== null && search.get('app') === appId
  const known = recallFromTab(STORED_AS)
  if (isBrought) keepStored(appId, JSON.parse(brought))
  else if (known['appId'] === appId) stored = Object(known['look'])
  const texts = ASKED.flatMap((name) => {
    const value = search.get(name) ?? (name === 'logo' ? search.get('icon') : null)
    return value === null ? [] : [[name, value]]
  })
  const switches = (['hideNavigation', 'noGutters'] as const).flatMap((name) =>
    search.get(name) === 'true' ? [[name, true]] : [],
  )
  const read: Look = Object.fromEntries([...texts, ...switches])
  applyLook(Object.keys(read).length > 0 ? read : recallFromTab(ASKED_AS))
  return isBrought
}

/** What a host asks for goes before what is stored. */
export function applyLook(look: Look): void {
  asked = { ...asked, ...look }
  keepInTab(ASKED_AS, asked)
  paint()
}

/** What is stored for the application, where the page didn't bring it. */
export function applyStored(appId: string, look: StoredLook): void {
  keepStored(appId, look)
  paint()
}

export function useBrand(): Brand {
  return useSyncExternalStore(subscribe, () => brand)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function keepStored(appId: string, look: StoredLook): void {
  stored = look
  keepInTab(STORED_AS, { appId, look })
}

function paint(): void {
  sheet.replaceSync(ruleOf('light') + ruleOf('dark'))
  const { dataset } = document.documentElement
  toggle(dataset, 'hideNavigation', asked.hideNavigation === true)
  toggle(dataset, 'noGutters', asked.noGutters === true)
  const { productName, supportLink, labelEndpoints, labelMessages, labelEventTypes } = stored
  const favicon = imageOf('favicon')
  if (favicon !== undefined) {
    const icon = document.querySelector('link[rel=icon]')
    icon?.removeAttribute('type')
    icon?.setAttribute('href', favicon)
  }
  const logos = { light: imageOf('logoLight'), dark: imageOf('logoDark') }
  const labels = {
    endpoints: labelEndpoints,
    messages: labelMessages,
    'event-types': labelEventTypes,
  }
  brand = { logos, productName, supportLink, labels }
  for (const listener of listeners) listener()
}

function ruleOf(theme: 'light' | 'dark'): string {
  const [own, other] =
    theme === 'light'
      ? (['primaryColorLight', 'primaryColorDark'] as const)
      : (['primaryColorDark', 'primaryColorLight'] as const)
  const accent = asked[own] ?? asked.primaryColor ?? stored[own] ?? stored[other]
  const tokens = Object.entries(lookTokens({ ...stored, ...asked, accent }, theme))
  return `:root[data-theme='${theme}']{${tokens.map(([name, value]) => `${name}:${value};`).join('')}}`
}

/** Of an address only what the page's policy lets in: an image that comes with it, or one of this host. */
function imageOf(name: 'logoLight' | 'logoDark' | 'favicon'): string | undefined {
  const given = asked[name] ?? (name === 'favicon' ? undefined : asked.logo)
  if (given !== undefined && isOwnImage(given)) return given
  const other = name === 'logoLight' ? 'logoDark' : 'logoLight'
  return stored[name] ?? (name === 'favicon' ? undefined : stored[other])
}

function toggle(dataset: DOMStringMap, name: string, isOn: boolean): void {
  if (isOn) dataset[name] = ''
  else delete dataset[name]
}
