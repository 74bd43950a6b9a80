import { startReceiver, waitFor } from '@posthorn/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ARRANGEMENTS, type Pipeline, startPipeline } from './pipeline.ts'
import { watchRate } from './watch-rate.ts'

const HOUR_MS = 3_600_000
const RATE = 20
/** Forward, back, back further, and right again. */
const JUMPS_MS = [3 * HOUR_MS, 0, -HOUR_MS, 0]

afterEach(() => vi.useRealTimers())

const trueMs = (): number => performance.timeOrigin + performance.now()

/** This process's clock is off by so much from here on; its timers and the database know nothing of it. */
function jumpTo(offMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(trueMs() + offMs)
}

const publishMany = (pipeline: Pipeline, count: number) =>
  Promise.all(Array.from({ length: count }, () => pipeline.publish()))

describe.each(ARRANGEMENTS)("a process's clock that jumps, %s", (arrangement) => {
  it('makes nothing wait, sends nothing twice, and keeps the limit', async () => {
    await using pipeline = await startPipeline({
      arrangement,
      env: { POSTHORN_RETRY_SCHEDULE: '0.5,0.5,0.5,0.5,0.5' },
    })
    await using paced = await startReceiver()
    await using failing = await startReceiver()
    await pipeline.addEndpoint(paced.url, { rate: RATE })
    await pipeline.addEndpoint(failing.url)
    await using rate = watchRate(paced, RATE, pipeline.db.hot)
    const ids: string[] = []
    for (const offMs of JUMPS_MS) {
      jumpTo(offMs)
      failing.replies(503, ...Array.from({ length: 9 }, () => 503), 200)
      ids.push(...(await publishMany(pipeline, 10)))
      // Ten that fail and, soon, one for each that succeeds.
      await waitFor('the retries', () => failing.requests.length === ids.length * 2)
    }
    await waitFor('all', async () => (await pipeline.tally())['delivered'] === ids.length * 2)
    expect(ids.filter((id) => paced.of(id).length !== 1)).toEqual([])
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
    const offSeconds = failing.requests.map(
      ({ headers, atMs }) =>
        Number(headers['webhook-timestamp']) - (performance.timeOrigin + atMs) / 1000,
    )
    expect(Math.max(...offSeconds.map(Math.abs))).toBeLessThan(60)
  })
})
