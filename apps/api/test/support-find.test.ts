import { foldTraffic } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import {
  seedAttempts,
  seedDeliveries,
  seedEndpoint,
  seedMessage,
  seedMessages,
} from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'

const MINUTE_MS = 60_000

describe('search', () => {
  it('finds a message by its id and by its event id, with whose it is', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const id = await seedMessage(bench.pool, bench.app, { eventId: 'order-4711' })
    for (const q of [id, 'order-4711']) {
      const { body } = await support.get('/search', { q })
      expect(body.messages).toMatchObject([{ id, appId: bench.app.appId, eventId: 'order-4711' }])
    }
  })

  it('finds a customer by what its name or uid begins with or contains, in any case', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const acme = await support.createApplication({ name: 'The ACME Company', uid: 'cust-0815' })
    for (const q of ['the acme', 'acme', 'COMPANY', 'cust-08', '0815', acme]) {
      const { body } = await support.get('/search', { q })
      expect(body.applications, q).toMatchObject([{ id: acme, uid: 'cust-0815' }])
    }
    expect((await support.get('/search', { q: '%%' })).body.applications).toEqual([])
  })

  it('finds an endpoint by its id, its host or domain, and its URL', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const url = 'https://Hooks.Example.com:8443/Orders/eu?x=1'
    const id = await seedEndpoint(bench.pool, bench.app, { url })
    await seedEndpoint(bench.pool, bench.app, { url: 'https://example.org/orders' })
    const texts = [id, 'hooks.ex', 'example.com', 'https://hooks.example.com', 'HOOKS.example.com']
    for (const q of [...texts, url, 'hooks.example.com/orders']) {
      const { body } = await support.get('/search', { q })
      expect(
        body.endpoints.map((one: { id: string }) => one.id),
        q,
      ).toEqual([id])
    }
  })

  it.each([
    ['of this minute, before it is counted', 0, false],
    ['of yesterday', 20 * 60, true],
    ['of four weeks ago', 27 * 24 * 60, true],
  ])('finds an attempt %s by its id', async (_, minutesAgo, isFolded) => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const atMs = Date.now() - minutesAgo * MINUTE_MS
    const endpointId = await seedEndpoint(bench.pool, bench.app)
    const messageId = await seedMessage(bench.pool, bench.app, { atMs })
    const attempt = { messageId, endpointId, atMs, responseStatus: 503, number: 2 }
    const [id = ''] = await seedAttempts(bench.pool, bench.app, [attempt])
    await bench.pool.query(
      `INSERT INTO traffic_delta (minute, app_ids, endpoint_ids, event_types, marks)
       VALUES (date_trunc('minute', to_timestamp($1)), $2, $3, '{invoice.paid}', '{1}')`,
      [atMs / 1000, [bench.app.appId], [endpointId]],
    )
    if (isFolded) await foldTraffic(bench.pool)
    const { body } = await support.get('/search', { q: id })
    expect(body.attempts).toMatchObject([
      { id, messageId, appId: bench.app.appId, number: 2, success: false, responseStatusCode: 503 },
    ])
    const other = newId('atmpt_', atMs)
    expect((await support.get('/search', { q: other })).body.attempts).toEqual([])
  })

  it('finds nothing of another organisation, and is not for a portal token', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const foreign = await setupReading.foreign(bench)
    for (const q of [foreign.messageId, foreign.endpointId]) {
      const { body } = await support.get('/search', { q })
      expect(body).toEqual({ messages: [], applications: [], endpoints: [], attempts: [] })
    }
    expect((await support.get('/search', { q: 'ab' }, await support.portalToken())).status).toBe(
      403,
    )
    expect((await support.get('/search', { q: 'a' })).status).toBe(422)
  })
})

