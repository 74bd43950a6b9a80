import {
  type ApplicationThemeOut,
  THEME_IMAGES,
  THEME_NAMES,
  themeFault,
  type ThemeName,
  type ThemeValue,
} from '@posthorn/contracts/portal-theme'

type Texts = Readonly<Record<string, string>>
type ThemeFault = ApplicationThemeOut['faults'][number]

export interface ThemeConfig {
  /** Where images of a look may come from, beside this host. */
  readonly imageOrigins: readonly string[]
  /** What the environment says of every portal's look. */
  readonly portalTheme: Texts
}

interface ThemeLayers {
  /** What the organisation chose. */
  readonly own: Texts
  /** An application's; `theme.radius` sets the corners of its portal. */
  readonly metadata: Texts
}

const PREFIX = 'theme.'

/** Every value, and where it comes from: the application's metadata goes before the organisation, that before the environment. */
export function resolveTheme(config: ThemeConfig, { own, metadata }: ThemeLayers): ThemeValue[] {
  return THEME_NAMES.map((name) => {
    const said = metadata[PREFIX + name]
    if (said !== undefined && faultOf(config, name, said) === null)
      return { name, value: said, source: 'application' }
    // What was taken is looked at again: the origins that images may come from can have changed since.
    const chosen = own[name]
    if (chosen !== undefined && faultOf(config, name, chosen) === null)
      return { name, value: chosen, source: 'console' }
    const given = config.portalTheme[name]
    return given === undefined
      ? { name, value: null, source: 'default' }
      : { name, value: given, source: 'environment' }
  })
}

/** Name by name, without what nobody set. */
export function textsOfTheme(values: readonly ThemeValue[]): Record<string, string> {
  return Object.fromEntries(
    values.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
  )
}

/** What an application's metadata says of its look that can't be used. */
export function metadataFaults(config: ThemeConfig, metadata: Texts): ThemeFault[] {
  return Object.entries(metadata).flatMap(([key, value]) => {
    if (!key.startsWith(PREFIX)) return []
    const name = THEME_NAMES.find((known) => PREFIX + known === key)
    const message = name === undefined ? 'There is no such value' : faultOf(config, name, value)
    return message === null ? [] : [{ key, message }]
  })
}

/** Images of hosts that the pages' policy doesn't let in, by name. */
export function strangeImages(
  { imageOrigins }: Pick<ThemeConfig, 'imageOrigins'>,
  theme: Texts,
): ThemeName[] {
  return THEME_IMAGES.filter((name) => {
    const url = URL.parse(theme[name] ?? '')
    return url?.protocol === 'https:' && !imageOrigins.includes(url.origin)
  })
}

export const STRANGE_IMAGE =
  'The pages load images of this host and of POSTHORN_IMAGE_ORIGINS only: name its origin there, or use a data: image'

function faultOf(config: ThemeConfig, name: ThemeName, value: string): string | null {
  const fault = themeFault(name, value)
  if (fault !== null) return fault
  return strangeImages(config, { [name]: value }).length > 0 ? STRANGE_IMAGE : null
}
