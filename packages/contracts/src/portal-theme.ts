import * as z from 'zod'
import { isFontList, isOwnImage } from './look-rules.ts'
import { lineText } from './text.ts'
import { TimestampOut } from './timestamp.ts'

const MAX_IMAGE = 16_384
const MAX_URL = 500
const MAX_RADIUS = 24
const MAX_LABEL = 30

const Color = z
  .string()
  .regex(/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i, 'Must be a colour in hexadecimal, as #1f4fbf')

const Image = z
  .string()
  .max(MAX_IMAGE, `Must be at most ${MAX_IMAGE} characters: link to a bigger image`)
  .refine(
    (text) => isOwnImage(text) || isHttps(text),
    'Must be a data: image (png, jpeg, webp, gif or svg+xml), a path of this host or an https URL',
  )

const SupportLink = z
  .string()
  .max(MAX_URL)
  .refine(
    (text) => isHttps(text) || /^mailto:[^\s@<>"]+@[^\s@<>"]+$/.test(text),
    'Must be an https URL or mailto: with an address',
  )

/** What a portal's look consists of, by name. All of it is text, as metadata and addresses have it. */
const SHAPE = {
  primaryColorLight: Color,
  primaryColorDark: Color,
  surface: Color,
  radius: z
    .string()
    .regex(/^\d{1,2}$/, `Must be pixels, 0 to ${MAX_RADIUS}`)
    .refine((text) => Number(text) <= MAX_RADIUS, `Must be at most ${MAX_RADIUS}`),
  density: z.enum(['comfortable', 'compact'], { error: 'Must be comfortable or compact' }),
  fontFamily: z.string().refine(isFontList, 'Must be names of fonts, joined by commas'),
  logoLight: Image,
  logoDark: Image,
  favicon: Image,
  productName: lineText(60).min(1),
  supportLink: SupportLink,
  labelEndpoints: lineText(MAX_LABEL).min(1),
  labelMessages: lineText(MAX_LABEL).min(1),
  labelEventTypes: lineText(MAX_LABEL).min(1),
} as const

const names = Object.keys(SHAPE) as [keyof typeof SHAPE, ...(keyof typeof SHAPE)[]]
export const ThemeName = z.enum(names).meta({ id: 'PortalThemeName' })
export type ThemeName = z.infer<typeof ThemeName>
export const THEME_NAMES: readonly ThemeName[] = names
export const THEME_IMAGES: readonly ThemeName[] = ['logoLight', 'logoDark', 'favicon']

/** As a whole: what isn't named is as the environment says, else as the portal looks by itself. */
export const PortalThemeIn = z.strictObject(SHAPE).partial().meta({ id: 'PortalThemeIn' })
export type PortalTheme = z.infer<typeof PortalThemeIn>

/** Name by name, without what isn't set. */
export function givenTexts(theme: PortalTheme): Record<string, string> {
  const given = Object.entries(theme).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined
  })
  return Object.fromEntries(given)
}

/** Why a value can't be used, in words; null: it can. */
export function themeFault(name: ThemeName, value: string): string | null {
  const { error } = SHAPE[name].safeParse(value)
  return error?.issues[0]?.message ?? null
}

const Value = z
  .object({
    name: ThemeName,
    value: z.string().nullable().describe('Null: as the portal looks by itself'),
    source: z.enum(['default', 'environment', 'console', 'application']),
  })
  .meta({ id: 'PortalThemeValue' })
export type ThemeValue = z.infer<typeof Value>

export const PortalThemeOut = z
  .object({
    values: z.array(Value),
    /** What would hold without what the organisation chose. */
    inherited: z.array(Value),
    changedBy: z.string().nullable(),
    changedAt: TimestampOut.nullable(),
    /** Where images may come from beside this host. */
    imageOrigins: z.array(z.string()),
  })
  .meta({ id: 'PortalThemeOut' })
export type PortalThemeOut = z.infer<typeof PortalThemeOut>

export const ApplicationThemeOut = z
  .object({
    values: z.array(Value),
    /** What its metadata says that can't be used. */
    faults: z.array(z.object({ key: z.string(), message: z.string() })),
  })
  .meta({ id: 'ApplicationThemeOut' })
export type ApplicationThemeOut = z.infer<typeof ApplicationThemeOut>

function isHttps(text: string): boolean {
  const url = text.length <= MAX_URL ? URL.parse(text) : null
  return (
    url?.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    !/[\s"'<>]/.test(text)
  )
}
