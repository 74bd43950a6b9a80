import { setTimeout as pause } from 'node:timers/promises'
import { startPostgresRelay, startRedisServer } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { sendAs, setupApi } from './api-setup.ts'
import { startTestApi } from './test-api.ts'

const SECONDS = 60
const BACK_MS = 5_000

/** Asks at every second how it is; each answer with how long it took. */
async function watchHealth(url: string) {
  const send = sendAs(url, '')
  const asked: Promise<{ live: number; ready: number; liveMs: number; readyMs: number }>[] = []
  const timed = async (path: string) => {
    const beganAtMs = performance.now()
    const { status } = await send('GET', path)
    return { status, ms: performance.now() - beganAtMs }
  }
  for (let second = 0; second < SECONDS; second++) {
    const both = Promise.all([timed('/health/live'), timed('/health/ping')])
    asked.push(
      both.then(([live, ready]) => ({
        live: live.status,
        liveMs: live.ms,
        ready: ready.status,
        readyMs: ready.ms,
      })),
    )
    await pause(1_000)
  }
  return Promise.all(asked)
}

describe('a database that is silent for a minute', () => {
  it('leaves the api alive within a second, not ready within five, and ready soon after', async () => {
    const { databaseUrl } = await setupApi()
    await using relay = await startPostgresRelay(databaseUrl)
    await using api = await startTestApi({ databaseUrl: relay.url })
    relay.set('silent')
    for (const { live, liveMs, ready, readyMs } of await watchHealth(api.url)) {
      expect([live, ready]).toEqual([204, 503])
      expect(liveMs).toBeLessThan(1_000)
      expect(readyMs).toBeLessThan(5_000)
    }
    relay.set('up')
    const ready = async () => (await sendAs(api.url, '')('GET', '/health/ping')).status
    await expect.poll(ready, { timeout: BACK_MS }).toBe(204)
  })
})

describe.runIf(process.env['REDIS_URL'] !== undefined)(
  'a Redis that is frozen for a minute',
  () => {
    it('leaves the api alive and ready, and publishing', async () => {
      const { databaseUrl, send, token } = await setupApi()
      await send('POST', '/app', { body: { name: 'One', uid: 'one' } })
      await using redis = await startRedisServer()
      await using api = await startTestApi({ databaseUrl, env: { REDIS_URL: redis.url } })
      redis.freeze()
      for (const { live, ready } of await watchHealth(api.url))
        expect([live, ready]).toEqual([204, 204])
      const message = { body: { eventType: 'a.b', payload: {} } }
      expect((await sendAs(api.url, token)('POST', '/app/one/msg', message)).status).toBe(202)
      redis.thaw()
    })
  },
)
