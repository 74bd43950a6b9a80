import { vaultKeysSetting } from '@posthorn/core'
import { type QueueBackend, queueBackendOf } from '@posthorn/queue'
import {
  type Env,
  LOG_LEVELS,
  type LogLevel,
  parseEnv,
  postgresUrl,
  redisUrl,
} from '@posthorn/runtime'
import {
  type Cidr,
  hostsSetting,
  type Refusals,
  refusalsOf,
  subnetsSetting,
} from '@posthorn/safe-http'
import * as z from 'zod'

export interface IngestConfig {
  readonly http: {
    readonly host: string
    readonly port: number
    /** Base of the receiving URLs as senders know them; null: as the request came. */
    readonly publicUrl: string | null
    /** Whose `X-Forwarded-For` is believed. */
    readonly trustedProxies: readonly Cidr[]
    readonly metricsToken: string | null
  }
  readonly pace: {
    /** Requests per second of one address. */
    readonly perAddress: number
    /** Accepted requests per second of a source without a limit of its own. */
    readonly perSource: number
  }
  readonly database: { readonly url: string; readonly directUrl: string | undefined }
  readonly queue: QueueBackend
  /** Where keys and certificates that requests name are not fetched from. */
  readonly keyRefusals: Refusals
  readonly encryptionKeys: readonly [Uint8Array, ...Uint8Array[]]
  readonly logLevel: LogLevel
}

const SUBNETS = z.string().transform(subnetsSetting)

const HOSTS = z.string().transform(hostsSetting)

const ENCRYPTION_KEYS = z
  .string({ error: 'is required: 32 bytes in base64 (several joined by commas)' })
  .transform(vaultKeysSetting)

const RATE = z.coerce.number({ error: 'must be a number' }).min(0.1).max(1_000_000)

/** Every variable that ingest reads, in the order of `.env.example`. */
const IngestEnv = z.object({
  POSTHORN_MODE: z.enum(['local', 'production']).optional(),
  HOST: z.string().optional(),
  POSTHORN_INGEST_PORT: z.coerce
    .number({ error: 'must be a port' })
    .int()
    .min(0)
    .max(65_535)
    .default(8072),
  POSTHORN_INGEST_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_INGEST_ADDRESS_RATE: RATE.default(1_000),
  POSTHORN_INGEST_SOURCE_RATE: RATE.default(1_000),
  POSTHORN_TRUSTED_PROXIES: SUBNETS.default([]),
  POSTHORN_METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  DATABASE_URL: z.string({ error: 'is required' }).transform(postgresUrl),
  DATABASE_DIRECT_URL: z.string().transform(postgresUrl).optional(),
  REDIS_URL: z.string().transform(redisUrl).optional(),
  POSTHORN_QUEUE_PREFIX: z.string().optional(),
  POSTHORN_REFUSE_SUBNETS: SUBNETS.optional(),
  POSTHORN_REFUSE_HOSTS: HOSTS.optional(),
  POSTHORN_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  POSTHORN_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
})

/** @throws {ConfigError} naming every fault */
export function loadIngestConfig(env: Env): IngestConfig {
  const read = parseEnv(IngestEnv, env)
  const isLocal = read.POSTHORN_MODE === 'local'
  return {
    http: {
      host: read.HOST ?? (isLocal ? '127.0.0.1' : '0.0.0.0'),
      port: read.POSTHORN_INGEST_PORT,
      publicUrl: read.POSTHORN_INGEST_URL?.replace(/\/+$/, '') ?? null,
      trustedProxies: read.POSTHORN_TRUSTED_PROXIES,
      metricsToken: read.POSTHORN_METRICS_TOKEN ?? null,
    },
    pace: {
      perAddress: read.POSTHORN_INGEST_ADDRESS_RATE,
      perSource: read.POSTHORN_INGEST_SOURCE_RATE,
    },
    database: { url: read.DATABASE_URL, directUrl: read.DATABASE_DIRECT_URL },
    queue: queueBackendOf(read),
    keyRefusals: refusalsOf(read),
    encryptionKeys: read.POSTHORN_ENCRYPTION_KEYS,
    logLevel: read.POSTHORN_LOG_LEVEL,
  }
}
