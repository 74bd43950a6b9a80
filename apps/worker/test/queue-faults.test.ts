import {
  type DeliveryRef,
  migrateQueue,
  openDeliveryConsumer,
  openDeliveryQueue,
  type QueueBackend,
} from '@posthorn/queue'
import { startPostgresRelay, startTestServer, waitFor } from '@posthorn/test-kit'
import { afterAll, describe, expect, it } from 'vitest'

const server = startTestServer()
afterAll(async () => (await server)[Symbol.asyncDispose]())

/** The queue in a database that can go away. */
async function setup() {
  const { url } = await (await server).cloneDatabase()
  await migrateQueue({ kind: 'postgres', url })
  const relay = await startPostgresRelay(url)
  const backend: QueueBackend = { kind: 'postgres', url: relay.url }
  const claimed: DeliveryRef[] = []
  return {
    relay,
    claimed,
    openQueue: () => openDeliveryQueue({ backend, onError: () => undefined }),
    consume: () =>
      openDeliveryConsumer({
        backend,
        slots: 4,
        claim: async (batch) => void claimed.push(...batch),
        take: async () => undefined,
        onError: () => undefined,
        onUnreadable: () => undefined,
      }),
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  }
}

const REF = { messageId: 'msg_1', endpointId: 'ep_1', trigger: 'scheduled' } as const

describe('a producer whose database was away at its first connection', () => {
  it.concurrent.each(['down', 'recovering'] as const)(
    '(%s) is used as soon as it is there',
    async (mode) => {
      await using bundle = await setup()
      bundle.relay.set(mode)
      await using queue = bundle.openQueue()
      await waitFor('its absence', () => !queue.isReachable())
      bundle.relay.set('up')
      await waitFor('the queue', () => queue.isReachable())
      expect(queue.dispatch([REF])).toBe(1)
      await using _consumer = await bundle.consume()
      await waitFor('the job', () => bundle.claimed.length === 1)
    },
  )

  it.concurrent('survives that this connection breaks while it is being made', async () => {
    await using bundle = await setup()
    const lost = bundle.relay.loseAnswerTo('.migration')
    await using queue = bundle.openQueue()
    await lost
    await using _consumer = await bundle.consume()
    await waitFor('a job', () => {
      queue.dispatch([REF])
      return bundle.claimed.length > 0
    })
  })

  it.concurrent('can be closed while it is away', async () => {
    await using bundle = await setup()
    bundle.relay.set('silent')
    const queue = bundle.openQueue()
    await waitFor('a connection', () => bundle.relay.connections > 0)
    await queue[Symbol.asyncDispose]()
  })
})

async function waitForAWhile(ms: number): Promise<void> {
  const beganAtMs = performance.now()
  await waitFor('some time', () => performance.now() - beganAtMs > ms)
}

describe('a queue under way', () => {
  it.concurrent.each(['down', 'silent', 'recovering'] as const)(
    'whose database is %s takes nothing, asks a few times a second at most, and goes on by itself',
    async (mode) => {
      await using bundle = await setup()
      await using queue = bundle.openQueue()
      await using _consumer = await bundle.consume()
      // Busy, so the consumer asks for the next job instead of waiting to be told of one.
      for (let n = 0; n < 50; n++) queue.dispatch([REF])
      await waitFor('the first jobs', () => bundle.claimed.length > 0)
      bundle.relay.set(mode)
      await waitFor('its absence', () => !queue.isReachable())
      expect(queue.dispatch([REF])).toBe(0)
      // The jobs under way fail first, each with a look or two of its own.
      await waitForAWhile(2_000)
      const before = bundle.relay.connections
      await waitForAWhile(2_000)
      expect(bundle.relay.connections - before).toBeLessThan(60)
      bundle.relay.set('up')
      await waitFor('the queue', () => queue.isReachable(), 25_000)
      const claimed = bundle.claimed.length
      await waitFor('a job', () => {
        queue.dispatch([REF])
        return bundle.claimed.length > claimed
      })
    },
  )
})
