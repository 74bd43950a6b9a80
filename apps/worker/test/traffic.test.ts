import { getTraffic } from '@posthorn/core'
import { foldTraffic } from '@posthorn/db'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { ARRANGEMENTS, startPipeline } from './pipeline.ts'

describe.each(ARRANGEMENTS)('the rollups (%s)', (arrangement) => {
  it('count every attempt that the receiver saw, once', async () => {
    await using pipeline = await startPipeline({
      arrangement,
      env: { POSTHORN_BREAKER_AFTER: '0' },
    })
    await using good = await startReceiver()
    await using bad = await startReceiver()
    bad.replies(500)
    const succeeding = await pipeline.addEndpoint(good.url)
    const failing = await pipeline.addEndpoint(bad.url, { retrySchedule: [1] })
    await Promise.all(Array.from({ length: 60 }, () => pipeline.publish()))
    await waitFor('the end of all', async () => (await pipeline.tally())['pending'] === undefined)

    const read = (endpoint?: string) =>
      getTraffic(pipeline.core, pipeline.scope, { period: '1h', endpoint })
    await foldTraffic(pipeline.db.hot)
    await waitFor('the rollups', async () => (await read()).total.exhausted === 60)
    const [all, of, failed] = [await read(), await read(succeeding), await read(failing)]
    expect(of.total).toMatchObject({ succeeded: good.requests.length, failed: 0, exhausted: 0 })
    expect(failed.total).toMatchObject({ succeeded: 0, failed: bad.requests.length })
    expect(all.total).toMatchObject({
      succeeded: good.requests.length,
      failed: bad.requests.length,
    })
    expect(all.total.latencyMs?.p50).toBeGreaterThanOrEqual(0)
    expect(of.series.reduce((sum, point) => sum + point.succeeded, 0)).toBe(good.requests.length)
  })
})
