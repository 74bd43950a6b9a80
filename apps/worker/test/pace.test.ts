import { patchApplication } from '@posthorn/core'
import { startReceiver, waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { ARRANGEMENTS, startPipeline } from './pipeline.ts'
import { watchRate } from './watch-rate.ts'

describe.each(ARRANGEMENTS)('a rate limit, %s', (arrangement) => {
  it('of 10 a second lets at most 11 go in any second, over two workers', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await pipeline.startAnotherWorker()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url, { rate: 10 })
    await using rate = watchRate(receiver, 10, pipeline.db.hot)
    await Promise.all(Array.from({ length: 60 }, () => pipeline.publish()))
    await waitFor('all of them', () => receiver.requests.length === 60)
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
  })

  it('delays nothing while it is not reached, whoever publishes', async () => {
    await using pipeline = await startPipeline({ arrangement })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url, { rate: 10 })
    const beganAtMs = performance.now()
    for (let n = 1; n <= 8; n++) {
      await pipeline.addPublisher()()
      await waitFor('the next', () => receiver.requests.length === n)
    }
    // Each that waited for the worker's next look at the lanes would take a second.
    expect(performance.now() - beganAtMs).toBeLessThan(5_000)
  })
})

describe('the rate limit of an application', () => {
  it('is that of its endpoints without one, and a change holds for what waits', async () => {
    await using pipeline = await startPipeline()
    await using followsIt = await startReceiver()
    await using hasItsOwn = await startReceiver()
    await pipeline.addEndpoint(followsIt.url)
    await pipeline.addEndpoint(hasItsOwn.url, { rate: 500 })
    const setRate = (throttleRate: number) =>
      patchApplication(pipeline.core, pipeline.scope, {
        idOrUid: pipeline.app.appId,
        fields: { throttleRate },
      })
    await setRate(5)
    await using rate = watchRate(followsIt, 5, pipeline.db.hot)
    await Promise.all(Array.from({ length: 40 }, () => pipeline.publish()))
    await waitFor('its own', () => hasItsOwn.requests.length === 40, 3_000)
    await waitFor('some of the others', () => followsIt.requests.length >= 8)
    expect(followsIt.requests.length).toBeLessThan(40)
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
    await setRate(500)
    await waitFor('the rest', () => followsIt.requests.length === 40, 5_000)
  })
})

describe('a rate limit after idle time', () => {
  it('lets no burst through', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url, { rate: 10 })
    const first = await pipeline.publish()
    await pipeline.untilStatus(first, 'delivered')
    await pipeline.db.hot.query(
      `UPDATE endpoint_state SET slot_at = now() - interval '1 hour' WHERE rate IS NOT NULL`,
    )
    await using rate = watchRate(receiver, 10, pipeline.db.hot)
    await Promise.all(Array.from({ length: 25 }, () => pipeline.publish()))
    await waitFor('all of them', () => receiver.requests.length === 26)
    expect(rate.most()).toBeLessThanOrEqual(rate.allowed())
  })
})

describe('a changed rate limit', () => {
  it('is in force on what waits within five seconds', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    const endpointId = await pipeline.addEndpoint(receiver.url, { rate: 1 })
    await Promise.all(Array.from({ length: 100 }, () => pipeline.publish()))
    await waitFor('the first', () => receiver.requests.length >= 1)
    await pipeline.db.hot.query('UPDATE endpoint_state SET rate = 500 WHERE endpoint_id = $1', [
      endpointId,
    ])
    await waitFor('the rest', () => receiver.requests.length === 100, 5_000)
  })
})

describe('an endpoint that answers 429', () => {
  it('is left alone as a whole until its Retry-After', async () => {
    await using pipeline = await startPipeline()
    await using receiver = await startReceiver()
    receiver.replies({ status: 429, headers: { 'retry-after': '2' } }, 200)
    await pipeline.addEndpoint(receiver.url)
    const first = await pipeline.publish()
    await waitFor('the 429', async () => (await pipeline.attemptsOf(first)).length === 1)
    const heldAtMs = performance.now()
    const second = await pipeline.publish()
    await waitFor('both', () => receiver.requests.length === 3)
    const next = receiver.of(second)[0]?.atMs ?? 0
    expect(next - heldAtMs).toBeGreaterThan(1_000)
  })
})

describe('an endpoint that does nothing but fail', () => {
  it('gets probes instead of the full stream, and what waited as soon as one succeeds', async () => {
    await using pipeline = await startPipeline({
      env: {
        POSTHORN_BREAKER_AFTER: '1',
        POSTHORN_RETRY_SCHEDULE: '0.4,0.4,0.4,0.4,0.4,0.4,0.4,0.4,600',
      },
    })
    await using receiver = await startReceiver()
    receiver.replies(500)
    const endpointId = await pipeline.addEndpoint(receiver.url)
    await Promise.all(Array.from({ length: 15 }, () => pipeline.publish()))
    await waitFor('the breaker', async () => {
      const { rows } = await pipeline.db.hot.query(
        'SELECT breaker_opened_at FROM endpoint_state WHERE endpoint_id = $1',
        [endpointId],
      )
      return rows[0]?.breaker_opened_at !== null
    })
    receiver.replies(200)
    const ids = await Promise.all(Array.from({ length: 10 }, () => pipeline.publish()))
    await waitFor('what waited', async () => {
      const all = await Promise.all(ids.map((id) => pipeline.deliveryOf(id)))
      return all.every((delivery) => delivery?.status === 'delivered')
    })
  })
})

describe.each(ARRANGEMENTS)('an endpoint that hangs, %s', (arrangement) => {
  it('takes a part of the places alone, and delays no other', async () => {
    await using pipeline = await startPipeline({
      arrangement,
      env: { POSTHORN_MAX_IN_FLIGHT: '16' },
    })
    await using healthy = await startReceiver()
    await using hanging = await startReceiver()
    hanging.replies('hang')
    await pipeline.addEndpoint(hanging.url)
    await pipeline.addEndpoint(healthy.url)
    const beganAtMs = performance.now()
    await Promise.all(Array.from({ length: 100 }, () => pipeline.publish()))
    // Sooner than one that hangs is given up.
    await waitFor('the healthy ones', () => healthy.requests.length === 100, 10_000)
    expect(performance.now() - beganAtMs).toBeLessThan(10_000)
    expect(hanging.requests.length).toBeGreaterThan(0)
    expect(hanging.requests.length).toBeLessThanOrEqual(8)
    await hanging[Symbol.asyncDispose]()
  })
})
