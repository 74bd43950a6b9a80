import { createPostgresBackend, type PgPool, type Processor, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { DEFAULT_PREFIX, POSTGRES_SCHEMA, QUEUE_NAME, type QueueBackend } from './backend.ts'
import { openPostgresPool } from './open-postgres-pool.ts'
import { patientPostgresBackend } from './patient-postgres-backend.ts'
import { type OpenQueue, ReopenedQueue } from './reopened-queue.ts'
import { withDeadline } from './with-deadline.ts'

const RECONNECT_MS = 1_000
const CLOSE_DEADLINE_MS = 2_000
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
  const connection = openPostgresPool(url)
  const queue = new Queue(QUEUE_NAME, { connection }, createPostgresBackend) as unknown as Queue
  return {
    queue,
    bytes: () => bytesOnDisk(connection),
    [Symbol.asyncDispose]: () => closeOnPostgres(queue, connection),
  }
}

async function bytesOnDisk(pool: PgPool): Promise<number | null> {
  const { rows } = await pool.query(
    `SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class
      WHERE relnamespace = '${POSTGRES_SCHEMA}'::regnamespace AND relkind = 'r'`,
  )
  return numberOrNull(rows[0]?.['bytes'])
}

async function bytesInMemory(redis: Redis): Promise<number | null> {
  const [, used] = /^used_memory:(\d+)/m.exec(await redis.info('memory')) ?? []
  return numberOrNull(used)
}

function numberOrNull(value: unknown): number | null {
  return value === undefined || value === null ? null : Number(value)
}

function openRedisQueue(backend: { readonly url: string; readonly prefix?: string }): OpenQueue {
  const connection = openRedis(backend.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  // BullMQ must wait for the connection (`skipWaitingForReady` off): its first command would fail on one
  // that is still being made, and that failure would be the answer to every later one.
  const queue = new Queue(QUEUE_NAME, { connection, prefix: prefixOf(backend) })
  return {
    queue,
    bytes: () => bytesInMemory(connection),
    [Symbol.asyncDispose]: () => closeOnRedis(queue, connection),
  }
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
  return { [Symbol.asyncDispose]: () => closeOnRedis(worker, connection) }
}

// BullMQ keeps the outcome of its first connection for good: a worker that runs after that failed spins
// without ever yielding to the event loop. So it runs only once ready; otherwise the start fails.
async function startPostgresWorker(
  url: string,
  processor: Processor,
  { options, onError }: { options: object; onError: (err: Error) => void },
): Promise<AsyncDisposable> {
  const connection = openPostgresPool(url)
  const worker = new Worker(
    QUEUE_NAME,
    processor,
    { ...options, connection, autorun: false },
    patientPostgresBackend,
  )
  worker.on('error', onError)
  try {
    await worker.waitUntilReady()
  } catch (err) {
    await withDeadline(closeOnPostgres(worker, connection), CLOSE_DEADLINE_MS)
    throw err
  }
  worker.run().catch(onError)
  return { [Symbol.asyncDispose]: () => closeOnPostgres(worker, connection) }
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

// A Redis that hangs would keep it, and the process, for ever: what waits for an answer then fails.
async function closeOnRedis(opened: Closable, connection: Redis): Promise<void> {
  await withDeadline(opened.close(), CLOSE_DEADLINE_MS)
  connection.disconnect()
}

async function closeOnPostgres(opened: Closable, connection: PgPool): Promise<void> {
  await opened.close()
  await connection.end()
}

interface Closable {
  close(): Promise<void>
}
