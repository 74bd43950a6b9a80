import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startHangingReceiver } from './hanging-receiver.ts'
import { ARRANGEMENTS, type Pipeline, startPipeline } from './pipeline.ts'
import { untilWorkersBeat } from './workers-beat.ts'

describe.concurrent.each(ARRANGEMENTS)('an open breaker, %s', (arrangement) => {
  it('lets one probe through at a time, however many workers there are', async () => {
    await using pipeline = await startPipeline({
      arrangement,
      env: { POSTHORN_BREAKER_AFTER: '0.3', POSTHORN_RETRY_SCHEDULE: '0.5,600' },
    })
    await pipeline.startAnotherWorker()
    await using failing = await startReceiver()
    await using hanging = await startHangingReceiver(14_000)
    failing.replies(500)
    const endpointId = await pipeline.addEndpoint(failing.url)
    const publishMany = (count: number) =>
      Promise.all(Array.from({ length: count }, () => pipeline.publish()))
    await publishMany(20)
    await waitFor('the breaker', async () => {
      const { breaker_opened_at } = await pipeline.stateOf(endpointId)
      return breaker_opened_at !== null
    })
    await waitFor(
      'quiet',
      async () => (await pipeline.db.hot.query('SELECT FROM lease')).rowCount === 0,
    )
    await moveEndpoint(pipeline, endpointId, hanging.url)
    await publishMany(30)
    await waitFor('the probe', () => hanging.requests > 0)
    await publishMany(30)
    await untilWorkersBeat(pipeline, 2)
    expect(hanging.mostOpen).toBe(1)
    hanging.recover()
    await waitFor('what waited', () => hanging.requests >= 60)
  })
})

/** To where a request shows how many there are at once; its next turn is now. */
async function moveEndpoint({ db }: Pipeline, endpointId: string, url: string): Promise<void> {
  await db.hot.query(
    `WITH moved AS (UPDATE endpoint SET url = $2, version = version + 1 WHERE id = $1 RETURNING app_id),
          turned AS (UPDATE endpoint_state SET next_turn_at = now() WHERE endpoint_id = $1)
     UPDATE application SET version = version + 1 WHERE id = (SELECT app_id FROM moved)`,
    [endpointId, url],
  )
}
