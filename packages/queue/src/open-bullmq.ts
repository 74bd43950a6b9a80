import { createPostgresBackend, type Processor, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { DEFAULT_PREFIX, POSTGRES_SCHEMA, QUEUE_NAME, type QueueBackend } from './backend.ts'
import { patientPostgresBackend } from './patient-postgres-backend.ts'
import { type OpenQueue, ReopenedQueue } from './reopened-queue.ts'
import { withDeadline } from './with-deadline.ts'

const POSTGRES_CONNECTIONS = 3
const RECONNECT_MS = 1_000
const CLOSE_DEADLINE_MS = 2_000
const CONNECT_TIMEOUT_MS = 5_000
const QUERY_TIMEOUT_MS = 10_000
// A crashed worker's job comes back after its lock and one check; what it held is due again even sooner.
const STALLED = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000 }

/** A producer fails at once once its backend goes away; before its first connection, what it adds waits. */
export function openBullQueue(backend: QueueBackend, onError: (err: Error) => void): OpenQueue {
  return new ReopenedQueue(
    () => (backend.kind === 'postgres' ? openPostgresQueue(backend.url) : openRedisQueue(backend)),
    onError,
  )
}

function openPostgresQueue(url: string): OpenQueue {
  const queue = new Queue(
    QUEUE_NAME,
    { connection: postgresOptions(url) },
    createPostgresBackend,
  ) as unknown as Queue
  return { queue, [Symbol.asyncDispose]: () => queue.close() }
}

function openRedisQueue(backend: { readonly url: string; readonly prefix?: string }): OpenQueue {
  const connection = openRedis(backend.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  // BullMQ must wait for the connection (`skipWaitingForReady` off): its first command would fail on one
  // that is still being made, and that failure would be the answer to every later one.
  const queue = new Queue(QUEUE_NAME, { connection, prefix: prefixOf(backend) })
  return { queue, [Symbol.asyncDispose]: () => closeQueue(queue, connection) }
}

interface WorkerSettings {
  readonly concurrency: number
  readonly onError: (err: Error) => void
}

export async function openBullWorker(
  backend: QueueBackend,
  processor: Processor,
  { concurrency, onError }: WorkerSettings,
): Promise<AsyncDisposable> {
  const options = { concurrency, ...STALLED, runRetryDelay: RECONNECT_MS }
  if (backend.kind === 'postgres') {
    return startPostgresWorker(backend.url, processor, { options, onError })
  }
  const connection = openRedis(backend.url, { maxRetriesPerRequest: null })
  const worker = new Worker(QUEUE_NAME, processor, {
    ...options,
    connection,
    prefix: prefixOf(backend),
  })
  worker.on('error', onError)
  return { [Symbol.asyncDispose]: () => closeWorker(worker, connection) }
}

// BullMQ keeps the outcome of its first connection for good: a worker that runs after that failed spins
// without ever yielding to the event loop. So it runs only once ready; otherwise the start fails.
async function startPostgresWorker(
  url: string,
  processor: Processor,
  { options, onError }: { options: object; onError: (err: Error) => void },
): Promise<AsyncDisposable> {
  const worker = new Worker(
    QUEUE_NAME,
    processor,
    { ...options, connection: postgresOptions(url), autorun: false },
    patientPostgresBackend,
  )
  worker.on('error', onError)
  try {
    await worker.waitUntilReady()
  } catch (err) {
    await withDeadline(worker.close(), CLOSE_DEADLINE_MS)
    throw err
  }
  worker.run().catch(onError)
  return { [Symbol.asyncDispose]: () => worker.close() }
}

// Its own pool: it sets its own search_path.
function postgresOptions(url: string) {
  return {
    connectionString: url,
    max: POSTGRES_CONNECTIONS,
    schema: POSTGRES_SCHEMA,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  }
}

function prefixOf(backend: { readonly prefix?: string }): string {
  return backend.prefix ?? DEFAULT_PREFIX
}

function openRedis(
  url: string,
  options: { enableOfflineQueue?: boolean; maxRetriesPerRequest: number | null },
): Redis {
  const redis = new Redis(url, {
    ...options,
    retryStrategy: () => RECONNECT_MS,
    reconnectOnError: isFailover,
  })
  redis.on('error', () => undefined)
  return redis
}

// A demoted primary answers READONLY: connect anew, to whoever is primary now.
function isFailover(err: Error): boolean {
  return err.message.startsWith('READONLY')
}

async function closeQueue(queue: Queue, connection: Redis): Promise<void> {
  await queue.close()
  connection.disconnect()
}

async function closeWorker(worker: Worker, connection: Redis): Promise<void> {
  await worker.close()
  connection.disconnect()
}
