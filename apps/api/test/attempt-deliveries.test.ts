import {
  seedAttempts,
  seedDeliveries,
  seedEndpoint,
  seedMessage,
  seedMessages,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'

const HOUR_MS = 3_600_000
const NOW_MS = Date.now()
const NEXT = new Date(NOW_MS + HOUR_MS)
const STATES = [
  { status: 'pending', attemptCount: 0, nextAttemptAt: NEXT },
  { status: 'pending', attemptCount: 2, nextAttemptAt: NEXT },
  { status: 'delivered' },
  { status: 'failed', cause: 'http_500' },
  { status: 'canceled', cause: 'endpoint_disabled' },
] as const

/** One message for each state a delivery can be in, oldest first. */
async function seedStates(bench: ReadingBench) {
  const endpointId = await seedEndpoint(bench.pool, bench.app, { uid: 'crm' })
  const seeds = STATES.map((_, n) => ({ atMs: NOW_MS - (10 - n) * HOUR_MS }))
  const ids = await seedMessages(bench.pool, bench.app, seeds)
  const deliveries = STATES.map((state, n) => ({ ...state, endpointId, messageId: ids[n] ?? '' }))
  await seedDeliveries(bench.pool, bench.app, deliveries)
  const [waiting = '', retrying = '', delivered = '', failed = '', canceled = ''] = ids
  return { endpointId, waiting, retrying, delivered, failed, canceled }
}

describe.each(['svix1', 'svix2'] as const)('attempted messages through %s', (generation) => {
  it('show what became of each delivery, newest message first', async () => {
    await using bench = await setupReading()
    const seeded = await seedStates(bench)
    const { messageAttempt } = bench.sdk(generation)
    const { data, done } = await messageAttempt.listAttemptedMessages(bench.app.appId, 'crm', {
      withContent: true,
      expandedStatuses: false,
    })
    expect(data.map((one) => [one.id, one.status, one.statusText])).toEqual([
      [seeded.canceled, 2, 'fail'],
      [seeded.failed, 2, 'fail'],
      [seeded.delivered, 0, 'success'],
      [seeded.retrying, 3, 'sending'],
      [seeded.waiting, 1, 'pending'],
    ])
    expect(done).toBe(true)
    expect(data.map((one) => one.nextAttempt ?? null)).toEqual([null, null, null, NEXT, NEXT])
    expect(data[0]?.payload).toEqual({ amount: 1 })
    const { body } = await bench.get('/endpoint/crm/msg')
    expect(body.data.map(({ cause }: { cause: unknown }) => cause)).toEqual([
      'endpoint_disabled',
      'http_500',
      null,
      null,
      null,
    ])
  })

  it('filter by the status that they show, canceled apart only when asked', async () => {
    await using bench = await setupReading()
    const seeded = await seedStates(bench)
    const { messageAttempt } = bench.sdk(generation)
    type Options = Parameters<typeof messageAttempt.listAttemptedMessages>[2]
    const listed = async (options: Options) => {
      const page = await messageAttempt.listAttemptedMessages(bench.app.appId, 'crm', options)
      return page.data.map((one) => [one.id, one.status])
    }
    const plain = { expandedStatuses: false }
    expect(await listed({ status: 0 })).toEqual([[seeded.delivered, 0]])
    expect(await listed({ status: 1 })).toEqual([[seeded.waiting, 1]])
    expect(await listed({ status: 3 })).toEqual([[seeded.retrying, 3]])
    expect(await listed({ status: 4, ...plain })).toEqual([])
    const both = [
      [seeded.canceled, 2],
      [seeded.failed, 2],
    ]
    expect(await listed({ status: 2, ...plain })).toEqual(both)
    expect(await listed({ status: 2, expandedStatuses: true })).toEqual([[seeded.failed, 2]])
    expect(await listed({ status: 4, expandedStatuses: true })).toEqual([[seeded.canceled, 4]])
  })
})

describe('the newest attempt of a delivery', () => {
  it('stands in its row, by schedule or by hand, with how many its schedule has', async () => {
    await using bench = await setupReading()
    const { endpointId, waiting, retrying, delivered, failed } = await seedStates(bench)
    const elsewhere = await seedEndpoint(bench.pool, bench.app)
    const at = (minutes: number) => NOW_MS - HOUR_MS + minutes * 60_000
    const [, second, , , byHand] = await seedAttempts(bench.pool, bench.app, [
      { messageId: retrying, endpointId, atMs: at(1), number: 1, responseStatus: 500 },
      { messageId: retrying, endpointId, atMs: at(2), number: 2, responseStatus: 503 },
      { messageId: retrying, endpointId: elsewhere, atMs: at(3) },
      { messageId: failed, endpointId, atMs: at(1), number: 8, responseStatus: 500 },
      { messageId: failed, endpointId, atMs: at(4), trigger: 'manual', responseStatus: 502 },
      { messageId: delivered, endpointId: elsewhere, atMs: at(1) },
    ])
    const listed = async () => {
      const { body } = await bench.get('/endpoint/crm/msg')
      return new Map<string, unknown>(body.data.map((one: { id: string }) => [one.id, one]))
    }
    const rows = await listed()
    expect(rows.get(retrying)).toMatchObject({
      attempt: {
        id: second,
        attemptNumber: 2,
        triggerType: 0,
        responseStatusCode: 503,
        responseDurationMs: 12,
        outcome: { code: 'http_503' },
      },
      attemptsAtMost: 8,
    })
    expect(rows.get(failed)).toMatchObject({
      cause: 'http_500',
      attempt: { id: byHand, attemptNumber: 1, triggerType: 1, responseStatusCode: 502 },
      attemptsAtMost: 1,
    })
    for (const id of [waiting, delivered])
      expect(rows.get(id)).toMatchObject({ attempt: null, attemptsAtMost: null })
    await bench.pool.query(
      `UPDATE endpoint SET retry_schedule = '{5,5}', has_own_schedule = true WHERE id = $1`,
      [endpointId],
    )
    expect((await listed()).get(retrying)).toMatchObject({ attemptsAtMost: 3 })
    const attempts = (await bench.get('/attempt/endpoint/crm')).body.data
    expect(attempts.map((one: { attemptsAtMost: number }) => one.attemptsAtMost)).toEqual([
      1, 3, 3, 3,
    ])
  })
})

describe('a delivery by hand', () => {
  it('is no second delivery in any list, and its success counts', async () => {
    await using bench = await setupReading()
    const { endpointId, waiting, failed } = await seedStates(bench)
    await seedDeliveries(bench.pool, bench.app, [
      { messageId: failed, endpointId, trigger: 'manual', status: 'delivered' },
      { messageId: waiting, endpointId, trigger: 'manual', status: 'failed' },
    ])
    const { body } = await bench.get('/endpoint/crm/msg')
    expect(body.data).toHaveLength(STATES.length)
    const listed = (id: string) => body.data.find((one: { id: string }) => one.id === id)
    expect(listed(failed)).toMatchObject({ status: 0, cause: null })
    expect(listed(waiting)).toMatchObject({ status: 1 })
    const destinations = (await bench.get(`/msg/${failed}/endpoint`)).body.data
    expect(destinations).toMatchObject([{ id: endpointId, status: 0 }])
    expect((await bench.get('/endpoint/crm/msg?limit=2')).body.data).toHaveLength(2)
  })

  it('stands for the delivery where there is no other', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app)
    const endpointId = await seedEndpoint(bench.pool, bench.app)
    await seedDeliveries(bench.pool, bench.app, [
      { messageId, endpointId, trigger: 'manual', status: 'pending', nextAttemptAt: NEXT },
    ])
    const listed = (await bench.get(`/endpoint/${endpointId}/msg`)).body.data
    expect(listed).toMatchObject([{ id: messageId, status: 1, nextAttempt: NEXT.toISOString() }])
    const destinations = (await bench.get(`/msg/${messageId}/endpoint`)).body.data
    expect(destinations).toMatchObject([{ id: endpointId, status: 1 }])
  })
})

