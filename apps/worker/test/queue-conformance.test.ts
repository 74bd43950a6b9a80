import { randomUUID } from 'node:crypto'
import {
  type DeliveryRef,
  migrateQueue,
  openDeliveryConsumer,
  openDeliveryQueue,
  type QueueBackend,
  type QueuedLease,
} from '@posthorn/queue'
import { newId } from '@posthorn/runtime'
import { startReceiver, startRedisServer, startTestServer, waitFor } from '@posthorn/test-kit'
import { afterAll, describe, expect, it } from 'vitest'
import { REDIS_URL, startPipeline } from './pipeline.ts'

// Beside the worker, not the queue: it takes a database to test the queue on one.
const KINDS: readonly QueueBackend['kind'][] =
  REDIS_URL === undefined ? ['postgres'] : ['postgres', 'redis']

let server: ReturnType<typeof startTestServer> | undefined
afterAll(async () => (await server)?.[Symbol.asyncDispose]())

async function setup(kind: QueueBackend['kind']) {
  const backend: QueueBackend =
    kind === 'redis'
      ? { kind, url: REDIS_URL ?? '', prefix: newId('app_', Date.now()) }
      : { kind, url: (await (await (server ??= startTestServer())).cloneDatabase()).url }
  await migrateQueue(backend)
  const queue = openDeliveryQueue({ backend, onError: () => undefined })
  const claimed: DeliveryRef[] = []
  const taken: QueuedLease[] = []
  return {
    queue,
    claimed,
    taken,
    consume: (claim?: (refs: readonly DeliveryRef[]) => Promise<void>) =>
      openDeliveryConsumer({
        backend,
        slots: 4,
        claim: claim ?? (async (refs) => void claimed.push(...refs)),
        take: async (lease) => void taken.push(lease),
        onError: () => undefined,
        onUnreadable: () => undefined,
      }),
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  }
}

const refs = (count: number): DeliveryRef[] =>
  Array.from({ length: count }, (_, n) => ({
    messageId: `msg_${n}`,
    endpointId: 'ep_1',
    trigger: n % 2 === 0 ? 'scheduled' : 'manual',
  }))

const keysOf = (list: readonly DeliveryRef[]): Set<string> =>
  new Set(list.map((ref) => `${ref.messageId} ${ref.trigger}`))

describe.each(KINDS)('the delivery queue on %s', (kind) => {
  it('brings every delivery of a large batch to a consumer, as it was given', async () => {
    await using bundle = await setup(kind)
    await using _consumer = await bundle.consume()
    expect(bundle.queue.dispatch(refs(1_000))).toBe(1_000)
    await waitFor('all of them', () => bundle.claimed.length === 1_000)
    expect(keysOf(bundle.claimed)).toEqual(keysOf(refs(1_000)))
  })

  it('brings a lease as it was given, its deliveries counted while it waits', async () => {
    await using bundle = await setup(kind)
    const lease = { token: randomUUID(), messageId: 'msg_0', deliveries: 40 }
    expect(bundle.queue.dispatchLease(lease)).toBe(true)
    expect(bundle.queue.waitingIds()).toBe(40)
    await using _consumer = await bundle.consume()
    await waitFor('the lease', () => bundle.taken.length === 1)
    expect(bundle.taken).toEqual([lease])
  })

  it('keeps what waits until a consumer comes', async () => {
    await using bundle = await setup(kind)
    bundle.queue.dispatch(refs(10))
    await waitFor('the count', () => bundle.queue.waitingIds() > 0)
    await using _consumer = await bundle.consume()
    await waitFor('all of them', () => bundle.claimed.length === 10)
    await waitFor('an empty queue', () => bundle.queue.waitingIds() === 0)
  })

  it('shares jobs among consumers, each job to one of them', async () => {
    await using bundle = await setup(kind)
    await using _one = await bundle.consume()
    await using _other = await bundle.consume()
    for (const ref of refs(100)) bundle.queue.dispatch([ref])
    await waitFor('what was taken', () => bundle.claimed.length >= 64)
    expect(keysOf(bundle.claimed).size).toBe(bundle.claimed.length)
  })

  it('drops a job whose claim fails: the sweep finds its deliveries', async () => {
    await using bundle = await setup(kind)
    let failures = 0
    await using _consumer = await bundle.consume(async (batch) => {
      if (batch[0]?.messageId !== 'msg_0') return void bundle.claimed.push(...batch)
      failures++
      throw new Error('The database is away.')
    })
    bundle.queue.dispatch(refs(1))
    await waitFor('the failure', () => failures === 1)
    bundle.queue.dispatch(refs(2).slice(1))
    await waitFor('the next job', () => bundle.claimed.length === 1)
    expect(failures).toBe(1)
  })

  it('takes no more than it may hold', async () => {
    await using bundle = await setup(kind)
    expect(bundle.queue.dispatch(refs(25_000))).toBeLessThanOrEqual(10_000)
    expect(bundle.queue.dispatch(refs(10))).toBe(0)
    expect(bundle.queue.roomForLease()).toBe(0)
    const lease = { token: randomUUID(), messageId: 'msg_0', deliveries: 1 }
    expect(bundle.queue.dispatchLease(lease)).toBe(false)
  })

  it('wakes the worker long before a sweep would', async () => {
    await using pipeline = await startPipeline({ arrangement: kind })
    await using receiver = await startReceiver()
    await pipeline.addEndpoint(receiver.url)
    const first = await pipeline.publish()
    await waitFor('the first', () => receiver.of(first).length === 1)
    const tookMs: number[] = []
    for (let n = 0; n < 5; n++) {
      const beganAtMs = performance.now()
      const id = await pipeline.publish()
      await waitFor('the request', () => receiver.of(id).length === 1)
      tookMs.push(performance.now() - beganAtMs)
    }
    // What was just dispatched is left to its job for five seconds; a busy machine may delay some.
    expect(Math.min(...tookMs)).toBeLessThan(1_500)
  })
})

describe('a consumer', () => {
  it('that its database refuses fails at its start, instead of asking without end', async () => {
    const { url } = await (await (server ??= startTestServer())).cloneDatabase()
    const opening = openDeliveryConsumer({
      backend: { kind: 'postgres', url: `${url}_that_is_not_there` },
      slots: 4,
      claim: async () => undefined,
      onError: () => undefined,
      take: async () => undefined,
      onUnreadable: () => undefined,
    })
    await expect(opening).rejects.toThrow(/does not exist/)
  })
})

describe.runIf(REDIS_URL !== undefined)('a Redis that comes up after the process', () => {
  it('is used from then on', async () => {
    await using redis = await startRedisServer()
    await redis.stop()
    const backend: QueueBackend = { kind: 'redis', url: redis.url }
    await using queue = openDeliveryQueue({ backend, onError: () => undefined })
    const claimed: DeliveryRef[] = []
    await using _consumer = await openDeliveryConsumer({
      backend,
      slots: 4,
      claim: async (batch) => void claimed.push(...batch),
      onError: () => undefined,
      take: async () => undefined,
      onUnreadable: () => undefined,
    })
    await waitFor('its absence', () => !queue.isReachable())
    await redis.start()
    await waitFor('the queue', () => queue.isReachable())
    expect(queue.dispatch(refs(10))).toBe(10)
    await waitFor('all of them', () => claimed.length === 10)
  })
})
