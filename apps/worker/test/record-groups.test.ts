import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, type PipelineOptions, startPipeline } from './pipeline.ts'

const RATE = 10
const MESSAGES = 24

const publishAll = (pipeline: Pipeline) =>
  Promise.all(Array.from({ length: MESSAGES }, () => pipeline.publish()))

/** By how many transactions all attempts were recorded, as soon as all are. */
async function recordsOf(pipeline: Pipeline): Promise<number> {
  const look = async () => {
    const { rows } = await pipeline.db.hot.query<{ attempts: number; records: number }>(
      'SELECT count(*)::int AS attempts, count(DISTINCT xmin::text)::int AS records FROM attempt',
    )
    return rows[0]
  }
  await waitFor('all recorded', async () => (await look())?.attempts === MESSAGES)
  return (await look())?.records ?? 0
}

async function setup(options: PipelineOptions = {}) {
  await using stack = new AsyncDisposableStack()
  const pipeline = stack.use(await startPipeline(options))
  const receiver = stack.use(await startReceiver())
  await pipeline.addEndpoint(receiver.url, { rate: RATE })
  const resources = stack.move()
  return { pipeline, receiver, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe('attempts of an endpoint with a low rate limit', () => {
  it('are recorded several at a time', async () => {
    await using at = await setup()
    await publishAll(at.pipeline)
    expect(await recordsOf(at.pipeline)).toBeLessThanOrEqual(MESSAGES / 2)
  })

  it('are recorded at once where others wait for their place: it slows nothing down', async () => {
    await using at = await setup({ env: { POSTHORN_MAX_IN_FLIGHT: '1' } })
    await publishAll(at.pipeline)
    // Each kept for a second would take 24.
    await waitFor('all of them', () => at.receiver.requests.length === MESSAGES, 6_000)
  })

  it('are recorded at once when they fail: what follows counts from there', async () => {
    await using at = await setup({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
    at.receiver.replies(500)
    await publishAll(at.pipeline)
    expect(await recordsOf(at.pipeline)).toBeGreaterThan(MESSAGES / 2)
  })
})
