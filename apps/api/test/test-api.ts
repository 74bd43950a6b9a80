import type { PayloadValidator } from '@posthorn/catalog'
import { createTokens, createVault, type LocalDelivery } from '@posthorn/core'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { type Logger, silentLogger } from '@posthorn/runtime'
import type { NameResolverOptions } from '@posthorn/safe-http'
import { loadApiConfig } from '../src/config.ts'
import { startApi } from '../src/start-api.ts'

export interface TestApiOptions {
  readonly databaseUrl: string
  readonly env?: Readonly<Record<string, string>>
  readonly localDelivery?: LocalDelivery
  readonly validator?: PayloadValidator
  readonly resolver?: NameResolverOptions
  readonly logger?: Logger
}

export const JWT_SECRET = 'a-signing-secret-that-is-long-enough'
const ENCRYPTION_KEY = Buffer.alloc(32).toString('base64')

/** The real api on a free port, and the domain's context beside it for what tests make by hand. */
export async function startTestApi({ databaseUrl, env = {}, ...overrides }: TestApiOptions) {
  await using stack = new AsyncDisposableStack()
  const db = stack.use(openDatabase({ url: databaseUrl }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const config = loadApiConfig({
    POSTHORN_MODE: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    POSTHORN_HTTPS_ONLY: 'false',
    DATABASE_URL: databaseUrl,
    POSTHORN_JWT_SECRET: JWT_SECRET,
    POSTHORN_ENCRYPTION_KEYS: ENCRYPTION_KEY,
    ...env,
  })
  const api = stack.use(await startApi(config, { logger: silentLogger, ...overrides }))
  const vault = createVault(config.secrets.encryptionKeys)
  const core = { db, clock, vault, tokens: createTokens(JWT_SECRET) }
  const resources = stack.move()
  return { url: api.url, core, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
