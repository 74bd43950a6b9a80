import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const PAYLOAD = `{"text":"${'x'.repeat(20_000)}"}`
const WAITING = 3_000
/** Half of the payloads that wait: what is in flight, and what the client of Postgres keeps. */
const ALLOWED_BYTES = 30_000_000

/** What is reachable, whatever the collector would have left for later. */
function reachableBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('There is no collector to call.')
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function publishMany(pipeline: Pipeline, count: number): Promise<void> {
  for (let done = 0; done < count; done += 50)
    await Promise.all(Array.from({ length: 50 }, () => pipeline.publish(PAYLOAD)))
}

describe.each(['together', 'postgres'] as const)('thousands that wait, %s', (arrangement) => {
  it('for a receiver that hangs take no memory of the worker', { timeout: 60_000 }, async () => {
    await using pipeline = await startPipeline({
      arrangement,
      env: { POSTHORN_REQUEST_TIMEOUT: '60', POSTHORN_MAX_IN_FLIGHT: '64' },
    })
    await using receiver = await startReceiver()
    receiver.replies('hang')
    await pipeline.addEndpoint(receiver.url)
    await publishMany(pipeline, 500)
    await waitFor('the first in flight', () => receiver.requests.length >= 4)
    const before = reachableBytes()
    await publishMany(pipeline, WAITING)
    await waitFor(
      'what was published to be let go',
      () => reachableBytes() - before < ALLOWED_BYTES,
    )
    expect(await pipeline.tally()).toEqual({ pending: WAITING + 500 })
  })
})
