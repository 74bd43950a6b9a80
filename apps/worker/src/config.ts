import { readSmtpSettings, type SmtpSettings } from '@posthorn/core/alert'
import { type QueueBackend, queueBackendOf } from '@posthorn/queue'
import { type Env, parseEnv, postgresUrl, redisUrl, refuseFaults } from '@posthorn/runtime'
import { type UrlPolicy, urlPolicyOf } from '@posthorn/safe-http'
import * as z from 'zod'
import {
  BOOLEAN,
  COUNT,
  DNS_SERVERS,
  ENCRYPTION_KEYS,
  HOSTS,
  PORT,
  RETRY_SCHEDULE,
  SECONDS,
  SUBNETS,
} from './config-values.ts'

export interface WorkerConfig {
  readonly database: { readonly url: string; readonly directUrl: string | undefined }
  readonly queue: QueueBackend
  readonly encryptionKeys: readonly [Uint8Array, ...Uint8Array[]]
  readonly delivery: {
    readonly retrySchedule: readonly number[]
    readonly breakerAfterSeconds: number
    readonly requestTimeoutSeconds: number
    readonly disableAfterSeconds: number
    readonly headers: 'both' | 'webhook' | 'svix'
    /** Attempts in flight at once in this process. */
    readonly maxInFlight: number
  }
  readonly safety: {
    readonly urlPolicy: UrlPolicy
    readonly dnsServers: readonly string[]
    readonly trustedCa: readonly string[]
  }
  /** Where alerts, and notices to customers, go by e-mail; null: nowhere. */
  readonly smtp: SmtpSettings | null
  /** Base of links into the console; null: notifications have none. */
  readonly consoleUrl: string | null
  /** Base of the links in notices to customers; null: no notices are sent. */
  readonly publicUrl: string | null
  /** Where customers find the portal; null: notices don't say. */
  readonly portalUrl: string | null
  readonly retentionDays: number
  readonly health: {
    readonly host: string
    readonly port: number | null
    /** What `/metrics` asks for; null: nothing. */
    readonly metricsToken: string | null
  }
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Every variable that the worker reads, but those of the mail server, in the order of `.env.example`. */
const WorkerEnv = z.object({
  POSTHORN_MODE: z.enum(['local', 'production']).optional(),
  HOST: z.string().optional(),
  POSTHORN_PUBLIC_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_CONSOLE_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_PORTAL_URL: z.httpUrl({ error: 'must be a URL' }).optional(),
  POSTHORN_METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  POSTHORN_WORKER_PORT: PORT.optional(),
  DATABASE_URL: z.string({ error: 'is required' }).transform(postgresUrl),
  DATABASE_DIRECT_URL: z.string().transform(postgresUrl).optional(),
  REDIS_URL: z.string().transform(redisUrl).optional(),
  POSTHORN_QUEUE_PREFIX: z.string().optional(),
  POSTHORN_RETRY_SCHEDULE: RETRY_SCHEDULE,
  POSTHORN_BREAKER_AFTER: SECONDS.default(60),
  POSTHORN_REQUEST_TIMEOUT: z.coerce.number().min(0.05).max(60).default(15),
  POSTHORN_DISABLE_AFTER: SECONDS.default(432_000),
  POSTHORN_SIGNATURE_HEADERS: z.enum(['both', 'webhook', 'svix']).default('both'),
  POSTHORN_MAX_IN_FLIGHT: COUNT.default(512),
  POSTHORN_HTTPS_ONLY: BOOLEAN.optional(),
  POSTHORN_ALLOW_SUBNETS: SUBNETS.optional(),
  POSTHORN_REFUSE_SUBNETS: SUBNETS.optional(),
  POSTHORN_REFUSE_HOSTS: HOSTS.optional(),
  POSTHORN_DNS_SERVERS: DNS_SERVERS.optional(),
  POSTHORN_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  POSTHORN_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  POSTHORN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** @throws {ConfigError} naming every fault */
export function loadWorkerConfig(env: Env): WorkerConfig {
  refuseFaults(
    () => parseEnv(WorkerEnv, env),
    () => readSmtpSettings(env),
  )
  const read = parseEnv(WorkerEnv, env)
  const isLocal = read.POSTHORN_MODE === 'local'
  return {
    database: { url: read.DATABASE_URL, directUrl: read.DATABASE_DIRECT_URL },
    queue: queueBackendOf(read),
    encryptionKeys: read.POSTHORN_ENCRYPTION_KEYS,
    delivery: {
      retrySchedule: read.POSTHORN_RETRY_SCHEDULE,
      breakerAfterSeconds: read.POSTHORN_BREAKER_AFTER,
      requestTimeoutSeconds: read.POSTHORN_REQUEST_TIMEOUT,
      disableAfterSeconds: read.POSTHORN_DISABLE_AFTER,
      headers: read.POSTHORN_SIGNATURE_HEADERS,
      maxInFlight: read.POSTHORN_MAX_IN_FLIGHT,
    },
    safety: {
      urlPolicy: urlPolicyOf(read),
      dnsServers: read.POSTHORN_DNS_SERVERS ?? [],
      trustedCa: [],
    },
    smtp: readSmtpSettings(env),
    consoleUrl: baseOf(read.POSTHORN_CONSOLE_URL ?? read.POSTHORN_PUBLIC_URL),
    publicUrl: baseOf(read.POSTHORN_PUBLIC_URL),
    portalUrl: read.POSTHORN_PORTAL_URL ?? null,
    retentionDays: read.POSTHORN_RETENTION_DAYS,
    health: {
      host: read.HOST ?? (isLocal ? '127.0.0.1' : '0.0.0.0'),
      port: read.POSTHORN_WORKER_PORT ?? null,
      metricsToken: read.POSTHORN_METRICS_TOKEN ?? null,
    },
    logLevel: read.POSTHORN_LOG_LEVEL,
  }
}

function baseOf(url: string | undefined): string | null {
  return url?.replace(/\/+$/, '') ?? null
}
