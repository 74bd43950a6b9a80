import { isFontList } from '@posthorn/contracts/look-rules'
import { accentPair, hex } from './accent.ts'
import { surfaceGrounds } from './surface.ts'

/** As text, as addresses and metadata have it. */
export interface LookValues {
  readonly accent?: string | undefined
  readonly surface?: string | undefined
  readonly fontFamily?: string | undefined
  readonly radius?: string | undefined
  readonly density?: string | undefined
}

/** The tokens of tokens.css that a look sets in a theme; what can't be used sets none. */
export function lookTokens(look: LookValues, theme: 'light' | 'dark'): Record<string, string> {
  const { fontFamily = '', radius = '', density } = look
  const pixels = Number(radius)
  return {
    ...colorTokens(look, theme),
    ...(isFontList(fontFamily) ? { '--font': `${fontFamily},system-ui,sans-serif` } : {}),
    ...(radius !== '' && pixels >= 0 && pixels <= 24 ? { '--radius': `${pixels}px` } : {}),
    ...(density === 'compact' ? { '--gap': '10px', '--cell': '5px' } : {}),
  }
}

function colorTokens(
  { accent = '', surface = '' }: LookValues,
  theme: 'light' | 'dark',
): Record<string, string> {
  const grounds = surfaceGrounds(surface, theme)
  const pair = accentPair(accent, theme, grounds ?? undefined)
  const tokens: Record<string, string> = {}
  if (grounds !== null) {
    tokens['--surface'] = hex(grounds[0])
    tokens['--page'] = hex(grounds[1])
    tokens['--surface-sunk'] = hex(grounds[2])
  }
  if (pair !== null) {
    tokens['--accent'] = pair.accent
    tokens['--accent-ink'] = pair.ink
    tokens['--accent-soft'] = pair.soft
  }
  return tokens
}
