import { BodyConverter } from '@posthorn/conversion'
import {
  ApplicationSnapshots,
  createVault,
  FlowDirectory,
  JoinedEventTypes,
  listenForChanges,
  type LocalDelivery,
  MessageWriter,
  Pace,
  type ReceiveContext,
  RequestLog,
  SourceDirectory,
} from '@posthorn/core'
import { type Database, openDatabase, startDatabaseClock } from '@posthorn/db'
import { migrateQueue, openDeliveryQueue } from '@posthorn/queue'
import { createBearerCheck, type Logger } from '@posthorn/runtime'
import { createPinnedFetcher } from '@posthorn/safe-http'
import { TemplateRenderer } from '@posthorn/template'
import type { IngestConfig } from './config.ts'
import { createIngestEvents, type IngestEvents } from './events.ts'
import { FlowResults } from './flow/flow-results.ts'
import { RequestWindow } from './flow/request-window.ts'
import { BodyRoom } from './http/body-room.ts'
import { createIngestMetrics, type IngestMetrics } from './metrics.ts'

/** All that ingest's parts are made of; disposed of in the opposite order. */
export interface IngestContext extends ReceiveContext {
  readonly sources: SourceDirectory
  readonly flows: FlowDirectory
  readonly flowWindow: RequestWindow
  readonly flowResults: FlowResults
  readonly templates: TemplateRenderer
  readonly addressPace: Pace
  readonly sourcePace: Pace
  readonly bodyRoom: BodyRoom
  readonly http: IngestConfig['http']
  readonly events: IngestEvents
  readonly metrics: IngestMetrics
  /** By the request's `Authorization`. */
  readonly mayReadMetrics: (authorization: string | undefined) => boolean
}

export interface IngestOverrides {
  /** The worker in this process. */
  readonly localDelivery?: LocalDelivery
  /** Gets certificates and keys that requests name; from the providers' own hosts, unless given. */
  readonly fetchKey?: NonNullable<ReceiveContext['fetchKey']>
  /** How long a caller waits for the result of a flow. */
  readonly flowResultMs?: number
  readonly logger: Logger
}

export interface OpenContext extends AsyncDisposable {
  readonly ctx: IngestContext
}

/** Refusals of one source that are kept per second, and at once. */
const REFUSALS = { perSecond: 10, burst: 100 }
/** Of one address, over all flows. */
const FLOW_WINDOW = { requests: 300, seconds: 300 }

export async function openIngestContext(
  config: IngestConfig,
  overrides: IngestOverrides,
): Promise<OpenContext> {
  const { logger, localDelivery = null } = overrides
  await using stack = new AsyncDisposableStack()
  const db = stack.use(openIngestDatabase(config, logger))
  const clock = stack.use(await startDatabaseClock(db.hot))
  await migrateQueue(config.queue)
  const metrics = createIngestMetrics()
  const events = createIngestEvents(logger, metrics)
  const onError = (err: Error): void => events.failed('queue', err)
  const dispatch = stack.use(openDeliveryQueue({ backend: config.queue, onError }))
  const vault = createVault(config.encryptionKeys)
  const core = { db, clock, vault }
  const sources = new SourceDirectory(core)
  const flows = new FlowDirectory(core)
  stack.use(forgetWhatChanges(db, [sources, flows], events))
  const { perAddress, perSource } = config.pace
  const ctx: IngestContext = {
    ...core,
    sources,
    flows,
    flowWindow: new RequestWindow(FLOW_WINDOW),
    flowResults: stack.use(new FlowResults(db, overrides.flowResultMs)),
    templates: stack.use(new TemplateRenderer()),
    events,
    metrics,
    http: config.http,
    writer: stack.use(new MessageWriter({ db, clock, dispatch, localDelivery })),
    requestLog: stack.use(new RequestLog(db)),
    convertBody: stack.use(new BodyConverter()).convert,
    snapshots: new ApplicationSnapshots(core),
    eventTypes: new JoinedEventTypes(db),
    refusals: new Pace(REFUSALS),
    addressPace: new Pace({ perSecond: perAddress, burst: 2 * perAddress }),
    sourcePace: new Pace({ perSecond: perSource, burst: 2 * perSource }),
    bodyRoom: new BodyRoom(),
    mayReadMetrics: createBearerCheck(config.http.metricsToken),
    fetchKey: overrides.fetchKey ?? stack.use(createPinnedFetcher()).fetch,
  }
  const resources = stack.move()
  return { ctx, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

function openIngestDatabase(config: IngestConfig, logger: Logger): Database {
  return openDatabase({
    ...config.database,
    hotConnections: 4,
    ordinaryConnections: 6,
    applicationName: 'posthorn ingest',
    onConnectionError: (err) => logger.warn({ err }, 'database.connection_lost'),
  })
}

function forgetWhatChanges(
  db: Database,
  directories: readonly { forget: () => void }[],
  events: IngestEvents,
): AsyncDisposable {
  const forgetAll = (): void => {
    for (const directory of directories) directory.forget()
  }
  return listenForChanges({
    directUrl: db.directUrl,
    onChange: ({ kind }) => {
      if (kind === 'source' || kind === 'application') forgetAll()
    },
    onGap: forgetAll,
    onError: (err) => events.failed('listen', err),
  })
}
