import { MessageList } from '@posthorn/contracts'
import { seedApplication, seedDeliveries, seedMessage, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupReading } from './reading-setup.ts'

const HOUR_MS = 3_600_000
const NOW_MS = Date.now()
const hoursAgo = (hours: number) => NOW_MS - hours * HOUR_MS

describe.each(['svix1', 'svix2'] as const)('messages through %s', (generation) => {
  it('lists newest first in pages and walks back to the first, which has no previous', async () => {
    await using bench = await setupReading()
    const seeds = Array.from({ length: 7 }, (_, n) => ({ atMs: hoursAgo(100 - n) }))
    const newest = (await seedMessages(bench.pool, bench.app, seeds)).toReversed()
    const { message } = bench.sdk(generation)
    const page = (iterator?: string) =>
      message.list(bench.app.appId, { limit: 3, ...(iterator === undefined ? {} : { iterator }) })
    const first = await page()
    const second = await page(first.iterator ?? '')
    const third = await page(second.iterator ?? '')
    const ids = [first, second, third].flatMap((one) => one.data.map((item) => item.id))
    expect(ids).toEqual(newest)
    expect([first.done, second.done, third.done]).toEqual([false, false, true])
    const back = await page(third.prevIterator ?? '')
    expect(back.data).toEqual(second.data)
    expect((await page(back.prevIterator ?? '')).data).toEqual(first.data)
    expect(first.prevIterator ?? null).toBeNull()
  })

  it('filters by channel, tag, event types and time', async () => {
    await using bench = await setupReading()
    const [a, b, c] = await seedMessages(bench.pool, bench.app, [
      { atMs: hoursAgo(3), channels: ['eu', 'vip'], eventType: 'invoice.paid' },
      { atMs: hoursAgo(2), tags: ['order#1'], eventType: 'invoice.sent' },
      { atMs: hoursAgo(1), channels: ['us'], eventType: 'user.created' },
    ])
    const { message } = bench.sdk(generation)
    const listed = async (options: Parameters<typeof message.list>[1]) =>
      (await message.list(bench.app.appId, options)).data.map((item) => item.id)
    expect(await listed({ channel: 'vip' })).toEqual([a])
    expect(await listed({ tag: 'order#1' })).toEqual([b])
    expect(await listed({ eventTypes: ['invoice.paid', 'user.created'] })).toEqual([c, a])
    expect(await listed({ eventTypes: ['invoice.paid'], channel: 'us' })).toEqual([])
    expect(await listed({ after: new Date(hoursAgo(2)) })).toEqual([c, b])
    expect(await listed({ before: new Date(hoursAgo(2)) })).toEqual([a])
    const window = { after: new Date(hoursAgo(2.5)), before: new Date(hoursAgo(1.5)) }
    expect(await listed(window)).toEqual([b])
  })

  it('is found by id and by event id, expunged once and then without content', async () => {
    await using bench = await setupReading()
    const seed = { eventId: 'order-17', channels: ['eu'], tags: ['t'], payload: '{"a":1}' }
    const id = await seedMessage(bench.pool, bench.app, { ...seed, atMs: hoursAgo(1) })
    const { message } = bench.sdk(generation)
    const { appId } = bench.app
    const found = await message.get(appId, 'order-17', { withContent: true })
    expect(found).toMatchObject({
      id,
      eventId: 'order-17',
      eventType: 'invoice.paid',
      channels: ['eu'],
      tags: ['t'],
      payload: { a: 1 },
    })
    expect(Math.abs(found.timestamp.getTime() - hoursAgo(1))).toBeLessThan(5)
    expect((await message.get(appId, id, { withContent: false })).payload).toEqual({})
    await message.expungeContent(appId, id)
    await message.expungeContent(appId, 'order-17')
    expect((await message.get(appId, id, { withContent: true })).payload).toEqual({ expired: true })
    expect(await bench.audited('message.expunge_content')).toEqual([id])
  })
})

