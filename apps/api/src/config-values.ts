import { retryScheduleSetting, vaultKeysSetting } from '@posthorn/core'
import { hostsSetting, subnetsSetting } from '@posthorn/safe-http'
import * as z from 'zod'

/** How single settings are written in the environment. */

export const BOOLEAN = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true')

export const SUBNETS = z.string().transform(subnetsSetting)

export const HOSTS = z.string().transform(hostsSetting)

const FRAME_SOURCE = /^(?:'self'|'none'|https?:\/\/[\w.*-]+(?::\d+)?)$/

export const FRAME_ANCESTORS = z.string().transform((text, ctx) => {
  const sources = text.split(/[\s,]+/).filter((part) => part !== '')
  if (sources.length > 0 && sources.every((source) => FRAME_SOURCE.test(source))) return sources
  ctx.addIssue("must be origins like https://app.example.com, 'self' or 'none', joined by spaces")
  return z.NEVER
})

export const ORIGIN = z
  .string()
  .transform((text) => text.replace(/\/$/, ''))
  .refine((text) => /^https?:/.test(text) && URL.parse(text)?.origin === text, {
    error: 'must be an origin like https://portal.example.com',
  })

export const ORIGINS = z.string().transform((text, ctx) => {
  const origins = text.split(/[\s,]+/).filter((part) => part !== '')
  if (origins.length > 0 && origins.every((origin) => URL.parse(origin)?.origin === origin))
    return origins
  ctx.addIssue('must be origins like https://app.example.com, joined by spaces')
  return z.NEVER
})

/** 32 bytes each in base64, joined by commas: the first writes, all read. */
export const ENCRYPTION_KEYS = z
  .string({ error: 'is required: 32 bytes in base64 (several joined by commas)' })
  .transform(vaultKeysSetting)

/** Seconds between attempts, by commas; `none`: one attempt only. */
export const RETRY_SCHEDULE = z.string().default('').transform(retryScheduleSetting)
