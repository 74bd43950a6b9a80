export interface AccentPair {
  readonly accent: string
  /** On a surface of the accent. */
  readonly ink: string
  /** Behind text in the accent. */
  readonly soft: string
}

export type Rgb = readonly [number, number, number]

/** What text stands on: surface, page, and what is sunk into a surface. */
export type Grounds = readonly [Rgb, Rgb, Rgb]

// As in tokens.css.
export const GROUNDS: Readonly<Record<'light' | 'dark', Grounds>> = {
  light: [
    [255, 255, 255],
    [245, 247, 249],
    [238, 242, 246],
  ],
  dark: [
    [24, 32, 42],
    [16, 22, 29],
    [32, 42, 54],
  ],
}
export const WHITE: Rgb = [255, 255, 255]
export const BLACK: Rgb = [12, 16, 22]
const TEXT_CONTRAST = 4.6
export const STEPS = 40
const SOFT_SHARE = 0.12

/**
 * A brand's colour made readable in a theme: moved towards black or white until text in it has 4.5:1 on
 * everything it stands on (WCAG 1.4.3). Null when it isn't a colour in hexadecimal.
 */
export function accentPair(
  color: string,
  theme: 'light' | 'dark',
  grounds: Grounds = GROUNDS[theme],
): AccentPair | null {
  const given = readHex(color)
  if (given === null) return null
  const towards = theme === 'light' ? BLACK : WHITE
  for (let step = 0; step <= STEPS; step++) {
    const accent = mix(given, towards, step / STEPS)
    const soft = mix(grounds[0], accent, SOFT_SHARE)
    if ([...grounds, soft].every((ground) => contrast(accent, ground) >= TEXT_CONTRAST))
      return { accent: hex(accent), ink: hex(inkOn(accent)), soft: hex(soft) }
  }
  return null
}

/** The least that text in the colour has on anything it stands on. Null when it isn't a colour in hexadecimal. */
export function accentContrast(
  color: string,
  theme: 'light' | 'dark',
  grounds: Grounds = GROUNDS[theme],
): number | null {
  const given = readHex(color)
  return given === null ? null : Math.min(...grounds.map((ground) => contrast(given, ground)))
}

/** `#rrggbb`, however the colour is written; null when it isn't one in hexadecimal. */
export function normalHex(color: string): string | null {
  const given = readHex(color)
  return given === null ? null : hex(given)
}

function inkOn(accent: Rgb): Rgb {
  return contrast(WHITE, accent) >= contrast(BLACK, accent) ? WHITE : BLACK
}

/** By WCAG 2.2, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [bright, dim] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05)
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share)
  return [channel(0), channel(1), channel(2)]
}

export function readHex(text: string): Rgb | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]
  if (digits === undefined) return null
  const long = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits
  const channel = (at: number) => Number.parseInt(long.slice(at, at + 2), 16)
  return [channel(0), channel(2), channel(4)]
}

export function hex(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
