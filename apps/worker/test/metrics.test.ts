import { pauseDeliveries, resumeDeliveries } from '@posthorn/core/staff'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const ONCE = { retrySchedule: [] }

const scrape = ({ worker }: Pipeline) => worker.registry.metrics()

/** Of a metric without labels. */
async function valueOf(pipeline: Pipeline, name: string): Promise<number> {
  const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(await scrape(pipeline)) ?? []
  return Number(value)
}

describe('the metrics of a worker', () => {
  it('tell delivered from failed, by code, and how late first attempts were', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies(500, 200)
    await pipeline.addEndpoint(receiver.url, ONCE)
    await pipeline.untilStatus(await pipeline.publish(), 'failed')
    await pipeline.untilStatus(await pipeline.publish(), 'delivered')
    const isCounted = async () =>
      (await valueOf(pipeline, 'posthorn_delivery_lag_seconds_count')) === 2
    await waitFor('both', isCounted)
    const lines = (await scrape(pipeline)).split('\n')
    const attempts = 'posthorn_attempts_total'
    expect(lines).toContain(`${attempts}{outcome="failed",code="http_500",trigger="scheduled"} 1`)
    expect(lines).toContain(`${attempts}{outcome="delivered",code="ok",trigger="scheduled"} 1`)
    expect(lines).toContain('posthorn_delivery_lag_seconds_bucket{le="5"} 2')
    expect(await valueOf(pipeline, 'posthorn_record_batch_size_sum')).toBe(2)
  })

  it('tell what is in flight', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_REQUEST_TIMEOUT: '2' } })
    await using receiver = await startReceiver()
    receiver.replies('hang')
    await pipeline.addEndpoint(receiver.url, ONCE)
    const ids = await Promise.all([pipeline.publish(), pipeline.publish()])
    const inFlight = () => valueOf(pipeline, 'posthorn_in_flight')
    await waitFor('both', async () => (await inFlight()) === 2)
    for (const id of ids) await pipeline.untilStatus(id, 'failed')
    await waitFor('none', async () => (await inFlight()) === 0)
  })

  it('tell how late the longest overdue delivery is', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pauseDeliveries(pipeline, pipeline.scope, 'The receivers are on fire.')
    const gauge = (name: string) => () => valueOf(pipeline, `posthorn_${name}`)
    const [paused, oldest] = [gauge('deliveries_paused'), gauge('oldest_due_seconds')]
    await waitFor('the pause', async () => (await paused()) === 1)
    const id = await pipeline.publish()
    await waitFor('a second of it', async () => (await oldest()) > 1)
    await resumeDeliveries(pipeline, pipeline.scope)
    await pipeline.untilStatus(id, 'delivered')
    await waitFor('nothing overdue', async () => (await oldest()) === 0)
  })
})
