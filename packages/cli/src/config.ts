import { resolve } from 'node:path'
import {
  ConfigError,
  type Env,
  LOG_LEVELS,
  type LogLevel,
  parseEnv,
  postgresUrl,
  redisUrl,
  refuseFaults,
} from '@posthorn/runtime'
import * as z from 'zod'
import { parseRoleGroups, type RoleGroup, ROLES } from './roles.ts'

export interface CliConfig {
  readonly mode: 'local' | 'production'
  readonly dataFolder: string
  /** The processes that `start` supervises. */
  readonly processes: readonly RoleGroup[]
  /** Null: the embedded one. */
  readonly database: { readonly url: string; readonly directUrl: string } | null
  /** Where the roles listen. */
  readonly host: string
  readonly apiPort: number
  readonly inboxPort: number
  readonly ingestPort: number
  /** Null: a worker alone has no health and metrics. */
  readonly workerPort: number | null
  readonly logLevel: LogLevel
  /** By `POSTHORN_SUPERVISED`, which `start` alone sets: what to run with comes from it. */
  readonly isSupervised: boolean
  /** As given; what the apps read for themselves is in here. */
  readonly env: Env
}

const PORT_TEXT = 'must be a port, 1 to 65535'
const PORT = z.coerce.number({ error: PORT_TEXT }).int().min(1, PORT_TEXT).max(65_535, PORT_TEXT)

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

/** Where each listens unless it is told another port. */
export const DEFAULT_PORTS = {
  PORT: 8071,
  POSTHORN_INGEST_PORT: 8072,
  POSTHORN_INBOX_PORT: 8073,
} as const

const CliEnv = z.object({
  POSTHORN_MODE: z
    .enum(['local', 'production'], { error: 'must be local or production' })
    .optional(),
  HOST: z.string().optional(),
  PORT: PORT.default(DEFAULT_PORTS.PORT),
  POSTHORN_INGEST_PORT: PORT.default(DEFAULT_PORTS.POSTHORN_INGEST_PORT),
  POSTHORN_WORKER_PORT: PORT.optional(),
  POSTHORN_INBOX_PORT: PORT.default(DEFAULT_PORTS.POSTHORN_INBOX_PORT),
  POSTHORN_DATA: z.string().default('.data'),
  POSTHORN_ROLES: ROLE_GROUPS,
  DATABASE_URL: z.string().transform(postgresUrl).optional(),
  DATABASE_DIRECT_URL: z.string().transform(postgresUrl).optional(),
  REDIS_URL: z.string().transform(redisUrl).optional(),
  POSTHORN_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
})

export function readEnv(): Env {
  return { ...process.env }
}

/** @throws {ConfigError} naming every fault */
export function loadCliConfig(env: Env): CliConfig {
  refuseFaults(
    () => parseEnv(CliEnv, env),
    () => requireInProduction(env),
  )
  const read = parseEnv(CliEnv, env)
  const mode = modeOf(env)
  const url = read.DATABASE_URL
  return Object.freeze({
    mode,
    dataFolder: resolve(read.POSTHORN_DATA),
    processes: read.POSTHORN_ROLES,
    database: url === undefined ? null : { url, directUrl: read.DATABASE_DIRECT_URL ?? url },
    host: read.HOST ?? (mode === 'local' ? '127.0.0.1' : '0.0.0.0'),
    apiPort: read.PORT,
    inboxPort: read.POSTHORN_INBOX_PORT,
    ingestPort: read.POSTHORN_INGEST_PORT,
    workerPort: read.POSTHORN_WORKER_PORT ?? null,
    logLevel: read.POSTHORN_LOG_LEVEL,
    isSupervised: env['POSTHORN_SUPERVISED'] === 'true',
    env,
  })
}

export function modeOf(env: Env): CliConfig['mode'] {
  const given = env['POSTHORN_MODE']?.trim()
  if (given === 'local' || given === 'production') return given
  return env['DATABASE_URL']?.trim() ? 'production' : 'local'
}

function requireInProduction(env: Env): void {
  if (modeOf(env) === 'local') return
  const needed = ['DATABASE_URL', 'POSTHORN_JWT_SECRET', 'POSTHORN_ENCRYPTION_KEYS']
  const missing = needed.filter((name) => !env[name]?.trim())
  if (missing.length > 0)
    throw new ConfigError(missing.map((name) => `${name}: is required in production`))
}
