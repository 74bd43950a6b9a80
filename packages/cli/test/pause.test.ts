import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { BACKENDS, countArrivals, isSettled, type Platform, startPlatform } from './kill-setup.ts'

// A tenth of it where nothing else runs.
const TIMEOUT_MS = 480_000
const MANY = 30

const publishMany = (platform: Platform, name: string) =>
  Promise.all(
    Array.from({ length: MANY }, async (_, n) => (await platform.publish(n, `${name}-${n}`)).id),
  )

/** As many workers as are meant to live say of themselves that they have heard. */
async function untilHeard({ db }: Platform, workers: number): Promise<void> {
  await waitFor(`${workers} workers that have heard`, async () => {
    const { rows } = await db.hot.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM worker WHERE is_paused AND seen_at > now() - interval '5 seconds'`,
    )
    return rows[0]?.n === workers
  })
}

/** Longer due than any sweep takes to find it, by the clock that due times are read on. */
async function untilLongOverdue({ db }: Platform, count: number): Promise<void> {
  await waitFor(`${count} long overdue`, async () => {
    const { rows } = await db.hot.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM delivery
        WHERE wait = 'time' AND next_attempt_at < now() - interval '2 seconds'`,
    )
    return rows[0]?.n === count
  })
}

// Roles together (what is published is leased by the insert) beside a worker of its own (by the queue).
const GROUPS = ['api,worker', 'worker']

describe.each(BACKENDS)('deliveries that are paused, on %s', (backend) => {
  it(
    'stay paused through killed and started processes, and arrive exactly once when resumed',
    { timeout: TIMEOUT_MS },
    async () => {
      await using platform = await startPlatform(backend, GROUPS, {
        env: { POSTHORN_REQUEST_TIMEOUT: '60' },
      })
      const { receiver, processes, call } = platform
      const before = await publishMany(platform, 'before')
      await waitFor('what came before', () => isSettled(platform))
      await call('POST', '/installation/deliveries/pause', { reason: 'A drill at 3 a.m.' })
      await untilHeard(platform, GROUPS.length)
      const first = await publishMany(platform, 'first')
      await untilLongOverdue(platform, MANY)
      for (const roles of GROUPS) await processes.kill(roles)
      for (const roles of GROUPS) await processes.start(roles)
      const second = await publishMany(platform, 'second')
      await untilHeard(platform, GROUPS.length)
      await untilLongOverdue(platform, 2 * MANY)
      expect(receiver.requests).toHaveLength(MANY)
      expect(await platform.posthorn('deliveries', 'status')).toContain('A drill at 3 a.m.')
      expect(await platform.posthorn('deliveries', 'resume')).toContain('Deliveries go out')
      await waitFor('every delivery settled', () => isSettled(platform))
      const arrivals = countArrivals(receiver)
      for (const id of [...before, ...first, ...second]) expect(arrivals.get(id)).toBe(1)
      expect(receiver.requests).toHaveLength(3 * MANY)
      const { rows } = await platform.db.hot.query(
        `SELECT 1 FROM delivery WHERE status <> 'delivered' OR attempt_count <> 1 OR lost_count <> 0`,
      )
      expect(rows).toEqual([])
    },
  )
})
