import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const LATEST_MS = 5_000

describe('a message that always fails and one that hangs', () => {
  it.each([
    ['without a limit', {}],
    ['with a limit of 100 a second', { rate: 100 }],
  ])(
    'block nothing behind them at the same endpoint, %s',
    { timeout: 60_000 },
    async (_name, options) => {
      await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '600' } })
      await using receiver = await startReceiver()
      receiver.replies(500, 'hang', 200)
      await pipeline.addEndpoint(receiver.url, options)
      const failing = await pipeline.publish()
      await waitFor('the failed attempt', () => receiver.of(failing).length === 1)
      const hanging = await pipeline.publish()
      await waitFor('the one that hangs', () => receiver.of(hanging).length === 1)
      const beganAtMs = performance.now()
      await Promise.all(Array.from({ length: 100 }, () => pipeline.publish()))
      await waitFor('the others', () => receiver.requests.length === 102, LATEST_MS)
      expect(performance.now() - beganAtMs).toBeLessThan(LATEST_MS)
      expect(await pipeline.deliveryOf(failing)).toMatchObject({ status: 'pending', attempts: 1 })
    },
  )
})
