import { startReceiver, startRedisServer, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'
import { watchRate } from './watch-rate.ts'

async function onPostgres() {
  const pipeline = await startPipeline({ arrangement: 'postgres' })
  return {
    pipeline,
    emptyQueue: () => pipeline.db.hot.query('TRUNCATE bullmq.job CASCADE'),
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  }
}

async function onRedis() {
  await using stack = new AsyncDisposableStack()
  // Of its own, since it is emptied.
  const redis = stack.use(await startRedisServer())
  const pipeline = stack.use(await startPipeline({ arrangement: 'redis', redisUrl: redis.url }))
  const resources = stack.move()
  return {
    pipeline,
    emptyQueue: () => redis.run('FLUSHALL'),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

const QUEUES = [
  { name: 'Postgres', open: onPostgres },
  ...(REDIS_URL === undefined ? [] : [{ name: 'Redis', open: onRedis }]),
]

describe.each(QUEUES)('a queue emptied with a paced backlog, on $name', ({ open }) => {
  it('leaves the rate limit in force, and loses nothing', async () => {
    await using bundle = await open()
    const { pipeline, emptyQueue } = bundle
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url, { rate: 10 })
    await using rate = watchRate(receiver, 10, pipeline.db.hot)
    await Promise.all(Array.from({ length: 25 }, () => pipeline.publish()))
    await waitFor('the first', () => receiver.requests.length >= 3)
    await emptyQueue()
    await waitFor('all of them', () => receiver.requests.length === 25)
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
  })
})
