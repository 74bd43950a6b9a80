import { startReceiver, startRedisServer, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'

/** The names in a RESP answer to `KEYS *`. */
function namesIn(answer: string): string[] {
  return answer.split('\r\n').filter((line) => line !== '' && !/^[*$]\d+$/.test(line))
}

describe.runIf(REDIS_URL !== undefined)('a Redis in which somebody meddles', () => {
  it.each([
    ['is deleted', (key: string) => `DEL ${key}`],
    ['gets another type', (key: string) => `SET ${key} x`],
  ])('costs no message when each key of ours %s', { timeout: 90_000 }, async (_how, command) => {
    await using redis = await startRedisServer()
    await using pipeline = await startPipeline({ arrangement: 'redis', redisUrl: redis.url })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pipeline.publish()
    await waitFor('the first', () => receiver.requests.length === 1)
    const keys = namesIn(await redis.run('KEYS *'))
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) {
      if ((await redis.run(`EXISTS ${key}`)).startsWith(':1')) await redis.run(`DEL ${key}`)
      await redis.run(command(key))
      await pipeline.publish()
    }
    await waitFor(
      'all of them',
      async () => (await pipeline.tally())['delivered'] === keys.length + 1,
      30_000,
    )
    expect(receiver.requests).toHaveLength(keys.length + 1)
  })
})
