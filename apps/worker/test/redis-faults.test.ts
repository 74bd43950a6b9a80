import { type RedisServer, startReceiver, startRedisServer, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'

interface Fault {
  readonly name: string
  readonly begin: (redis: RedisServer) => unknown
  readonly end: (redis: RedisServer) => unknown
}

const FAULTS: readonly Fault[] = [
  { name: 'down', begin: (redis) => redis.stop(), end: (redis) => redis.start() },
  { name: 'frozen', begin: (redis) => redis.freeze(), end: (redis) => redis.thaw() },
  {
    name: 'full',
    begin: (redis) => redis.run('CONFIG SET maxmemory 1'),
    end: (redis) => redis.run('CONFIG SET maxmemory 0'),
  },
  {
    name: 'read-only',
    begin: (redis) => redis.run('REPLICAOF 127.0.0.1 1'),
    end: (redis) => redis.run('REPLICAOF NO ONE'),
  },
]

/** A blocked look for jobs takes five seconds: longer than that, so that it falls into the fault. */
const FAULT_MS = 6_000
/** What was just published is left to the queue for two seconds at least. */
const BEFORE_ANY_SWEEP_MS = 1_500

async function setup() {
  await using stack = new AsyncDisposableStack()
  const redis = stack.use(await startRedisServer())
  const receiver = stack.use(await startReceiver())
  const pipeline = stack.use(await startPipeline({ arrangement: 'redis', redisUrl: redis.url }))
  await pipeline.addEndpoint(receiver.url)
  const resources = stack.move()
  const deliver = async (count: number): Promise<void> => {
    const ids = await Promise.all(Array.from({ length: count }, () => pipeline.publish()))
    const hasArrived = (id: string): boolean => receiver.of(id).length > 0
    await waitFor('those published', () => ids.every(hasArrived), 25_000)
  }
  return {
    redis,
    receiver,
    pipeline,
    deliver,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

// A Redis of its own, since it is broken; where CI has none, these are not among the tests.
describe.runIf(REDIS_URL !== undefined)('Redis', () => {
  it.concurrent.each(FAULTS)(
    '$name loses and doubles nothing, and is used again as soon as that ends',
    { timeout: 90_000 },
    async ({ begin, end }) => {
      await using bundle = await setup()
      await bundle.deliver(20)
      await begin(bundle.redis)
      const endsAtMs = performance.now() + FAULT_MS
      while (performance.now() < endsAtMs) await bundle.deliver(20)
      await end(bundle.redis)
      await waitFor('the queue', () => bundle.pipeline.dispatch.isReachable())
      await waitFor(
        'a delivery sooner than any sweep',
        async () => {
          const publishedAtMs = performance.now()
          await bundle.deliver(1)
          return performance.now() - publishedAtMs < BEFORE_ANY_SWEEP_MS
        },
        30_000,
      )
      const ids = new Set(bundle.receiver.requests.map((request) => request.messageId))
      expect(ids.size).toBe(bundle.receiver.requests.length)
    },
  )
})
