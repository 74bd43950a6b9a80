import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'
import { ageWeeks, publishSteadily, runUpkeep, seedHistory } from './retention-setup.ts'

// Beyond what the machine itself makes a statement late that needs no table.
const LATEST_MS = 100
const MINUTE_OF_PUBLISHES = 12_000

describe('upkeep within a minute of 200 messages a second', () => {
  it('makes no publish more than 100 ms late', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    await ageWeeks(pipeline)
    await seedHistory(pipeline, endpointId)
    const load = publishSteadily(pipeline)
    await waitFor('a steady load', () => load.tookMs.length > 400)
    const warmUp = load.tookMs.length
    const { made, dropped } = await runUpkeep(pipeline)
    const enough = () => load.tookMs.length > MINUTE_OF_PUBLISHES
    await waitFor('a minute', enough, 120_000)
    const { latestMs, stallMs } = await load.stop(warmUp)
    expect(made).toEqual({ message: 3, delivery: 3, attempt: 3 })
    expect(dropped).toEqual({ message: 1, delivery: 1, attempt: 1 })
    expect(latestMs).toBeLessThan(LATEST_MS + stallMs)
  })
})
