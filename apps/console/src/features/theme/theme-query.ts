import type { PortalThemeOut, ThemeValue } from '@posthorn/contracts/portal-theme'
import type { Look } from './look.ts'

export const THEME = '/organisation/portal-theme'

/** What was chosen here. */
export function chosenLook({ values }: PortalThemeOut): Look {
  return lookOf(values, ({ source }) => source === 'console')
}

/** What holds where nothing is chosen here. */
export function inheritedLook({ inherited }: PortalThemeOut): Look {
  return lookOf(inherited, () => true)
}

// The server tells every name.
function lookOf(values: readonly ThemeValue[], isTaken: (value: ThemeValue) => boolean): Look {
  const entries = values.map((one) => [one.name, isTaken(one) ? (one.value ?? '') : ''])
  return Object.fromEntries(entries) as Look
}
