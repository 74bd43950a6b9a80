import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { BACKENDS, countArrivals, findUnaccounted, isSettled, startPlatform } from './kill-setup.ts'
import { expectScheduleKept, publishMany } from './kill-worker-steps.ts'

// A third of it where nothing else runs.
const TIMEOUT_MS = 240_000

describe.each(BACKENDS)('a worker that is killed again and again, on %s', (backend) => {
  it(
    'makes no more attempts than the schedule has, and repeats only what was in flight',
    { timeout: TIMEOUT_MS },
    () =>
      expectScheduleKept(backend, {
        messages: 60,
        kills: 2,
        schedule: [0.5, 0.5, 0.5],
        requestsBetween: 50,
      }),
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