describe('the messages of all applications', () => {
  it('are listed newest first in pages, with what became of their deliveries', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const sibling = { ...bench.app, appId: await support.createApplication({ name: 'sibling' }) }
    const at = (n: number) => ({ atMs: Date.now() - (10 - n) * MINUTE_MS })
    const [a, c] = await seedMessages(bench.pool, bench.app, [at(1), at(3)])
    const [b, d] = await seedMessages(bench.pool, sibling, [at(2), at(4)])
    const endpointId = await seedEndpoint(bench.pool, sibling)
    await seedDeliveries(bench.pool, sibling, [
      { messageId: b ?? '', endpointId, status: 'failed' },
    ])
    await setupReading.foreign(bench)

    const ids = (body: { data: { id: string }[] }) => body.data.map((one) => one.id)
    const first = await support.wholePage('/message', { limit: '3' })
    expect(ids(first)).toEqual([d, c, b])
    const rest = await support.wholePage('/message', { limit: '3', iterator: first.iterator })
    expect(ids(rest)).toEqual([a])
    expect(first.data[2]).toMatchObject({
      appId: sibling.appId,
      appName: 'sibling',
      deliveries: { failed: 1, pending: 0, delivered: 0, canceled: 0 },
    })
    expect(ids(await support.wholePage('/message', { status: 'failed' }))).toEqual([b])
    expect(ids(await support.wholePage('/message', { event_types: 'nothing.such' }))).toEqual([])
  })

  it('are filtered by application, and by status, cause and host of one and the same delivery', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const sibling = { ...bench.app, appId: await support.createApplication({ name: 'sibling' }) }
    const [one = '', two = ''] = await seedMessages(bench.pool, bench.app, [{}, {}])
    const other = await seedMessage(bench.pool, sibling)
    const [good, bad] = await Promise.all(
      ['https://good.example.com/', 'https://bad.example.com/'].map((url) =>
        seedEndpoint(bench.pool, bench.app, { url }),
      ),
    )
    const failed = { status: 'failed', cause: 'http_500' } as const
    await seedDeliveries(bench.pool, bench.app, [
      { messageId: one, endpointId: bad ?? '', ...failed },
      { messageId: one, endpointId: good ?? '', status: 'delivered' },
      { messageId: two, endpointId: bad ?? '', status: 'failed', cause: 'dns_not_found' },
    ])
    const ids = async (query: Record<string, string>) => {
      const { data } = await support.wholePage('/message', query)
      return data.map(({ id }: { id: string }) => id).toSorted()
    }
    expect(await ids({ app_id: sibling.appId })).toEqual([other])
    expect(await ids({ host: 'Bad.example.com' })).toEqual([one, two].toSorted())
    expect(await ids({ status: 'failed', host: 'good.example.com' })).toEqual([])
    expect(await ids({ status: 'failed', cause: 'http_500' })).toEqual([one])
    expect(await ids({ cause: 'http_500', host: 'bad.example.com' })).toEqual([one])
    expect((await support.get('/message', { host: '\0' })).status).toBe(422)
  })

  it('are filtered by what any of their attempts was answered, one status or a class of them', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const [one = '', two = '', three = ''] = await seedMessages(bench.pool, bench.app, [{}, {}, {}])
    const endpointId = await seedEndpoint(bench.pool, bench.app, {})
    await seedAttempts(bench.pool, bench.app, [
      { messageId: one, endpointId, responseStatus: 503 },
      { messageId: one, endpointId, responseStatus: 200 },
      { messageId: two, endpointId, responseStatus: 500 },
      { messageId: three, endpointId, responseStatus: 0, code: 'dns_not_found' },
    ])
    const ids = async (code: string) => {
      const { data } = await support.wholePage('/message', { code })
      return data.map(({ id }: { id: string }) => id).toSorted()
    }
    expect(await ids('503')).toEqual([one])
    expect(await ids('5xx')).toEqual([one, two].toSorted())
    expect(await ids('2xx')).toEqual([one])
    expect(await ids('404')).toEqual([])
    for (const code of ['0', '600', '5x', 'http_503'])
      expect((await support.get('/message', { code })).status).toBe(422)
  })

  it('look at a bounded number of rows: a page without a match is short and not the last', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const common = Array.from({ length: 5_600 }, (_, n) => ({ atMs: Date.now() - n }))
    await seedMessages(bench.pool, bench.app, common)
    const { body } = await support.get('/message', { event_types: 'rare.one' })
    expect(body).toMatchObject({ data: [], done: false })
    expect(body.iterator).toMatch(/^msg_/)
  })
})
