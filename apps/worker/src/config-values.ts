import { Resolver } from 'node:dns'
import { readRetrySchedule, readVaultKeys, VAULT_KEY_BYTES } from '@posthorn/core'
import { readHosts, readSubnets } from '@posthorn/safe-http'
import * as z from 'zod'

/** How single settings are written in the environment. */

export const BOOLEAN = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true')

export const COUNT = z.coerce.number({ error: 'must be a whole number' }).int().min(1).max(65_535)

const PORT_TEXT = 'must be a port, 1 to 65535'

export const PORT = z.coerce
  .number({ error: PORT_TEXT })
  .int()
  .min(1, PORT_TEXT)
  .max(65_535, PORT_TEXT)

export const SECONDS = z.coerce
  .number({ error: 'must be a number of seconds' })
  .min(0)
  .max(31_536_000)

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

export const DNS_SERVERS = z.string().transform((text, ctx) => {
  const servers = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  try {
    new Resolver().setServers(servers)
    return servers
  } catch {
    ctx.addIssue('must be addresses, each with a port or not, joined by commas')
    return z.NEVER
  }
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

/** 32 bytes each in base64, joined by commas: the first writes, all read. */
export const ENCRYPTION_KEYS = z
  .string({
    error: 'is required: 32 bytes in base64 (several joined by commas, the first one writes)',
  })
  .transform((text, ctx) => {
    const keys = readVaultKeys(text)
    if (keys !== null) return keys
    ctx.addIssue(`each key must be ${VAULT_KEY_BYTES} bytes in base64`)
    return z.NEVER
  })
