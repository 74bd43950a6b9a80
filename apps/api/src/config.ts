import { fileURLToPath } from 'node:url'
import type { SignatureHeaders } from '@posthorn/core'
import { readSmtpSettings } from '@posthorn/core/alert'
import { type QueueBackend, queueBackendOf } from '@posthorn/queue'
import { type Env, parseEnv, postgresUrl, redisUrl, refuseFaults } from '@posthorn/runtime'
import {
  type Cidr,
  type Refusals,
  refusalsOf,
  type UrlPolicy,
  urlPolicyOf,
} from '@posthorn/safe-http'
import * as z from 'zod'
import {
  BOOLEAN,
  ENCRYPTION_KEYS,
  FRAME_ANCESTORS,
  HOSTS,
  ORIGIN,
  ORIGINS,
  RETRY_SCHEDULE,
  SUBNETS,
} from './config-values.ts'
import { type InstallationConfig, installationConfig } from './installation/installation-config.ts'
import type { OpenIdConfig } from './openid/openid-client.ts'
import { openIdConfig } from './openid/openid-env.ts'
import type { PagesConfig } from './pages/serve-pages.ts'
import type { ThemeConfig } from './portal-theme/resolve-theme.ts'
import { themeConfig } from './portal-theme/theme-env.ts'

