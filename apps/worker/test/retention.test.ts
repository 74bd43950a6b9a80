import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'
import {
  ageWeeks,
  dropAllWeeks,
  publishSteadily,
  runUpkeep,
  seedHistory,
  walkAttempts,
} from './retention-setup.ts'

// Beyond what the machine itself makes a statement late that needs no table.
const LATEST_MS = 100

describe('upkeep while 200 messages a second are published', () => {
  it(
    'drops the week past retention, makes the weeks ahead, and makes no publish wait',
    { timeout: 90_000 },
    async () => {
      await using pipeline = await startPipeline()
      await using receiver = await startReceiver()
      const endpointId = await pipeline.addEndpoint(receiver.url)
      // Its own upkeep would come first.
      await pipeline.stopWorker()
      await ageWeeks(pipeline)
      const { old, recent } = await seedHistory(pipeline, endpointId)
      const kept = [recent.attempt, recent.resend].toSorted().toReversed()
      expect(await walkAttempts(pipeline, endpointId)).toEqual([...kept, old.attempt])
      const load = publishSteadily(pipeline)
      await waitFor('a steady load', () => load.published() > 200)
      load.judge()
      const { made, dropped } = await runUpkeep(pipeline)
      await waitFor('more of it', () => load.judged() > 200)
      const { latestMs, stallMs } = await load.stop()

      // The two that are to be there at least, and one to spare.
      expect(made).toEqual({ message: 3, delivery: 3, attempt: 3 })
      expect(dropped).toEqual({ message: 1, delivery: 1, attempt: 1 })
      expect(latestMs).toBeLessThan(LATEST_MS + stallMs)
      expect(await pipeline.attemptsOf(old.messageId)).toEqual([])
      // Nothing was attempted meanwhile.
      expect(await walkAttempts(pipeline, endpointId)).toEqual(kept)
      await pipeline.startAnotherWorker()
      await waitFor('all of them', async () => (await pipeline.tally())['pending'] === undefined)
    },
  )
})

describe('a message that finds no week', () => {
  it('makes it, and is stored', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    await pipeline.stopWorker()
    await dropAllWeeks(pipeline)
    const id = await pipeline.publish()
    await pipeline.startAnotherWorker()
    await pipeline.untilStatus(id, 'delivered')
  })
})
