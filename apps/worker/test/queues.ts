import { startRedisServer } from '@posthorn/test-kit'
import { type PipelineOptions, REDIS_URL, startPipeline } from './pipeline.ts'

type Environment = PipelineOptions['env']

async function onPostgres(env?: Environment) {
  const pipeline = await startPipeline({ arrangement: 'postgres', ...(env && { env }) })
  return {
    pipeline,
    hasJobs: async () => (await pipeline.db.hot.query('SELECT FROM bullmq.job')).rows.length > 0,
    emptyQueue: () => pipeline.db.hot.query('TRUNCATE bullmq.job CASCADE'),
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  }
}

async function onRedis(env?: Environment) {
  await using stack = new AsyncDisposableStack()
  // Of its own, since it is emptied.
  const redis = stack.use(await startRedisServer())
  const options = { arrangement: 'redis', redisUrl: redis.url, ...(env && { env }) } as const
  const pipeline = stack.use(await startPipeline(options))
  const resources = stack.move()
  return {
    pipeline,
    hasJobs: async () => (await redis.run('KEYS *:deliveries:wait')).includes(':wait'),
    emptyQueue: () => redis.run('FLUSHALL'),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** A pipeline with its worker apart, on each queue that may be emptied: Redis where CI has one. */
export const QUEUES = [
  { name: 'Postgres', open: onPostgres },
  ...(REDIS_URL === undefined ? [] : [{ name: 'Redis', open: onRedis }]),
]