export interface ApiConfig {
  readonly http: {
    readonly host: string
    readonly port: number
    /** Base of links to the pages; null: as the request came. */
    readonly publicUrl: string | null
    /** Origins whose pages may call from a browser, beside our own; null: any. */
    readonly allowedOrigins: readonly string[] | null
    /** Base of the URLs that sources receive at; null: this host at `ingestPort`. */
    readonly ingestUrl: string | null
    readonly ingestPort: number
    /** Requests per second of one key or token, publishes not counted. */
    readonly rateLimit: number
    /** What `/metrics` asks for; null: nothing. */
    readonly metricsToken: string | null
  }
  readonly database: { readonly url: string; readonly directUrl: string | undefined }
  readonly queue: QueueBackend
  readonly secrets: {
    readonly jwtSecret: string
    readonly encryptionKeys: readonly [Uint8Array, ...Uint8Array[]]
  }
  readonly urlPolicy: UrlPolicy
  /** Where keys and certificates that requests name are not fetched from. */
  readonly keyRefusals: Refusals
  readonly pages: PagesConfig & ThemeConfig
  readonly staff: {
    /** Base of links to the console, and the one host it is served at; null: as the api. */
    readonly consoleUrl: string | null
    /** Null: users sign in by password only. */
    readonly openId: OpenIdConfig | null
    /** Proxies that are believed what they say of where a request comes from. */
    readonly trustedProxies: readonly Cidr[]
  }
  /** As the workers have it: what is told of deliveries and attempts rests on it. */
  readonly delivery: {
    readonly retrySchedule: readonly number[]
    readonly signatureHeaders: SignatureHeaders
  }
  /** As the workers have it: what an endpoint's health tells rests on it. */
  readonly disableAfterSeconds: number
  /** As the workers have it: whether alert rules may go by e-mail. */
  readonly canMail: boolean
  /** Whether customers get notices by e-mail. */
  readonly canNotify: boolean
  readonly installation: InstallationConfig
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const PORTAL_FOLDER = fileURLToPath(new URL('../../portal/dist', import.meta.url))
const CONSOLE_FOLDER = fileURLToPath(new URL('../../console/dist', import.meta.url))

/** What the api reads in one go, in the order of `.env.example`; the rest is read by what it is for. */
const ApiEnv = z.object({
  POSTHORN_MODE: z.enum(['local', 'production']).optional(),
  HOST: z.string().optional(),
  PORT: z.coerce.number({ error: 'must be a port' }).int().min(0).max(65_535).default(8071),
  POSTHORN_PUBLIC_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_INGEST_PORT: z.coerce
    .number({ error: 'must be a port' })
    .int()
    .min(0)
    .max(65_535)
    .default(8072),
  POSTHORN_INGEST_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_FRAME_ANCESTORS: FRAME_ANCESTORS.default(["'self'"]),
  POSTHORN_ALLOWED_ORIGINS: ORIGINS.optional(),
  POSTHORN_CONSOLE_URL: z.url({ error: 'must be a URL' }).optional(),
  POSTHORN_PORTAL_ORIGIN: ORIGIN.optional(),
  POSTHORN_TRUSTED_PROXIES: SUBNETS.default([]),
  POSTHORN_METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  POSTHORN_API_RATE_LIMIT: z.coerce.number().min(1).max(1_000_000).default(1_000),
  DATABASE_URL: z.string({ error: 'is required' }).transform(postgresUrl),
  DATABASE_DIRECT_URL: z.string().transform(postgresUrl).optional(),
  REDIS_URL: z.string().transform(redisUrl).optional(),
  POSTHORN_QUEUE_PREFIX: z.string().optional(),
  POSTHORN_RETRY_SCHEDULE: RETRY_SCHEDULE,
  POSTHORN_SIGNATURE_HEADERS: z.enum(['both', 'webhook', 'svix']).default('both'),
  POSTHORN_DISABLE_AFTER: z.coerce.number().min(0).max(31_536_000).default(432_000),
  POSTHORN_HTTPS_ONLY: BOOLEAN.optional(),
  POSTHORN_ALLOW_SUBNETS: SUBNETS.optional(),
  POSTHORN_REFUSE_SUBNETS: SUBNETS.optional(),
  POSTHORN_REFUSE_HOSTS: HOSTS.optional(),
  POSTHORN_JWT_SECRET: z
    .string({ error: 'is required: 32 random characters or more' })
    .min(16, 'must have 16 characters or more'),
  POSTHORN_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  POSTHORN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** @throws {ConfigError} naming every fault */
export function loadApiConfig(env: Env): ApiConfig {
  refuseFaults(
    () => parseEnv(ApiEnv, env),
    () => themeConfig(env),
    () => openIdConfig(env),
    () => readSmtpSettings(env),
    () => installationConfig(env),
  )
  const read = parseEnv(ApiEnv, env)
  const canMail = readSmtpSettings(env) !== null
  return {
    http: httpConfig(read),
    database: { url: read.DATABASE_URL, directUrl: read.DATABASE_DIRECT_URL },
    queue: queueBackendOf(read),
    secrets: { jwtSecret: read.POSTHORN_JWT_SECRET, encryptionKeys: read.POSTHORN_ENCRYPTION_KEYS },
    urlPolicy: urlPolicyOf(read),
    keyRefusals: refusalsOf(read),
    pages: {
      portalFolder: PORTAL_FOLDER,
      consoleFolder: CONSOLE_FOLDER,
      portalOrigin: read.POSTHORN_PORTAL_ORIGIN ?? null,
      frameAncestors: read.POSTHORN_FRAME_ANCESTORS,
      ...themeConfig(env),
    },
    staff: {
      openId: openIdConfig(env),
      consoleUrl: read.POSTHORN_CONSOLE_URL?.replace(/\/+$/, '') ?? null,
      trustedProxies: read.POSTHORN_TRUSTED_PROXIES,
    },
    delivery: {
      retrySchedule: read.POSTHORN_RETRY_SCHEDULE,
      signatureHeaders: read.POSTHORN_SIGNATURE_HEADERS,
    },
    disableAfterSeconds: read.POSTHORN_DISABLE_AFTER,
    canMail,
    canNotify: canMail && read.POSTHORN_PUBLIC_URL !== undefined,
    installation: installationConfig(env),
    logLevel: read.POSTHORN_LOG_LEVEL,
  }
}

function httpConfig(read: z.output<typeof ApiEnv>): ApiConfig['http'] {
  return {
    host: read.HOST ?? (read.POSTHORN_MODE === 'local' ? '127.0.0.1' : '0.0.0.0'),
    port: read.PORT,
    publicUrl: read.POSTHORN_PUBLIC_URL?.replace(/\/$/, '') ?? null,
    allowedOrigins: read.POSTHORN_ALLOWED_ORIGINS ?? null,
    ingestUrl: read.POSTHORN_INGEST_URL?.replace(/\/+$/, '') ?? null,
    ingestPort: read.POSTHORN_INGEST_PORT,
    rateLimit: read.POSTHORN_API_RATE_LIMIT,
    metricsToken: read.POSTHORN_METRICS_TOKEN ?? null,
  }
}
