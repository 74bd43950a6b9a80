import { givenTexts, PortalThemeIn } from '@posthorn/contracts/portal-theme'
import { ConfigError, type Env, parseEnv } from '@posthorn/runtime'
import * as z from 'zod'
import { STRANGE_IMAGE, strangeImages, type ThemeConfig } from './resolve-theme.ts'

const IMAGE_ORIGINS = z.string().transform((text, ctx) => {
  const origins = text.split(/[\s,]+/).filter((part) => part !== '')
  if (
    origins.every((origin) => origin.startsWith('https:') && URL.parse(origin)?.origin === origin)
  )
    return origins
  ctx.addIssue('must be origins like https://cdn.example.com, joined by spaces')
  return z.NEVER
})

const PORTAL_THEME = z.string().transform((text, ctx): Record<string, string> => {
  const { data, error } = PortalThemeIn.safeParse(readJson(text))
  for (const { path, message } of error?.issues ?? [])
    ctx.addIssue(`must be an object of JSON: ${[...path, message].join(': ')}`)
  return givenTexts(data ?? {})
})

const ThemeEnv = z.object({
  POSTHORN_IMAGE_ORIGINS: IMAGE_ORIGINS.default([]),
  POSTHORN_PORTAL_THEME: PORTAL_THEME.default({}),
})

/** @throws {ConfigError} naming every fault: an image from a host that isn't let in is one */
export function themeConfig(env: Env): ThemeConfig {
  const read = parseEnv(ThemeEnv, env)
  const config = {
    imageOrigins: read.POSTHORN_IMAGE_ORIGINS,
    portalTheme: read.POSTHORN_PORTAL_THEME,
  }
  const strange = strangeImages(config, config.portalTheme)
  if (strange.length === 0) return config
  throw new ConfigError(strange.map((name) => `POSTHORN_PORTAL_THEME: ${name}: ${STRANGE_IMAGE}`))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
