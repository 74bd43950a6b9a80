import type { InstallationSettingOut } from '@posthorn/contracts'
import { type Env, parseEnv } from '@posthorn/runtime'
import * as z from 'zod'
import { describeSettings } from './describe-settings.ts'

/** What pages tell staff about this installation. */
export interface InstallationConfig {
  readonly settings: readonly InstallationSettingOut[]
  /** As the workers have it, unless owners chose another in the console. */
  readonly retentionDays: number
  readonly isRetentionDefault: boolean
  /** That receivers may let in, as it says; nothing binds to them. */
  readonly egressAddresses: readonly string[]
  /** The built-in inbox; null: there is none. */
  readonly inbox: { readonly url: string; readonly token: string } | null
}

const DEFAULT_RETENTION_DAYS = 90

/** Beside what the api itself works by, in the order of `.env.example`. */
const InstallationEnv = z.object({
  POSTHORN_INBOX_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_INBOX_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  POSTHORN_EGRESS_ADDRESSES: z.string().optional(),
  POSTHORN_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).optional(),
})

/** @throws {ConfigError} naming every fault */
export function installationConfig(env: Env): InstallationConfig {
  const read = parseEnv(InstallationEnv, env)
  const { POSTHORN_INBOX_URL: url, POSTHORN_INBOX_TOKEN: token } = read
  return {
    settings: describeSettings(env, env['POSTHORN_MODE'] === 'local'),
    retentionDays: read.POSTHORN_RETENTION_DAYS ?? DEFAULT_RETENTION_DAYS,
    isRetentionDefault: read.POSTHORN_RETENTION_DAYS === undefined,
    egressAddresses: (read.POSTHORN_EGRESS_ADDRESSES ?? '')
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== ''),
    inbox:
      url === undefined || token === undefined ? null : { url: url.replace(/\/+$/, ''), token },
  }
}
