import { createLogger } from '@posthorn/runtime'
import { type RedisServer, startReceiver, startRedisServer, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'

/** The names in a RESP answer to `KEYS *`. */
function namesIn(answer: string): string[] {
  return answer.split('\r\n').filter((line) => line !== '' && !/^[*$]\d+$/.test(line))
}

async function memoryOf(redis: RedisServer): Promise<number> {
  const [, bytes] = /used_memory:(\d+)/.exec(await redis.run('INFO memory')) ?? []
  return Number(bytes)
}

const HEALED_MS = 15_000
const MAX_LINES_A_SECOND = 10
const MAX_GROWTH_BYTES = 2 * 1024 * 1024

describe.runIf(REDIS_URL !== undefined)('a Redis in which somebody meddles', () => {
  it.each([
    ['is deleted', (key: string) => `DEL ${key}`],
    ['gets another type', (key: string) => `SET ${key} x`],
  ])(
    'costs no message, few lines and no memory when each key of ours %s',
    { timeout: 90_000 },
    async (_how, command) => {
      await using redis = await startRedisServer()
      const lines: string[] = []
      const destination = { write: (line: string) => void lines.push(line) }
      const logger = createLogger({ name: 'worker', level: 'warn', destination })
      await using pipeline = await startPipeline({
        arrangement: 'redis',
        redisUrl: redis.url,
        logger,
      })
      await using receiver = await startReceiver()
      await pipeline.addEndpoint(receiver.url)
      await pipeline.publish()
      await waitFor('the first', () => receiver.requests.length === 1)
      const beganAtMs = performance.now()
      const bytes = await memoryOf(redis)
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
        HEALED_MS,
      )
      expect(receiver.requests).toHaveLength(keys.length + 1)
      const seconds = Math.ceil((performance.now() - beganAtMs) / 1000)
      expect(lines.length).toBeLessThanOrEqual(MAX_LINES_A_SECOND * seconds)
      expect((await memoryOf(redis)) - bytes).toBeLessThan(MAX_GROWTH_BYTES)
    },
  )
})
