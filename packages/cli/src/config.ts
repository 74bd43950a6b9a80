import { resolve } from 'node:path'
import { type Env, LOG_LEVELS, type LogLevel, parseEnv } from '@posthorn/runtime'
import * as z from 'zod'
import { parseRoleGroups, type RoleGroup, ROLES } from './roles.ts'

export interface CliConfig {
  readonly mode: 'local' | 'production'
  readonly dataFolder: string
  /** The processes that `start` supervises. */
  readonly processes: readonly RoleGroup[]
  /** Null: the embedded one. */
  readonly database: { readonly url: string; readonly directUrl: string } | null
  readonly apiPort: number
  readonly inboxPort: number
  readonly ingestPort: number
  readonly logLevel: LogLevel
  /** By `POSTHORN_SUPERVISED`, which `start` alone sets: what to run with comes from it. */
  readonly isSupervised: boolean
  /** As given; what the apps read for themselves is in here. */
  readonly env: Env
}

const PORT = z.coerce.number({ error: 'must be a port, 1 to 65535' }).int().min(1).max(65_535)

const ROLE_GROUPS = z
  .string()
  .default(ROLES.join(','))
  .transform((text, ctx) => {
    const groups = parseRoleGroups(text)
    if (groups !== null) return groups
    const message = `must name roles of ${ROLES.join(', ')}, joined by "," in one process or separated by ";"`
    ctx.addIssue(message)
    return z.NEVER
  })

const CliEnv = z
  .object({
    POSTHORN_MODE: z
      .enum(['local', 'production'], { error: 'must be local or production' })
      .optional(),
    PORT: PORT.default(8071),
    POSTHORN_INGEST_PORT: PORT.default(8072),
    POSTHORN_INBOX_PORT: PORT.default(8073),
    POSTHORN_DATA: z.string().default('.data'),
    POSTHORN_ROLES: ROLE_GROUPS,
    DATABASE_URL: z.string().optional(),
    DATABASE_DIRECT_URL: z.string().optional(),
    POSTHORN_JWT_SECRET: z.string().optional(),
    POSTHORN_ENCRYPTION_KEYS: z.string().optional(),
    POSTHORN_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  })
  .superRefine((env, ctx) => {
    if (modeOf(env) === 'local') return
    for (const name of [
      'DATABASE_URL',
      'POSTHORN_JWT_SECRET',
      'POSTHORN_ENCRYPTION_KEYS',
    ] as const) {
      if (env[name] === undefined) {
        ctx.addIssue({ code: 'custom', path: [name], message: 'is required in production' })
      }
    }
  })

export function readEnv(): Env {
  return { ...process.env }
}

/** @throws {ConfigError} naming every fault */
export function loadCliConfig(env: Env): CliConfig {
  const read = parseEnv(CliEnv, env)
  const url = read.DATABASE_URL
  return Object.freeze({
    mode: modeOf(read),
    dataFolder: resolve(read.POSTHORN_DATA),
    processes: read.POSTHORN_ROLES,
    database: url === undefined ? null : { url, directUrl: read.DATABASE_DIRECT_URL ?? url },
    apiPort: read.PORT,
    inboxPort: read.POSTHORN_INBOX_PORT,
    ingestPort: read.POSTHORN_INGEST_PORT,
    logLevel: read.POSTHORN_LOG_LEVEL,
    isSupervised: env['POSTHORN_SUPERVISED'] === 'true',
    env,
  })
}

function modeOf(env: {
  POSTHORN_MODE?: 'local' | 'production' | undefined
  DATABASE_URL?: string | undefined
}): CliConfig['mode'] {
  return env.POSTHORN_MODE ?? (env.DATABASE_URL === undefined ? 'local' : 'production')
}
