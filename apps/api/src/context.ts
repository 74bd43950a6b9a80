import { createPayloadValidator, type PayloadValidator } from '@posthorn/catalog'
import {
  ApplicationSnapshots,
  type AuthContext,
  type Authenticator,
  createAuthenticator,
  createTokens,
  createVault,
  type LocalDelivery,
  MessageWriter,
} from '@posthorn/core'
import { listenForChanges } from '@posthorn/core'
import { databaseBytes, openDatabase, startDatabaseClock } from '@posthorn/db'
import { migrateQueue, openDeliveryQueue } from '@posthorn/queue'
import type { Logger } from '@posthorn/runtime'
import type { UrlPolicy } from '@posthorn/safe-http'
import type { ApiConfig } from './config.ts'
import { type ApiEvents, createApiEvents } from './events.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { createApiMetrics, type ApiMetrics } from './metrics.ts'
import { createSchemaCache, type SchemaCache } from './publish/schema-cache.ts'

/** All that the api's parts are made of; disposed of in the opposite order. */
export interface ApiContext extends AuthContext {
  readonly authenticator: Authenticator
  readonly limitRate: (principalId: string) => void
  readonly urlPolicy: UrlPolicy
  readonly validator: PayloadValidator
  readonly schemas: SchemaCache
  readonly snapshots: ApplicationSnapshots
  readonly writer: MessageWriter
  readonly publicUrl: () => string
  readonly nudge: (() => void) | undefined
  readonly events: ApiEvents
  readonly metrics: ApiMetrics
  /** Of the other roles in this process. */
  readonly metricsBeside: () => Promise<string>
}

export interface ApiOverrides {
  /** The worker in this process. */
  readonly localDelivery?: LocalDelivery
  readonly metricsBeside?: () => Promise<string>
  readonly logger: Logger
}

export interface OpenContext extends AsyncDisposable {
  readonly ctx: ApiContext
  /** The public URL is known once the server listens, where none is configured. */
  readonly address: { url: string }
}

export async function openApiContext(
  config: ApiConfig,
  overrides: ApiOverrides,
): Promise<OpenContext> {
  const { logger, localDelivery } = overrides
  await using stack = new AsyncDisposableStack()
  const db = stack.use(
    openDatabase({
      ...config.database,
      hotConnections: 4,
      ordinaryConnections: 8,
      applicationName: 'posthorn api',
      onConnectionError: (err) => logger.warn({ err }, 'database.connection_lost'),
    }),
  )
  const clock = stack.use(await startDatabaseClock(db.hot))
  await migrateQueue(config.queue)
  const metrics = createApiMetrics({
    waitingPublishes: () => writer.waiting,
    databaseBytes: () => databaseBytes(db.hot),
  })
  const events = createApiEvents(logger, metrics)
  const onQueueError = (err: Error): void => events.failed('queue', err)
  const queue = stack.use(openDeliveryQueue({ backend: config.queue, onError: onQueueError }))
  const auth: AuthContext = {
    db,
    clock,
    vault: createVault(config.secrets.encryptionKeys),
    tokens: createTokens(config.secrets.jwtSecret),
  }
  const writer = stack.use(
    new MessageWriter({
      ...{ db, clock, dispatch: queue, localDelivery: localDelivery ?? null },
      onBatch: (messages) => metrics.publishBatch(messages),
    }),
  )
  const authenticator = createAuthenticator(auth)
  const schemas = createSchemaCache(db)
  stack.use(
    listenForChanges({
      directUrl: db.directUrl,
      onChange: (change) => {
        if (change.kind === 'principal') authenticator.forget()
        if (change.kind === 'event_type') schemas.forget(change.orgId)
      },
      onGap: () => {
        authenticator.forget()
        schemas.forgetAll()
      },
      onError: (err) => events.failed('listen', err),
    }),
  )
  const address = { url: config.http.publicUrl ?? '' }
  const ctx: ApiContext = {
    ...auth,
    ...{ authenticator, schemas, writer, events, metrics },
    limitRate: createRateLimit(config.http.rateLimit),
    urlPolicy: config.urlPolicy,
    validator: stack.use(createPayloadValidator()),
    snapshots: new ApplicationSnapshots(auth),
    publicUrl: () => address.url,
    metricsBeside: overrides.metricsBeside ?? (() => Promise.resolve('')),
    nudge: localDelivery === undefined ? undefined : () => localDelivery.nudge(),
  }
  const resources = stack.move()
  return { ctx, address, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
