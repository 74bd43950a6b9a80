import { readRetrySchedule, readVaultKeys, VAULT_KEY_BYTES } from '@posthorn/core'
import * as z from 'zod'

/** How single settings are written in the environment. */

export const BOOLEAN = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true')

export const COUNT = z.coerce.number({ error: 'must be a whole number' }).int().min(1).max(65_535)

export const SECONDS = z.coerce
  .number({ error: 'must be a number of seconds' })
  .min(0)
  .max(31_536_000)

export const SUBNETS = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

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
