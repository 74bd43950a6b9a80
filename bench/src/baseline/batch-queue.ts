import { createPostgresBackend, type Job, Queue, Worker } from 'bullmq'
import type { BaselineConfig } from './config.ts'

const NAME = 'deliveries'
const JOB_SLOTS = 8
const REDIS_PREFIX = 'bare-baseline'
const KEEP_NOTHING = { removeOnComplete: true, removeOnFail: true }

type Batch = { messageIds: string[] }
type Process = (job: Job<Batch>) => Promise<void>
type QueueConfig = BaselineConfig['queue']

/** One job per committed batch, on BullMQ's Redis or its Postgres backend. */
export async function openProducer(
  config: QueueConfig,
): Promise<(messageIds: string[]) => Promise<void>> {
  const queue = config.kind === 'redis' ? redisQueue(config.url) : postgresQueue(config.url)
  queue.on('error', () => {})
  await queue.waitUntilReady()
  return async (messageIds) => {
    await queue.add('batch', { messageIds }, KEEP_NOTHING)
  }
}

export async function startConsumer(
  config: QueueConfig,
  consume: (messageIds: string[]) => Promise<void>,
): Promise<void> {
  const process: Process = (job) => consume(job.data.messageIds)
  const worker =
    config.kind === 'redis' ? redisWorker(config.url, process) : postgresWorker(config.url, process)
  worker.on('error', () => {})
  await worker.waitUntilReady()
}

function redisQueue(url: string) {
  return new Queue(NAME, { connection: { url }, prefix: REDIS_PREFIX, skipMetasUpdate: true })
}

function postgresQueue(url: string) {
  return new Queue(NAME, { connection: postgresConnection(url) }, createPostgresBackend)
}

function redisWorker(url: string, process: Process) {
  const options = { connection: { url }, prefix: REDIS_PREFIX, concurrency: JOB_SLOTS }
  return new Worker(NAME, process, options)
}

function postgresWorker(url: string, process: Process) {
  const options = { connection: postgresConnection(url), concurrency: JOB_SLOTS }
  return new Worker(NAME, process, options, createPostgresBackend)
}

function postgresConnection(connectionString: string) {
  return { connectionString, max: 4, migrate: true }
}
