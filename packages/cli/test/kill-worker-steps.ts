import { randomUUID } from 'node:crypto'
import { waitFor } from '@posthorn/test-kit'
import { expect } from 'vitest'
import {
  type Backend,
  countArrivals,
  isSettled,
  type Platform,
  startPlatform,
} from './kill-setup.ts'

export interface WorkerKills {
  readonly messages: number
  readonly kills: number
  /** Seconds between the attempts of a message. */
  readonly schedule: readonly number[]
  /** So many requests come between one kill and the next. */
  readonly requestsBetween: number
}

export const publishMany = (platform: Platform, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, n) => (await platform.publish(n, randomUUID())).id),
  )

/** Kills a worker again and again while all fails, and looks whether more was sent than the schedule and the kills explain. */
export async function expectScheduleKept(backend: Backend, asked: WorkerKills): Promise<void> {
  const { messages, kills, schedule, requestsBetween } = asked
  await using platform = await startPlatform(backend, ['api', 'worker'], {
    env: { POSTHORN_RETRY_SCHEDULE: schedule.join(','), POSTHORN_BREAKER_AFTER: '0' },
  })
  platform.receiver.replies(500)
  const ids = await publishMany(platform, messages)
  for (let kill = 1; kill <= kills; kill++) {
    const enough = kill * requestsBetween
    await waitFor('some attempts', () => platform.receiver.requests.length > enough, 60_000)
    await platform.processes.kill('worker')
    await platform.processes.start('worker')
  }
  await waitFor('every delivery settled', () => isSettled(platform), 90_000)
  const { rows } = await platform.db.hot.query<{ id: string; attempts: number; lost: number }>(
    `SELECT d.message_id AS id, d.attempt_count AS attempts, d.lost_count AS lost
       FROM delivery d WHERE d.status = 'failed'`,
  )
  expect(rows).toHaveLength(ids.length)
  const arrivals = countArrivals(platform.receiver)
  const most = schedule.length + 1
  // A lost attempt spends a step, and its request may or may not have arrived.
  for (const { id, attempts, lost } of rows) {
    expect(attempts).toBe(most)
    expect(arrivals.get(id)).toBeLessThanOrEqual(most)
    expect(arrivals.get(id)).toBeGreaterThanOrEqual(most - lost)
  }
}
