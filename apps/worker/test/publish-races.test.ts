import { createHash } from 'node:crypto'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { startPipeline } from './pipeline.ts'

const hash = (text: string) => createHash('sha256').update(text).digest()

describe('fifty publishes at once over two writers', () => {
  it('of one event id store one message, and tell the others which', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const publishers = [pipeline.publish, pipeline.addPublisher()] as const
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        publishers[n % 2 === 0 ? 0 : 1](`{"n":${n}}`, { eventId: 'the-same' }),
      ),
    )
    const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(ids).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected')
        expect(String(result.reason)).toContain(`exists already: ${ids[0]}`)
    }
    await waitFor('the one', () => receiver.requests.length === 1)
  })

  it('of one idempotency key store one message, and all answer with it', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const publishers = [pipeline.publish, pipeline.addPublisher()] as const
    const idempotency = { key: hash('key'), bodyHash: hash('body') }
    const ids = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        publishers[n % 2 === 0 ? 0 : 1]('{"n":1}', { idempotency }),
      ),
    )
    expect(new Set(ids).size).toBe(1)
    await pipeline.untilStatus(ids[0] ?? '', 'delivered')
    expect(receiver.requests).toHaveLength(1)
    await expect(
      pipeline.publish('{"n":2}', { idempotency: { ...idempotency, bodyHash: hash('other') } }),
    ).rejects.toThrow(/another body/)
  })
})

describe('a message that Postgres refuses', () => {
  it('fails alone: those of the same group commit are stored and delivered', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        pipeline.publish(n === 7 ? '{"poison":"\u0000"}' : `{"n":${n}}`),
      ),
    )
    expect(results.map((result) => result.status === 'rejected')).toEqual(
      Array.from({ length: 20 }, (_, n) => n === 7),
    )
    await waitFor('the others', () => receiver.requests.length === 19)
  })
})

describe('an endpoint created by another process', () => {
  it('is seen by the next publish, whatever the publisher has cached', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const elsewhere = pipeline.addPublisher()
    await elsewhere()
    await pipeline.addEndpoint(receiver.url)
    const id = await elsewhere()
    await waitFor('the request', () => receiver.of(id).length === 1)
  })
})
