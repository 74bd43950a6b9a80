import { claimTask, recoverEndpoint, runTaskSlice } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

/** More than one slice of a task. */
const FAILED = 1_200
const RETRYING = 20

async function publishMany(pipeline: Pipeline, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(200, count - ids.length) }, () =>
      pipeline.publish(),
    )
    ids.push(...(await Promise.all(batch)))
  }
  return ids
}

async function scheduleOf(pipeline: Pipeline, ids: readonly string[]) {
  const { rows } = await pipeline.db.hot.query(
    `SELECT message_id, status, attempt_count, next_attempt_at, wait FROM delivery
      WHERE message_id = ANY ($1) ORDER BY message_id, trigger`,
    [ids],
  )
  return rows
}

describe('recover during retries, killed midway and asked twice', () => {
  it('leaves the schedule alone, and sends no message twice', { timeout: 90_000 }, async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_BREAKER_AFTER: '0' } })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url, { retrySchedule: [] })
    const failed = await publishMany(pipeline, FAILED)
    await waitFor('the failures', async () => (await pipeline.tally())['failed'] === FAILED, 40_000)
    await pipeline.db.hot.query('UPDATE endpoint SET retry_schedule = $2 WHERE id = $1', [
      endpointId,
      [600],
    ])
    await pipeline.db.hot.query('UPDATE endpoint SET version = version + 1 WHERE id = $1', [
      endpointId,
    ])
    await pipeline.db.hot.query('UPDATE application SET version = version + 1 WHERE id = $1', [
      pipeline.app.appId,
    ])
    const retrying = await publishMany(pipeline, RETRYING)
    await waitFor('their first attempts', async () => {
      const rows = await scheduleOf(pipeline, retrying)
      return rows.length === RETRYING && rows.every((row) => row.wait === 'time')
    })
    const schedule = await scheduleOf(pipeline, retrying)
    await pipeline.stopWorker()
    receiver.replies(200)

    const since = new Date(pipeline.core.clock.nowMs() - 3_600_000)
    const ask = () =>
      recoverEndpoint(pipeline.core, pipeline.scope, { idOrUid: endpointId, since, until: null })
    await ask()
    const begun = await claimTask(pipeline.core)
    if (begun === null) throw new Error('There is no task.')
    expect(await runTaskSlice(pipeline.core, begun)).toBe('more')
    // Whoever was at it is gone, and its lease ends.
    await pipeline.db.hot.query('UPDATE background_task SET leased_until = now()')
    await ask()
    await pipeline.startAnotherWorker()

    const once = () => failed.every((id) => receiver.of(id).length >= 2)
    await waitFor('each of them once more', once, 40_000)
    await waitFor('the end of both tasks', async () => {
      const { rows } = await pipeline.db.hot.query(
        `SELECT 1 FROM background_task WHERE status = 'running'
          UNION ALL SELECT 1 FROM delivery WHERE trigger = 'manual' AND status = 'pending'`,
      )
      return rows.length === 0
    })
    expect(failed.filter((id) => receiver.of(id).length !== 2)).toEqual([])
    expect(retrying.filter((id) => receiver.of(id).length !== 1)).toEqual([])
    expect(await scheduleOf(pipeline, retrying)).toEqual(schedule)
  })
})
