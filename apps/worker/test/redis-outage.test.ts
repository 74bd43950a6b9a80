import { startReceiver, startRedisServer, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'

/** Its job is waited for for five seconds, a look for work comes each second, and here a retry or two 200 ms later. */
const BY_A_SWEEP_MS = 15_000

// A Redis of its own, since it is emptied and stopped; where CI has none, these are not among the tests.
describe.runIf(REDIS_URL !== undefined)('Redis', () => {
  it('emptied under way loses nothing, and delays it by a sweep at most', async () => {
    await using redis = await startRedisServer()
    await using pipeline = await startPipeline({ arrangement: 'redis', redisUrl: redis.url })
    await using receiver = await startReceiver()
    receiver.replies(503, 503, 503, 503, 503, 200)
    await pipeline.addEndpoint(receiver.url)
    const ids: string[] = []
    for (let round = 0; round < 5; round++) {
      ids.push(...(await Promise.all(Array.from({ length: 20 }, () => pipeline.publish()))))
      await redis.run('FLUSHALL')
    }
    await waitFor(
      'all of them',
      async () => (await pipeline.tally())['delivered'] === ids.length,
      BY_A_SWEEP_MS,
    )
  })

  it('away delays nothing that is accepted by more than a sweep, and is used again when it returns', async () => {
    await using redis = await startRedisServer()
    await using pipeline = await startPipeline({ arrangement: 'redis', redisUrl: redis.url })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await redis.stop()
    const beganAtMs = performance.now()
    const away = await Promise.all(Array.from({ length: 20 }, () => pipeline.publish()))
    expect(performance.now() - beganAtMs).toBeLessThan(5_000)
    await waitFor('those published without Redis', () => receiver.requests.length === away.length)
    await waitFor('its absence', () => !pipeline.dispatch.isReachable())
    const ref = { messageId: 'msg_1', endpointId: 'ep_1', trigger: 'scheduled' } as const
    expect(pipeline.dispatch.dispatch([ref])).toBe(0)
    await redis.start()
    await waitFor('the queue', () => pipeline.dispatch.isReachable())
    const back = await pipeline.publish()
    await waitFor('the one through Redis', () => receiver.of(back).length === 1)
  })

  it('back empty, after a worker started without it and with the receiver down meanwhile, has lost nothing', async () => {
    await using redis = await startRedisServer()
    await using pipeline = await startPipeline({
      arrangement: 'redis',
      redisUrl: redis.url,
      env: { POSTHORN_RETRY_SCHEDULE: '1,1,1,1,1,1,1,1', POSTHORN_BREAKER_AFTER: '0' },
    })
    await using receiver = await startReceiver()
    receiver.replies(503)
    await pipeline.addEndpoint(receiver.url)
    await redis.stop()
    const ids = await Promise.all(Array.from({ length: 100 }, () => pipeline.publish()))
    await pipeline.stopWorker()
    await pipeline.startAnotherWorker()
    await waitFor('failed attempts', () => receiver.requests.length >= ids.length)
    expect(await pipeline.tally()).toEqual({ pending: ids.length })
    receiver.replies(200)
    await redis.start()
    await waitFor('all of them', async () => (await pipeline.tally())['delivered'] === ids.length)
  })
})
