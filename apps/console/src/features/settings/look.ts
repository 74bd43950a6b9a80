import { accentPair, isFontList } from '@posthorn/ui'
import type { CSSProperties } from 'react'

/** How a portal is to look, as its address says it. Empty: as it is. */
export interface Look {
  readonly primaryColorLight: string
  readonly primaryColorDark: string
  readonly fontFamily: string
  readonly radius: string
}

const MOST_RADIUS = 24

/** Names of what can't be used. */
export function faultsOf(look: Look): (keyof Look)[] {
  const isColor = (text: string) => text === '' || accentPair(text, 'light') !== null
  const pixels = Number(look.radius)
  return [
    ...(isColor(look.primaryColorLight) ? [] : (['primaryColorLight'] as const)),
    ...(isColor(look.primaryColorDark) ? [] : (['primaryColorDark'] as const)),
    ...(look.fontFamily === '' || isFontList(look.fontFamily) ? [] : (['fontFamily'] as const)),
    ...(pixels >= 0 && pixels <= MOST_RADIUS ? [] : (['radius'] as const)),
  ]
}

/** What the portal makes of it: the same tokens, for a part of this page. */
export function tokensOf(look: Look, theme: 'light' | 'dark'): CSSProperties {
  const color = theme === 'light' ? look.primaryColorLight : look.primaryColorDark
  const pair = accentPair(color, theme)
  const isFont = look.fontFamily !== '' && isFontList(look.fontFamily)
  return {
    ...(pair === null
      ? {}
      : { '--accent': pair.accent, '--accent-ink': pair.ink, '--accent-soft': pair.soft }),
    ...(isFont ? { '--font': `${look.fontFamily},system-ui,sans-serif` } : {}),
    ...(look.radius === '' ? {} : { '--radius': `${Number(look.radius)}px` }),
  } as CSSProperties
}

/** What is given to the portal, without what is empty or can't be used. */
export function askedOf(look: Look): [string, string][] {
  const faults: readonly string[] = faultsOf(look)
  return Object.entries(look).filter(([name, value]) => value !== '' && !faults.includes(name))
}
