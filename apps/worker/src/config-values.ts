import { Resolver } from 'node:dns'
import { retryScheduleSetting, vaultKeysSetting } from '@posthorn/core'
import { hostsSetting, subnetsSetting } from '@posthorn/safe-http'
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

export const SUBNETS = z.string().transform(subnetsSetting)

export const HOSTS = z.string().transform(hostsSetting)

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
export const RETRY_SCHEDULE = z.string().default('').transform(retryScheduleSetting)

/** 32 bytes each in base64, joined by commas: the first writes, all read. */
export const ENCRYPTION_KEYS = z
  .string({
    error: 'is required: 32 bytes in base64 (several joined by commas, the first one writes)',
  })
  .transform(vaultKeysSetting)