describe.each(['svix1', 'svix2'] as const)('attempted destinations through %s', (generation) => {
  it('go by endpoint id, deleted ones included, and end where they end', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app, { eventId: 'order-1' })
    const ids: string[] = []
    for (let n = 0; n < 5; n++) {
      ids.push(await seedEndpoint(bench.pool, bench.app, { deleted: n === 2 }))
    }
    ids.sort()
    const deliveries = ids.map((endpointId) => ({ endpointId, messageId }))
    await seedDeliveries(bench.pool, bench.app, deliveries)
    const { messageAttempt } = bench.sdk(generation)
    const page = (iterator?: string | null) =>
      messageAttempt.listAttemptedDestinations(bench.app.appId, 'order-1', {
        limit: 2,
        ...(iterator === undefined ? {} : { iterator: iterator ?? '' }),
      })
    const first = await page()
    const second = await page(first.iterator)
    const third = await page(second.iterator)
    const shown = [first, second, third]
    expect(shown.flatMap((one) => one.data.map((item) => item.id))).toEqual(ids)
    expect(shown.map((one) => one.done)).toEqual([false, false, true])
    expect((await page(third.prevIterator)).data).toEqual(second.data)
    expect(first.data[0]).toMatchObject({ status: 0, disabled: false, description: '' })
  })
})
