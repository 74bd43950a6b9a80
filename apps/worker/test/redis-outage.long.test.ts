import { setTimeout as pause } from 'node:timers/promises'
import { startReceiver, startRedisServer, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'

const RECEIVER_BACK_MS = 20_000
const REDIS_BACK_MS = 90_000
const LATEST_MS = 60_000

describe.runIf(REDIS_URL !== undefined)('Redis away for a minute and a half', () => {
  it.each(['as it was', 'empty'])(
    'and back %s, with the receiver down for 20 s of it: all that was accepted arrives, and none counts as failed',
    async (back) => {
      await using redis = await startRedisServer()
      await using pipeline = await startPipeline({ arrangement: 'redis', redisUrl: redis.url })
      await using receiver = await startReceiver()
      receiver.replies(503)
      await pipeline.addEndpoint(receiver.url, { retrySchedule: Array(20).fill(5) })
      await redis.stop()
      const ids = await Promise.all(Array.from({ length: 100 }, () => pipeline.publish()))
      await pause(RECEIVER_BACK_MS)
      expect(await pipeline.tally()).toEqual({ pending: ids.length })
      receiver.replies(200)
      await pause(REDIS_BACK_MS - RECEIVER_BACK_MS)
      expect((await pipeline.tally())['failed']).toBeUndefined()
      await redis.start()
      if (back === 'empty') await redis.run('FLUSHALL')
      const allArrived = async () => (await pipeline.tally())['delivered'] === ids.length
      await waitFor('all of them', allArrived, LATEST_MS)
    },
  )
})