describe('lists asked for with deliveries', () => {
  it('say how many of each message stand how, an endpoint once, and find those of one outcome', async () => {
    await using bench = await setupReading()
    const { pool, app } = bench
    const [quiet = '', mixed = '', wide = ''] = await seedMessages(pool, app, [
      { atMs: hoursAgo(3) },
      { atMs: hoursAgo(2) },
      { atMs: hoursAgo(1) },
    ])
    const of = (messageId: string, endpointId: string) => ({ messageId, endpointId })
    await seedDeliveries(pool, app, [
      { ...of(mixed, 'ep_delivered'), status: 'delivered' },
      { ...of(mixed, 'ep_failed'), status: 'failed' },
      { ...of(mixed, 'ep_failed'), trigger: 'manual', status: 'failed' },
      { ...of(mixed, 'ep_mended'), status: 'failed' },
      { ...of(mixed, 'ep_mended'), trigger: 'manual', status: 'delivered' },
      { ...of(mixed, 'ep_retrying'), status: 'pending', attemptCount: 2 },
      { ...of(mixed, 'ep_new'), status: 'pending' },
      { ...of(mixed, 'ep_stopped'), status: 'canceled' },
      ...Array.from({ length: 101 }, (_, n) => of(wide, `ep_${n}`)),
    ])
    const counts = async (query: string) => {
      const { data } = MessageList.parse(JSON.parse((await bench.get(`/msg${query}`)).text))
      return new Map(data.map(({ id, deliveries }) => [id, deliveries]))
    }
    const none = { pending: 0, retrying: 0, delivered: 0, failed: 0, canceled: 0, isCapped: false }
    const shown = await counts('?with_deliveries=true')
    expect(shown.get(quiet)).toEqual(none)
    expect(shown.get(mixed)).toEqual({
      ...none,
      delivered: 2,
      failed: 1,
      retrying: 1,
      pending: 1,
      canceled: 1,
    })
    expect(shown.get(wide)).toEqual({ ...none, delivered: 100, isCapped: true })
    expect((await counts('')).get(mixed)).toBeUndefined()
    const listed = async (query: string) => [...(await counts(query)).keys()]
    expect(await listed('?status=0')).toEqual([wide, mixed])
    expect(await listed('?status=2')).toEqual([mixed])
    expect(await listed('?status=3')).toEqual([mixed])
    expect(await listed('?status=4')).toEqual([])
    expect(await listed('?status=4&expanded_statuses=true')).toEqual([mixed])
    expect((await bench.get('/msg?status=5')).status).toBe(422)
  })

  it('count none of another application', async () => {
    await using bench = await setupReading()
    const { pool } = bench
    const theirs = await seedApplication(pool)
    const id = await seedMessage(pool, bench.app, {})
    await seedDeliveries(pool, theirs, [{ messageId: id, endpointId: 'ep_theirs' }])
    const { data } = MessageList.parse(
      JSON.parse((await bench.get('/msg?with_deliveries=true')).text),
    )
    expect(data[0]?.deliveries?.delivered).toBe(0)
  })
})

describe('payloads in answers', () => {
  const TEXT =
    '{ "big":12345678901234567890,"zero":-0,"one":1.0,"e":1E+2,"huge":1e400,"s":"\\u0000\\/\\ud800é","a":1,"a":2 }'

  it('are the stored text, in lists and alone', async () => {
    await using bench = await setupReading()
    const id = await seedMessage(bench.pool, bench.app, { payload: TEXT })
    for (const path of ['/msg', `/msg/${id}`]) {
      const answer = await bench.get(path)
      expect(answer.contentType).toMatch(/^application\/json/)
      expect(answer.text).toContain(`"payload":${TEXT}`)
    }
    expect((await bench.get('/msg?with_content=false')).text).toContain('"payload":{}')
  })

  it('are gone by the time of the database, swept or not', async () => {
    await using bench = await setupReading()
    const gone = { payloadExpiresAt: new Date(hoursAgo(1)), atMs: hoursAgo(3) }
    const kept = { payloadExpiresAt: new Date(NOW_MS + HOUR_MS), atMs: hoursAgo(2) }
    await seedMessages(bench.pool, bench.app, [gone, kept])
    const { body } = await bench.get('/msg')
    expect(body.data.map((item: { payload: unknown }) => item.payload)).toEqual([
      { amount: 1 },
      { expired: true },
    ])
  })

  it('end a page early when they are large, and the next page goes on', async () => {
    await using bench = await setupReading()
    const payload = `{"fill":"${'x'.repeat(1_900_000)}"}`
    const seeds = Array.from({ length: 6 }, (_, n) => ({ atMs: hoursAgo(10 - n), payload }))
    const newest = (await seedMessages(bench.pool, bench.app, seeds)).toReversed()
    const first = (await bench.get('/msg')).body
    expect(first).toMatchObject({ done: false })
    const second = (await bench.get(`/msg?iterator=${first.iterator}`)).body
    const ids = [...first.data, ...second.data].map((item: { id: string }) => item.id)
    expect(ids).toEqual(newest)
    expect((await bench.get('/msg?with_content=false')).body.data).toHaveLength(6)
  })
})

