import {
  BLACK,
  contrast,
  type Grounds,
  GROUNDS,
  mix,
  readHex,
  type Rgb,
  STEPS,
  WHITE,
} from './accent.ts'

// As in tokens.css: what stands on surfaces as text, and what only as an edge (WCAG 1.4.3 and 1.4.11).
const TEXTS = {
  light: ['#4a5767', '#0d6b3f', '#7d4c00', '#ab1f2d'],
  dark: ['#aab6c4', '#6fd6a0', '#f3c46b', '#ff9b9f'],
} as const
const EDGE = { light: '#808c9a', dark: '#75859a' } as const

/**
 * What a colour makes of surface, page and what is sunk: moved towards those of the theme until all that stands on
 * them has its contrast. Null when it isn't a colour in hexadecimal.
 */
export function surfaceGrounds(color: string, theme: 'light' | 'dark'): Grounds | null {
  const given = readHex(color)
  if (given === null) return null
  const [surface, page, sunk] = GROUNDS[theme]
  const isLight = theme === 'light'
  const ownPage = mix(given, BLACK, isLight ? 0.02 : 0.3)
  const ownSunk = mix(given, isLight ? BLACK : WHITE, isLight ? 0.035 : 0.05)
  for (let step = 0; step < STEPS; step++) {
    const share = step / STEPS
    const grounds: Grounds = [
      mix(given, surface, share),
      mix(ownPage, page, share),
      mix(ownSunk, sunk, share),
    ]
    if (grounds.every((ground) => isReadableOn(ground, theme))) return grounds
  }
  return GROUNDS[theme]
}

function isReadableOn(ground: Rgb, theme: 'light' | 'dark'): boolean {
  const reaches = (color: string, least: number) =>
    contrast(readHex(color) ?? ground, ground) >= least
  return TEXTS[theme].every((color) => reaches(color, 4.5)) && reaches(EDGE[theme], 3)
}
