import {
  ApplicationSnapshots,
  type AppScope,
  createVault,
  type Dispatch,
  type LocalDelivery,
  MessageWriter,
  publishMessage,
} from '@posthorn/core'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { openDeliveryQueue } from '@posthorn/queue'
import { type Logger, newId, silentLogger } from '@posthorn/runtime'
import { startTestServer, type TestServer } from '@posthorn/test-kit'
import { afterAll } from 'vitest'
import { loadWorkerConfig } from '../src/config.ts'
import { startWorker } from '../src/start-worker.ts'
import { createPipelineRows } from './pipeline-rows.ts'

/** `together`: publisher and worker hand over in memory. The others: through the queue, on that backend. */
export type Arrangement = 'together' | 'postgres' | 'redis'

// CI sets it; without Redis at hand its arrangement is not among the tests.
export const REDIS_URL = process.env['REDIS_URL']

export const ARRANGEMENTS: readonly Arrangement[] =
  REDIS_URL === undefined ? ['together', 'postgres'] : ['together', 'postgres', 'redis']

export interface PipelineOptions {
  readonly arrangement?: Arrangement
  readonly env?: Readonly<Record<string, string>>
  readonly redisUrl?: string
  /** The URL by which the worker reaches its database. */
  readonly reach?: (databaseUrl: string) => Promise<string>
  /** Default: silent. */
  readonly logger?: Logger
  /** From when on a round of looking for work counts as stuck. */
  readonly stuckAfterMs?: number
}

export type Pipeline = Awaited<ReturnType<typeof startPipeline>>

let server: Promise<TestServer> | undefined
afterAll(async () => (await server)?.[Symbol.asyncDispose]())

const KEY = Buffer.alloc(32, 7)

function workerEnv(databaseUrl: string, options: PipelineOptions) {
  const redis =
    options.arrangement === 'redis'
      ? {
          REDIS_URL: options.redisUrl ?? REDIS_URL,
          POSTHORN_QUEUE_PREFIX: newId('app_', Date.now()),
        }
      : {}
  return {
    DATABASE_URL: databaseUrl,
    POSTHORN_MODE: 'local',
    POSTHORN_ENCRYPTION_KEYS: KEY.toString('base64'),
    POSTHORN_RETRY_SCHEDULE: '0.2,0.2,0.2',
    ...redis,
    ...options.env,
  }
}

/** The engine without its api: a database, a publisher and a worker, as the process would wire them. */
export async function startPipeline(options: PipelineOptions = {}) {
  const { arrangement = 'together', logger = silentLogger } = options
  await using stack = new AsyncDisposableStack()
  const { url } = await (await (server ??= startTestServer())).cloneDatabase()
  const workerUrl = (await options.reach?.(url)) ?? url
  const config = loadWorkerConfig(workerEnv(workerUrl, { ...options, arrangement }))
  const db = stack.use(openDatabase({ url }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const vault = createVault([KEY])
  const core = { db, clock, vault }
  const { stuckAfterMs } = options
  const watch = stuckAfterMs === undefined ? {} : { stuckAfterMs }
  const worker = await startWorker(config, { logger, ...watch })
  const workers = stack.use(new AsyncDisposableStack())
  workers.use(worker)
  const dispatch = stack.use(openDeliveryQueue({ backend: config.queue, onError: () => undefined }))
  const localDelivery = arrangement === 'together' ? worker.localDelivery : null
  const app = await createApplicationRows(db.hot, clock.nowMs())
  const publishing = { ...core, app, dispatch, localDelivery }
  const publish = createPublisher(publishing, stack)
  const resources = stack.move()
  return {
    ...createPipelineRows({ ...core, app }),
    core,
    db,
    app,
    config,
    worker,
    dispatch,
    publish,
    scope: scopeOf(app),
    /** A writer with connections and caches as another api process has them. */
    addPublisher: (to: PipelineApplication = app) =>
      createPublisher({ ...publishing, app: to }, resources),
    startAnotherWorker: async () =>
      resources.use(await startWorker(config, { logger: silentLogger })),
    stopWorker: () => workers.disposeAsync(),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

export interface PipelineApplication {
  readonly orgId: string
  readonly appId: string
  readonly operationalAppId: string
}

function scopeOf({ orgId, appId }: PipelineApplication): AppScope {
  return { orgId, appId, actor: { kind: 'system', reason: 'test' } }
}

async function createApplicationRows(
  db: { query(sql: string, values: unknown[]): Promise<unknown> },
  nowMs: number,
): Promise<PipelineApplication> {
  const ids = {
    orgId: newId('org_', nowMs),
    appId: newId('app_', nowMs),
    operationalAppId: newId('app_', nowMs),
  }
  await db.query(
    `WITH org AS (INSERT INTO organisation VALUES ($1, $3) RETURNING id)
     INSERT INTO application (id, org_id, name, operational)
     SELECT * FROM (SELECT $2, id, 'own', false FROM org UNION ALL SELECT $3, id, 'operational', true FROM org) apps`,
    [ids.orgId, ids.appId, ids.operationalAppId],
  )
  return ids
}

export interface PublishExtras {
  readonly eventId?: string
  readonly idempotency?: { readonly key: Uint8Array; readonly bodyHash: Uint8Array }
  readonly payloadRetentionHours?: number
}

export type Publish = (payload?: string, extras?: PublishExtras) => Promise<string>

interface PublisherContext extends Pick<CoreParts, 'db' | 'clock' | 'vault'> {
  readonly app: PipelineApplication
  readonly dispatch: Dispatch
  readonly localDelivery: LocalDelivery | null
}
type CoreParts = ConstructorParameters<typeof ApplicationSnapshots>[0] &
  Pick<ConstructorParameters<typeof MessageWriter>[0], 'clock'>

function createPublisher(ctx: PublisherContext, stack: AsyncDisposableStack): Publish {
  const { app } = ctx
  const writer = stack.use(new MessageWriter(ctx))
  const snapshots = new ApplicationSnapshots(ctx)
  return async (payload = '{"n":1}', extras = {}) => {
    const application =
      snapshots.cached(app.orgId, app.appId) ?? (await snapshots.load(app.orgId, app.appId))
    if (application === null) throw new Error('The application is gone.')
    const published = await publishMessage(
      { ...ctx, snapshots, writer },
      { application, name: app.appId, actor: { kind: 'key', id: 'test' } },
      {
        eventType: 'test.event',
        eventId: extras.eventId ?? null,
        channels: [],
        tags: [],
        payload,
        payloadRetentionHours: extras.payloadRetentionHours ?? null,
        schemaErrors: null,
        idempotency: extras.idempotency ?? null,
      },
    )
    return published.id
  }
}
