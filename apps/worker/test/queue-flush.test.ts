import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { QUEUES } from './queues.ts'
import { watchRate } from './watch-rate.ts'

describe.each(QUEUES)('a queue emptied with a paced backlog, on $name', ({ open }) => {
  it('leaves the rate limit in force over two workers, and loses nothing', async () => {
    await using bundle = await open()
    const { pipeline, emptyQueue } = bundle
    await pipeline.startAnotherWorker()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url, { rate: 10 })
    await using rate = watchRate(receiver, 10, pipeline.db.hot)
    await Promise.all(Array.from({ length: 25 }, () => pipeline.publish()))
    await waitFor('the first', () => receiver.requests.length >= 3)
    await emptyQueue()
    await waitFor('all of them', () => receiver.requests.length === 25)
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
  })
})