describe('a list of messages', () => {
  it('looks at a bounded number of rows for a rare match, and its iterator goes on', async () => {
    await using bench = await setupReading()
    const common = Array.from({ length: 5_600 }, (_, n) => ({ atMs: hoursAgo(50) + n }))
    await seedMessages(bench.pool, bench.app, common)
    const rare = { atMs: hoursAgo(90), eventType: 'rare.one' }
    const id = await seedMessage(bench.pool, bench.app, rare)
    const first = (await bench.get('/msg?event_types=rare.one')).body
    expect(first).toMatchObject({ data: [], done: false })
    const next = (await bench.get(`/msg?event_types=rare.one&iterator=${first.iterator}`)).body
    expect(next).toMatchObject({ data: [{ id }], done: true })
  })

  it('starts at the oldest after a moment and goes on with prevIterator', async () => {
    await using bench = await setupReading()
    const seeds = Array.from({ length: 5 }, (_, n) => ({ atMs: hoursAgo(20 - n) }))
    const ids = await seedMessages(bench.pool, bench.app, seeds)
    const after = new Date(hoursAgo(19)).toISOString()
    const first = (await bench.get(`/msg?limit=3&after=${after}`)).body
    const shown = (body: { data: { id: string }[] }) => body.data.map((item) => item.id)
    expect(shown(first)).toEqual([ids[3], ids[2], ids[1]])
    expect(first.done).toBe(false)
    const iterator = first.prevIterator
    const second = (await bench.get(`/msg?limit=3&after=${after}&iterator=${iterator}`)).body
    expect(shown(second)).toEqual([ids[4]])
    expect(second.done).toBe(true)
  })

  it.each([
    `msg_${'z'.repeat(27)}`,
    `atmpt_${'0'.repeat(27)}`,
    'msg_short',
    'x',
    '',
    '%00',
    `--msg_${'0'.repeat(27)}`,
  ])('refuses the iterator %j', async (iterator) => {
    await using bench = await setupReading()
    const { status, body } = await bench.get(`/msg?iterator=${iterator}`)
    expect(status).toBe(422)
    expect(body.detail[0].loc).toEqual(['query', 'iterator'])
  })

  it('shows nothing of another application, and neither does a single message', async () => {
    await using bench = await setupReading()
    const sibling = await seedApplication(bench.pool, { orgId: bench.app.orgId })
    const foreign = await seedApplication(bench.pool)
    const ofSibling = await seedMessage(bench.pool, sibling, { eventId: 'theirs' })
    const ofForeign = await seedMessage(bench.pool, foreign)
    expect((await bench.get(`/msg?iterator=${ofSibling}`)).body.data).toEqual([])
    for (const id of [ofSibling, ofForeign, 'theirs', `msg_${'z'.repeat(27)}`]) {
      expect((await bench.get(`/msg/${id}`)).status).toBe(404)
      expect((await bench.request('DELETE', `/msg/${id}/content`)).status).toBe(404)
    }
    expect((await bench.get('/msg', null)).status).toBe(401)
  })
})
