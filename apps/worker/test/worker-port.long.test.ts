import { setTimeout as pause } from 'node:timers/promises'
import {
  freePort,
  type PostgresRelay,
  startPostgresRelay,
  startRedisServer,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type PipelineOptions, REDIS_URL, startPipeline } from './pipeline.ts'

const SILENT_MS = 60_000
const SOON_MS = 5_000
/** While nothing goes through it, a queue is looked at every five seconds. */
const NOTICED_MS = 10_000

/** A worker with a port of its own, and what it says there. */
async function startWatched(options: PipelineOptions) {
  const port = await freePort()
  const env = { POSTHORN_WORKER_PORT: String(port) }
  const pipeline = await startPipeline({ ...options, env })
  const ask = async (path: string, withinMs: number): Promise<number> => {
    const signal = AbortSignal.timeout(withinMs)
    return (await fetch(`http://127.0.0.1:${port}/api/v1/health/${path}`, { signal })).status
  }
  return {
    isReady: () => ask('ping', 5_000),
    isAlive: () => ask('live', 1_000),
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  }
}

type Watched = Awaited<ReturnType<typeof startWatched>>

async function expectPatience(worker: Watched, noticedMs: number): Promise<void> {
  await expect.poll(worker.isReady, { timeout: noticedMs }).toBe(503)
  const untilMs = performance.now() + SILENT_MS
  while (performance.now() < untilMs) {
    await pause(1_000)
    expect(await Promise.all([worker.isAlive(), worker.isReady()])).toEqual([204, 503])
  }
}

describe('a worker', () => {
  it('whose database is silent for a minute is alive, not ready, and ready again soon after', async () => {
    await using stack = new AsyncDisposableStack()
    let relay: PostgresRelay | undefined
    const reach = async (url: string): Promise<string> => {
      relay = stack.use(await startPostgresRelay(url))
      return relay.url
    }
    await using worker = await startWatched({ reach })
    expect(await worker.isReady()).toBe(204)
    relay?.set('silent')
    await expectPatience(worker, SOON_MS)
    relay?.set('up')
    await expect.poll(worker.isReady, { timeout: SOON_MS }).toBe(204)
  })

  it.runIf(REDIS_URL !== undefined)(
    'whose Redis is frozen for a minute is alive, not ready, and ready again soon after',
    async () => {
      await using redis = await startRedisServer()
      await using worker = await startWatched({ arrangement: 'redis', redisUrl: redis.url })
      await expect.poll(worker.isReady, { timeout: SOON_MS }).toBe(204)
      redis.freeze()
      await expectPatience(worker, NOTICED_MS)
      redis.thaw()
      await expect.poll(worker.isReady, { timeout: SOON_MS }).toBe(204)
    },
  )
})
