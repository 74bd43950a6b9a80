import { setTimeout as pause } from 'node:timers/promises'
import { listAttemptedMessages } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type Pipeline, startPipeline } from './pipeline.ts'

const MESSAGES = 100
const SCHEDULE = [2, 2, 2, 2, 2]
/** What is due is taken at once, also when the worker that would have is stopped. */
const OLDEST_MS = 10_000
const LOOK_EVERY_MS = 100

/** The list of what an endpoint is to be sent again, `GET …/endpoint/{id}/msg?status=3`. */
async function listRetrying({ core, scope }: Pipeline, endpoint: string) {
  const { items } = await listAttemptedMessages(
    { ...core, deliverySettings: { retrySchedule: SCHEDULE } },
    scope,
    {
      endpoint,
      page: { limit: MESSAGES, iterator: undefined },
      filter: { progress: ['retrying'] },
      withContent: false,
    },
  )
  return items.map(({ delivery }) => delivery)
}

/** How far in the past the oldest next attempt was that the list showed, in any of many looks. */
function watchNextAttempts(pipeline: Pipeline, endpoint: string) {
  let [looks, oldestMs] = [0, 0]
  let isStopped = false
  const watch = async (): Promise<void> => {
    while (!isStopped) {
      const shown = await listRetrying(pipeline, endpoint)
      const nowMs = pipeline.core.clock.nowMs()
      for (const { nextAttemptAt } of shown)
        oldestMs = Math.max(oldestMs, nowMs - (nextAttemptAt?.getTime() ?? nowMs))
      if (shown.length > 0) looks++
      await pause(LOOK_EVERY_MS)
    }
  }
  const watching = watch()
  return {
    looks: () => looks,
    oldestMs: () => oldestMs,
    async [Symbol.asyncDispose]() {
      isStopped = true
      await watching
    },
  }
}

describe('a hundred failing messages while workers come and go', () => {
  it('end after their last step, and none of them ever shows a next attempt that is long past', async () => {
    await using pipeline = await startPipeline({
      arrangement: 'postgres',
      env: { POSTHORN_RETRY_SCHEDULE: SCHEDULE.join(',') },
    })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await using watch = watchNextAttempts(pipeline, endpointId)
    const ids = await Promise.all(Array.from({ length: MESSAGES }, () => pipeline.publish()))
    const second = await pipeline.startAnotherWorker()
    await pipeline.startAnotherWorker()
    const rounds = (count: number) => () => receiver.requests.length > count * MESSAGES
    await waitFor('three of them at work', rounds(2), 60_000)
    await pipeline.stopWorker()
    await waitFor('two of them at work', rounds(3), 60_000)
    await second[Symbol.asyncDispose]()
    const areFailed = async () => (await pipeline.tally())['failed'] === ids.length
    await waitFor('the end', areFailed, 60_000)
    expect(watch.looks()).toBeGreaterThan(10)
    expect(watch.oldestMs()).toBeLessThan(OLDEST_MS)
    expect(receiver.requests).toHaveLength(MESSAGES * (SCHEDULE.length + 1))
  })
})

describe("retries that wait for their endpoint's turn", () => {
  it('show no next attempt: the time at which they came due is past', async () => {
    await using pipeline = await startPipeline({ env: { POSTHORN_RETRY_SCHEDULE: '0.1,600' } })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url, { rate: 5 })
    await Promise.all(Array.from({ length: 20 }, () => pipeline.publish()))
    const waiting = () =>
      pipeline.db.prisma.delivery.count({ where: { wait: 'turn', attemptCount: 1 } })
    await waitFor('retries in line', async () => (await waiting()) > 2)
    // Whose turn comes meanwhile would be another one's.
    await pipeline.stopWorker()
    const untimed = (await listRetrying(pipeline, endpointId)).filter(
      ({ nextAttemptAt }) => nextAttemptAt === null,
    )
    expect(untimed).toHaveLength(await waiting())
    expect(untimed.length).toBeGreaterThan(0)
  })
})
