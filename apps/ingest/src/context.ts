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
import { SharedWindow } from '@posthorn/core/ingest'
import { type Database, openDatabase, startDatabaseClock } from '@posthorn/db'
import { migrateQueue, openDeliveryQueue } from '@posthorn/queue'
import { createBearerCheck, type Logger, seldom } from '@posthorn/runtime'
import { createPinnedFetcher } from '@posthorn/safe-http'
import { TemplateRenderer } from '@posthorn/template'
import type { IngestConfig } from './config.ts'
import { createIngestEvents, type IngestEvents } from './events.ts'
import { BodyRoom } from './http/body-room.ts'
import { createIngestMetrics, type IngestMetrics } from './metrics.ts'
import { Replies } from './reply/replies.ts'

/** All that ingest's parts are made of; disposed of in the opposite order. */
export interface IngestContext extends ReceiveContext {
  readonly sources: SourceDirectory
  readonly flows: FlowDirectory
  /** What an address may send to flows, and a Losant webhook takes, counting every call. */
  readonly windows: { readonly flow: SharedWindow; readonly losant: SharedWindow }
  readonly replies: Replies
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
  /** PEM; the runtime's own, unless given. */
  readonly trustedRoots?: NonNullable<ReceiveContext['trustedRoots']>
  /** How long a caller waits for a reply or the result of a flow. */
  readonly replyMs?: number
  readonly logger: Logger
}

export interface OpenContext extends AsyncDisposable {
  readonly ctx: IngestContext
}

// Senders wait for each answer with few requests at a time: a batch that waits holds all of them up.
const BATCHING = { busyWindowMs: 1, startsNextAtOnce: true }
/** Refusals of one source that are kept per second, and at once. */
const REFUSALS = { perSecond: 10, burst: 100 }
/** Of one address, over all flows. */
const FLOW_WINDOW = { name: 'flow', calls: 300, windowMs: 300_000 }
/** Of one webhook. */
const LOSANT_WINDOW = { name: 'losant', calls: 100, windowMs: 10_000 }

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
  const replies = stack.use(new Replies(db, overrides.replyMs))
  stack.use(hearChanges(db, { directories: [sources, flows], replies, events }))
  const { perAddress, perSource } = config.pace
  const ctx: IngestContext = {
    ...core,
    sources,
    flows,
    windows: {
      flow: stack.use(new SharedWindow(db, FLOW_WINDOW)),
      losant: stack.use(new SharedWindow(db, LOSANT_WINDOW)),
    },
    replies,
    templates: stack.use(new TemplateRenderer()),
    events,
    metrics,
    http: config.http,
    writer: stack.use(
      new MessageWriter({ db, clock, dispatch, localDelivery, batching: BATCHING }),
    ),
    requestLog: stack.use(new RequestLog(db)),
    convertBody: stack.use(new BodyConverter()).convert,
    snapshots: new ApplicationSnapshots(core),
    eventTypes: new JoinedEventTypes(db),
    refusals: new Pace(REFUSALS),
    addressPace: new Pace({ perSecond: perAddress, burst: 2 * perAddress }),
    sourcePace: new Pace({ perSecond: perSource, burst: 2 * perSource }),
    bodyRoom: new BodyRoom(),
    mayReadMetrics: createBearerCheck(config.http.metricsToken),
    ...openKeys(stack, config, overrides),
  }
  const resources = stack.move()
  return { ctx, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

function openKeys(
  stack: AsyncDisposableStack,
  { keyRefusals }: IngestConfig,
  { fetchKey, trustedRoots }: IngestOverrides,
): Pick<ReceiveContext, 'fetchKey' | 'trustedRoots'> {
  return {
    fetchKey: fetchKey ?? stack.use(createPinnedFetcher(keyRefusals)).fetch,
    ...(trustedRoots && { trustedRoots }),
  }
}

function openIngestDatabase(config: IngestConfig, logger: Logger): Database {
  const warn = seldom(logger.warn)
  return openDatabase({
    ...config.database,
    hotConnections: 5,
    ordinaryConnections: 6,
    applicationName: 'posthorn ingest',
    onConnectionError: (err) => warn({ err }, 'database.connection_lost'),
  })
}

interface Hearing extends Pick<IngestContext, 'replies' | 'events'> {
  readonly directories: readonly { forget: () => void }[]
}

function hearChanges(db: Database, { directories, replies, events }: Hearing): AsyncDisposable {
  const forgetAll = (): void => {
    for (const directory of directories) directory.forget()
  }
  return listenForChanges({
    directUrl: db.directUrl,
    onChange: (change) => {
      if (change.kind === 'source' || change.kind === 'application') forgetAll()
      if (change.kind === 'reply') replies.notice(change.messageId)
    },
    onGap: () => {
      forgetAll()
      replies.noticeAll()
    },
    onError: (err) => events.failed('listen', err),
  })
}
