import { randomUUID } from 'node:crypto'
import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import {
  BACKENDS,
  countArrivals,
  findUnaccounted,
  isSettled,
  type Platform,
  startPlatform,
} from './kill-setup.ts'

// A third of it where nothing else runs.
const TIMEOUT_MS = 240_000

const publishMany = (platform: Platform, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, n) => (await platform.publish(n, randomUUID())).id),
  )

describe.each(BACKENDS)('a worker that is killed again and again, on %s', (backend) => {
  it(
    'makes no more attempts than the schedule has, and repeats only what was in flight',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, ['api', 'worker'], {
        env: { POSTHORN_RETRY_SCHEDULE: '0.5,0.5,0.5', POSTHORN_BREAKER_AFTER: '0' },
      })
      platform.receiver.replies(500)
      const ids = await publishMany(platform, 60)
      for (let kill = 1; kill <= 2; kill++) {
        await waitFor('some attempts', () => platform.receiver.requests.length > kill * 50)
        await platform.processes.kill('worker')
        await platform.processes.start('worker')
      }
      await waitFor('every delivery settled', () => isSettled(platform), 40_000)
      const { rows } = await platform.db.hot.query<{ id: string; attempts: number; lost: number }>(
        `SELECT d.message_id AS id, d.attempt_count AS attempts, d.lost_count AS lost
           FROM delivery d WHERE d.status = 'failed'`,
      )
      expect(rows).toHaveLength(ids.length)
      const arrivals = countArrivals(platform.receiver)
      // A lost attempt spends a step, and its request may or may not have arrived.
      for (const { id, attempts, lost } of rows) {
        expect(attempts).toBe(4)
        expect(arrivals.get(id)).toBeLessThanOrEqual(4)
        expect(arrivals.get(id)).toBeGreaterThanOrEqual(4 - lost)
      }
    },
  )
})

describe('a worker that is frozen past its lease', () => {
  it(
    'is replaced within seconds, and what it records when it thaws counts for nothing',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform('postgres', ['api', 'worker'])
      // Two processes with one role: the second takes over when the first one stands still.
      await platform.processes.start(' worker')
      platform.receiver.replies('hang', 'hang', 'hang', 'hang', 200)
      await publishMany(platform, 4)
      await waitFor('them in flight', () => platform.receiver.requests.length === 4)
      platform.processes.signal('worker', 'SIGSTOP')
      const more = await publishMany(platform, 10)
      const arrived = () => more.every((id) => countArrivals(platform.receiver).has(id))
      await waitFor('those published meanwhile', arrived)
      await waitFor('every delivery settled', () => isSettled(platform), 40_000)
      platform.processes.signal('worker', 'SIGCONT')
      const after = await platform.publish(99, 'after')
      await waitFor('a last one', () => countArrivals(platform.receiver).has(after.id))
      await waitFor('every delivery settled again', () => isSettled(platform), 40_000)
      const { rows } = await platform.db.hot.query(
        `SELECT 1 FROM delivery WHERE status <> 'delivered'`,
      )
      expect(rows).toEqual([])
      expect(await findUnaccounted(platform)).toEqual([])
    },
  )
})
