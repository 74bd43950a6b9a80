import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import {
  AttemptRecorder,
  type CoreContext,
  createEndpointDirectory,
  createVault,
  type EndpointDirectory,
  LeaseLedger,
} from '@posthorn/core'
import { type Database, openDatabase, startDatabaseClock } from '@posthorn/db'
import { type DeliveryQueue, migrateQueue, openDeliveryQueue } from '@posthorn/queue'
import { type Logger, seldom } from '@posthorn/runtime'
import { createSafeClient, type SafeClient } from '@posthorn/safe-http'
import { Registry } from 'prom-client'
import type { NotificationSender } from './alert/send-notification.ts'
import type { WorkerConfig } from './config.ts'
import { Capacity } from './delivery/capacity.ts'
import { PauseWatch } from './delivery/pause-watch.ts'
import { createWorkerEvents, type WorkerEvents } from './events.ts'
import { createTroubleHandler } from './maintenance/trouble-handler.ts'
import { createWorkerMetrics, type WorkerMetrics } from './metrics.ts'

/** All that the worker's parts are made of; disposed of in the opposite order. */
export interface WorkerContext extends CoreContext, AsyncDisposable {
  readonly config: WorkerConfig
  readonly workerId: string
  /** What people know this process by, and still do when it is gone. */
  readonly workerName: string
  readonly leaseSeconds: number
  readonly queue: DeliveryQueue
  readonly sender: SafeClient
  readonly capacity: Capacity
  readonly pause: PauseWatch
  readonly ledger: LeaseLedger
  readonly directory: EndpointDirectory
  readonly recorder: AttemptRecorder
  readonly notifications: NotificationSender
  readonly events: WorkerEvents
  readonly registry: Registry
  /** Set by the sweep that leads. */
  readonly lateness: { oldestDueSeconds: number }
  /** Called when an endpoint over its cap has room again. */
  readonly onRoom: Call
  /** Called when a receiver asked for its endpoint's end. */
  readonly onAskedDisabling: Call
}

/** Whoever answers it comes to be after who makes it. */
interface Call {
  notify: () => void
}

function newCall(): Call {
  return { notify: () => undefined }
}

/** A lease outlasts the longest attempt by so much. */
const LEASE_MARGIN_SECONDS = 5
const HOT_CONNECTIONS = 8

export async function createWorkerContext(
  config: WorkerConfig,
  logger: Logger,
): Promise<WorkerContext> {
  await using stack = new AsyncDisposableStack()
  const db = stack.use(openWorkerDatabase(config, logger))
  const clock = stack.use(await startDatabaseClock(db.hot))
  await migrateQueue(config.queue)
  const lateness = { oldestDueSeconds: 0 }
  const calls = { onRoom: newCall(), onAskedDisabling: newCall() }
  const capacity = new Capacity({ ...caps(config), onRoom: () => calls.onRoom.notify() })
  const queue = stack.use(openQueue(config, (err) => events.failed('queue', err)))
  const registry = new Registry()
  const metrics = createWorkerMetrics(registry, {
    inFlight: () => capacity.inFlight,
    oldestDueSeconds: () => lateness.oldestDueSeconds,
    queueWaitingIds: () => queue.waitingIds(),
    isPaused: () => pause.isPaused,
  })
  const events = createWorkerEvents(logger, metrics)
  const pause = await startPauseWatch(db, events)
  const core: CoreContext = { db, clock, vault: createVault(config.encryptionKeys) }
  const ledger = new LeaseLedger()
  const directory = createEndpointDirectory(core)
  const leaseSeconds = config.delivery.requestTimeoutSeconds + LEASE_MARGIN_SECONDS
  const recorder = createRecorder({ core, config, ledger, leaseSeconds, events, metrics, calls })
  const sender = stack.use(createSender(config))
  const notifications = await openNotifications(config, sender, stack)
  stack.use(recorder)
  const resources = stack.move()
  return {
    ...core,
    config,
    ...newIdentity(),
    leaseSeconds,
    queue,
    sender,
    capacity,
    pause,
    ledger,
    directory,
    recorder,
    notifications,
    events,
    registry,
    lateness,
    ...calls,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function newIdentity(): Pick<WorkerContext, 'workerId' | 'workerName'> {
  return { workerId: randomUUID(), workerName: `${hostname()}:${process.pid}` }
}

function openQueue({ queue: backend }: WorkerConfig, onError: (err: Error) => void): DeliveryQueue {
  return openDeliveryQueue({ backend, onError })
}

async function openNotifications(
  { smtp, consoleUrl }: WorkerConfig,
  sender: SafeClient,
  stack: AsyncDisposableStack,
): Promise<NotificationSender> {
  if (smtp === null) return { sender, mailer: null, consoleUrl }
  // Loaded only where there is a mail server.
  const { createMailer } = await import('./alert/mailer.ts')
  return { sender, mailer: stack.use(createMailer(smtp)), consoleUrl }
}

/** Known before anything is claimed: a worker that starts while deliveries are paused begins none. */
async function startPauseWatch(db: Database, events: WorkerEvents): Promise<PauseWatch> {
  const pause = new PauseWatch({ db, onChange: (isPaused) => events.deliveriesPaused(isPaused) })
  await pause.look()
  return pause
}

interface RecorderParts {
  readonly core: CoreContext
  readonly config: WorkerConfig
  readonly ledger: LeaseLedger
  readonly leaseSeconds: number
  readonly events: WorkerEvents
  readonly metrics: WorkerMetrics
  readonly calls: Pick<WorkerContext, 'onAskedDisabling'>
}

function createRecorder({
  core,
  config,
  events,
  metrics,
  calls,
  ...rest
}: RecorderParts): AttemptRecorder {
  const { breakerAfterSeconds, disableAfterSeconds } = config.delivery
  return new AttemptRecorder({
    ...core,
    ...rest,
    breakerAfterSeconds,
    onTrouble: createTroubleHandler(core, { events, disableAfterSeconds }),
    onAskedDisabling: () => calls.onAskedDisabling.notify(),
    onBatch: (attempts) => metrics.recordBatch(attempts),
    onError: (err) => events.failed('record', err),
  })
}

function openWorkerDatabase(config: WorkerConfig, logger: Logger): Database {
  const warn = seldom(logger.warn)
  return openDatabase({
    ...config.database,
    hotConnections: HOT_CONNECTIONS,
    ordinaryConnections: 4,
    applicationName: 'posthorn worker',
    onConnectionError: (err) => warn({ err }, 'database.connection_lost'),
  })
}

function caps({ delivery }: WorkerConfig): {
  maxInFlight: number
  maxPerEndpoint: number
  maxPerHost: number
} {
  const { maxInFlight } = delivery
  return {
    maxInFlight,
    maxPerEndpoint: Math.max(4, Math.floor(maxInFlight / 2)),
    maxPerHost: Math.max(4, Math.floor((maxInFlight * 3) / 4)),
  }
}

function createSender({ safety, delivery }: WorkerConfig): SafeClient {
  return createSafeClient({
    ...safety.urlPolicy,
    trustedCa: safety.trustedCa,
    maxConnectionsPerOrigin: Math.max(4, Math.floor((delivery.maxInFlight * 3) / 4)),
    ...(safety.dnsServers.length > 0 && { dns: { servers: [...safety.dnsServers] } }),
  })
}
