import { readRetrySchedule, readVaultKeys, VAULT_KEY_BYTES } from '@posthorn/core'
import { readHosts, readSubnets } from '@posthorn/safe-http'
import * as z from 'zod'

/** How single settings are written in the environment. */

export const BOOLEAN = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true')

export const SUBNETS = z.string().transform((text, ctx) => {
  const subnets = readSubnets(text)
  if (subnets !== null) return subnets
  ctx.addIssue('must be addresses or subnets like 10.0.0.0/8, joined by commas')
  return z.NEVER
})

export const HOSTS = z.string().transform((text, ctx) => {
  const hosts = readHosts(text)
  if (hosts !== null) return hosts
  ctx.addIssue('must be host names like a.example or *.a.example, joined by commas')
  return z.NEVER
})

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
  .transform((text, ctx) => {
    const keys = readVaultKeys(text)
    if (keys !== null) return keys
    ctx.addIssue(`each key must be ${VAULT_KEY_BYTES} bytes in base64`)
    return z.NEVER
  })

/** Seconds between attempts, by commas; `none`: one attempt only. */
export const RETRY_SCHEDULE = z
  .string()
  .default('')
  .transform((text, ctx): readonly number[] => {
    const schedule = readRetrySchedule(text)
    if (schedule !== null) return schedule
    ctx.addIssue('must be seconds joined by commas (at most 20, each up to 30 days), or none')
    return z.NEVER
  })
