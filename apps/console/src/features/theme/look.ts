import { isFontList } from '@posthorn/contracts/look-rules'
import type { ThemeName } from '@posthorn/contracts/portal-theme'
import { accentPair, type LookValues, lookTokens } from '@posthorn/ui'
import type { CSSProperties } from 'react'

/** How portals are to look. Empty: as without it. */
export type Look = Readonly<Record<ThemeName, string>>

const COLORS = ['primaryColorLight', 'primaryColorDark', 'surface'] as const
export const IMAGES = ['logoLight', 'logoDark', 'favicon'] as const

type LocalFault = (typeof COLORS)[number] | 'fontFamily' | 'radius'

const MOST_RADIUS = 24

/** Of what is told while it is typed; the rest is told by the server. */
export function faultsOf(look: Look): LocalFault[] {
  const isColor = (text: string) => text === '' || accentPair(text, 'light') !== null
  const pixels = Number(look.radius)
  return [
    ...COLORS.filter((name) => !isColor(look[name])),
    ...(look.fontFamily === '' || isFontList(look.fontFamily) ? [] : (['fontFamily'] as const)),
    ...(pixels >= 0 && pixels <= MOST_RADIUS ? [] : (['radius'] as const)),
  ]
}

export function valuesOf(look: Look, theme: 'light' | 'dark'): LookValues {
  const { primaryColorLight: light, primaryColorDark: dark } = look
  const [own, other] = theme === 'light' ? [light, dark] : [dark, light]
  return { ...look, accent: own === '' ? other : own }
}

/** What the portal makes of it: the same tokens, for a part of this page. */
export function tokensOf(look: Look, theme: 'light' | 'dark'): CSSProperties {
  return lookTokens(valuesOf(look, theme), theme)
}

const IN_ADDRESS = [...COLORS, 'fontFamily', 'radius', 'density'] as const

/** What an address can say of it, without what is empty or can't be used. */
export function askedOf(look: Look): [string, string][] {
  const faults: readonly string[] = faultsOf(look)
  return IN_ADDRESS.filter((name) => look[name] !== '' && !faults.includes(name)).map((name) => [
    name,
    look[name],
  ])
}

/** As it is stored: only what is said. */
export function givenOf(look: Look): Partial<Look> {
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== ''))
}
