import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'
import {
  ageWeeks,
  publishSteadily,
  runUpkeep,
  seedHistory,
  walkAttempts,
} from './retention-setup.ts'

// Beyond what the machine itself makes a statement late that needs no table.
const LATEST_MS = 100
const MINUTE_OF_PUBLISHES = 12_000

describe('upkeep within a minute of 200 messages a second that are delivered', () => {
  it('makes no publish more than 100 ms late, and loses no attempt from the list', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const endpointId = await pipeline.addEndpoint(receiver.url)
    const load = publishSteadily(pipeline)
    // By then the worker's own upkeep is over until long after this.
    await waitFor('a steady load', () => receiver.requests.length > 400)
    await ageWeeks(pipeline)
    const { recent } = await seedHistory(pipeline, endpointId)
    load.judge()
    const { made, dropped } = await runUpkeep(pipeline)
    await waitFor('a minute', () => load.judged() > MINUTE_OF_PUBLISHES, 120_000)
    const { latestMs, stallMs } = await load.stop()
    expect(made).toEqual({ message: 3, delivery: 3, attempt: 3 })
    expect(dropped).toEqual({ message: 1, delivery: 1, attempt: 1 })
    expect(latestMs).toBeLessThan(LATEST_MS + stallMs)
    const isSettled = async () => (await pipeline.tally())['pending'] === undefined
    await waitFor('all of them', isSettled, 60_000)
    const listed = new Set(await walkAttempts(pipeline, endpointId))
    expect(listed.size).toBe(load.published() + 2)
    expect(listed).toContain(recent.attempt)
    expect(listed).toContain(recent.resend)
  })
})
