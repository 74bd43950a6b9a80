import { setTimeout as pause } from 'node:timers/promises'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { killConnections } from './kill-connections.ts'
import { ARRANGEMENTS, type Pipeline, startPipeline } from './pipeline.ts'

const SECONDS = 30
const PUBLISHERS = 4
const BETWEEN_MS = 5

/** Until told to stop; answers what was accepted. */
function publishSteadily(pipeline: Pipeline) {
  const accepted: string[] = []
  let isOver = false
  const loops = Array.from({ length: PUBLISHERS }, async () => {
    while (!isOver) {
      const id = await pipeline.publish().catch(() => null)
      if (id !== null) accepted.push(id)
      await pause(BETWEEN_MS)
    }
  })
  return async (): Promise<string[]> => {
    isOver = true
    await Promise.all(loops)
    return accepted
  }
}

describe.each(ARRANGEMENTS)(
  'every connection killed each second for half a minute, %s',
  (arrangement) => {
    it('loses nothing that was accepted, and ordinary publishes go on', async () => {
      await using pipeline = await startPipeline({
        arrangement,
        env: { POSTHORN_REQUEST_TIMEOUT: '1' },
      })
      await using receiver = await startReceiver()
      await pipeline.addEndpoint(receiver.url)
      const stop = publishSteadily(pipeline)
      for (let second = 0; second < SECONDS; second++) {
        await pause(1_000)
        await killConnections(pipeline).catch(() => undefined)
      }
      const accepted = await stop()
      const isDone = async () => (await pipeline.tally())['pending'] === undefined
      await waitFor('everything accepted', isDone, 60_000)
      const arrived = new Set(receiver.requests.map((request) => request.messageId))
      expect(accepted.filter((id) => !arrived.has(id))).toEqual([])
      expect(accepted.length).toBeGreaterThan(SECONDS)
      const after = await pipeline.publish()
      await waitFor('an ordinary publish', () => receiver.of(after).length === 1)
    })
  },
)
