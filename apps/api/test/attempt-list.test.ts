import { seedAttempts, seedEndpoint, seedMessage, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'

const HOUR_MS = 3_600_000
const NOW_MS = Date.now()
const hoursAgo = (hours: number) => NOW_MS - hours * HOUR_MS
const DAY = 24

/** Three messages over three weeks; the oldest was resent just now. */
async function seedHistory(bench: ReadingBench) {
  const endpointId = await seedEndpoint(bench.pool, bench.app, { uid: 'crm' })
  const [old, middle, recent] = await seedMessages(bench.pool, bench.app, [
    { atMs: hoursAgo(20 * DAY), channels: ['eu'] },
    { atMs: hoursAgo(10 * DAY), eventType: 'invoice.sent', tags: ['vip'] },
    { atMs: hoursAgo(2) },
  ])
  const messageIds = { old: old ?? '', middle: middle ?? '', recent: recent ?? '' }
  const [first, second, third, resent] = await seedAttempts(bench.pool, bench.app, [
    { messageId: messageIds.old, endpointId, atMs: hoursAgo(20 * DAY), responseStatus: 503 },
    { messageId: messageIds.middle, endpointId, atMs: hoursAgo(10 * DAY), responseStatus: 404 },
    { messageId: messageIds.recent, endpointId, atMs: hoursAgo(2) },
    { messageId: messageIds.old, endpointId, atMs: hoursAgo(1), trigger: 'manual' },
  ])
  return { endpointId, messageIds, attemptIds: { first, second, third, resent } }
}

describe.each(['svix1', 'svix2'] as const)('attempts through %s', (generation) => {
  it('of an endpoint are listed by their own time: a resend of today before all others', async () => {
    await using bench = await setupReading()
    const { attemptIds, endpointId } = await seedHistory(bench)
    const { messageAttempt } = bench.sdk(generation)
    const page = await messageAttempt.listByEndpoint(bench.app.appId, 'crm')
    const { first, second, third, resent } = attemptIds
    expect(page.data.map((one) => one.id)).toEqual([resent, third, second, first])
    expect(page.data[0]).toMatchObject({
      triggerType: 1,
      status: 0,
      statusText: 'success',
      endpointId,
    })
    expect(page.data[2]).toMatchObject({ responseStatusCode: 404, status: 2, statusText: 'fail' })
    const recent = await messageAttempt.listByEndpoint(bench.app.appId, endpointId, {
      after: new Date(hoursAgo(3)),
      before: new Date(NOW_MS),
    })
    expect(recent.data.map((one) => one.id)).toEqual([resent, third])
  })

  it('filter by status, class of code, and what their message carries', async () => {
    await using bench = await setupReading()
    const { attemptIds } = await seedHistory(bench)
    const { first, second, third, resent } = attemptIds
    const { messageAttempt } = bench.sdk(generation)
    const listed = async (options: Parameters<typeof messageAttempt.listByEndpoint>[2]) => {
      const page = await messageAttempt.listByEndpoint(bench.app.appId, 'crm', options)
      return page.data.map((one) => one.id)
    }
    expect(await listed({ status: 0 })).toEqual([resent, third])
    expect(await listed({ status: 2 })).toEqual([second, first])
    expect(await listed({ status: 1 })).toEqual([])
    expect(await listed({ status: 3 })).toEqual([])
    expect(await listed({ statusCodeClass: 500 })).toEqual([first])
    expect(await listed({ channel: 'eu' })).toEqual([resent, first])
    expect(await listed({ tag: 'vip' })).toEqual([second])
    expect(await listed({ eventTypes: ['invoice.sent', 'x'], status: 2 })).toEqual([second])
  })

  it('of a message are listed by endpoint on demand, and one is read and expunged', async () => {
    await using bench = await setupReading()
    const { endpointId, messageIds, attemptIds } = await seedHistory(bench)
    const { messageAttempt } = bench.sdk(generation)
    const { appId } = bench.app
    const [elsewhere] = await seedAttempts(bench.pool, bench.app, [
      { messageId: messageIds.old, endpointId: await seedEndpoint(bench.pool, bench.app) },
    ])
    const all = await messageAttempt.listByMsg(appId, messageIds.old)
    expect(all.data.map((one) => one.id)).toEqual([elsewhere, attemptIds.resent, attemptIds.first])
    const ofOne = await messageAttempt.listByMsg(appId, messageIds.old, { endpointId: 'crm' })
    expect(ofOne.data.map((one) => one.id)).toEqual([attemptIds.resent, attemptIds.first])
    const other = await messageAttempt.listByMsg(appId, messageIds.old, { channel: 'us' })
    expect(other.data).toEqual([])

    const id = attemptIds.first ?? ''
    const one = await messageAttempt.get(appId, messageIds.old, id)
    expect(one).toMatchObject({ id, endpointId, msgId: messageIds.old, response: 'OK' })
    await messageAttempt.expungeContent(appId, messageIds.old, id)
    const expunged = await messageAttempt.get(appId, messageIds.old, id)
    expect(expunged.response).toBe('EXPUNGED')
    expect(await bench.audited('attempt.expunge_content')).toEqual([id])
  })
})

describe('an attempt', () => {
  it('tells its outcome, timing, headers and number, and its message when asked', async () => {
    await using bench = await setupReading()
    const payload = '{"n":12345678901234567890}'
    const messageId = await seedMessage(bench.pool, bench.app, { payload })
    const endpointId = await seedEndpoint(bench.pool, bench.app)
    const nextAttemptAt = new Date(NOW_MS + HOUR_MS)
    await seedAttempts(bench.pool, bench.app, [
      { messageId, endpointId, number: 3, responseStatus: 500, nextAttemptAt },
    ])
    const path = `/attempt/endpoint/${endpointId}`
    const { text, body } = await bench.get(`${path}?with_msg=true`)
    expect(body.data[0]).toMatchObject({
      outcome: { code: 'http_500', params: {} },
      timing: { dnsMs: null, connectMs: 1, waitMs: 8 },
      responseHeaders: { 'content-type': 'text/plain' },
      attemptNumber: 3,
      nextAttempt: nextAttemptAt.toISOString(),
      msg: { id: messageId },
    })
    expect(text).toContain(`"payload":${payload}`)
    const blank = (await bench.get(`${path}?with_content=false&with_msg=true`)).body.data[0]
    expect(blank).toMatchObject({ response: '', msg: { payload: {} } })
    expect((await bench.get(path)).body.data[0].msg).toBeUndefined()
  })

  it('is listed by the two routes of old clients', async () => {
    await using bench = await setupReading()
    const { messageIds, attemptIds } = await seedHistory(bench)
    for (const path of ['/attempt', '/endpoint/crm/attempt']) {
      const { status, body } = await bench.get(`/msg/${messageIds.old}${path}`)
      expect(status).toBe(200)
      const ids = body.data.map((one: { id: string }) => one.id)
      expect(ids).toEqual([attemptIds.resent, attemptIds.first])
    }
  })

  it('of a deleted endpoint stays with its message, not with the endpoint', async () => {
    await using bench = await setupReading()
    const messageId = await seedMessage(bench.pool, bench.app)
    const endpointId = await seedEndpoint(bench.pool, bench.app, { deleted: true })
    await seedAttempts(bench.pool, bench.app, [{ messageId, endpointId }])
    expect((await bench.get(`/attempt/endpoint/${endpointId}`)).status).toBe(404)
    const ofMessage = `/attempt/msg/${messageId}?endpoint_id=${endpointId}`
    expect((await bench.get(ofMessage)).body.data).toHaveLength(1)
  })

  it('is found only below its own message and application', async () => {
    await using bench = await setupReading()
    const { messageIds, attemptIds } = await seedHistory(bench)
    const other = await setupReading.foreign(bench)
    const paths = [
      `/msg/${messageIds.recent}/attempt/${attemptIds.first}`,
      `/msg/${messageIds.old}/attempt/atmpt_${'z'.repeat(27)}`,
      `/msg/${other.messageId}/attempt/${other.attemptId}`,
      `/msg/${other.messageId}/endpoint`,
      `/attempt/msg/${other.messageId}`,
      `/attempt/endpoint/${other.endpointId}`,
      `/endpoint/${other.endpointId}/msg`,
      `/attempt/msg/${messageIds.old}?endpoint_id=${other.endpointId}`,
    ]
    for (const path of paths) expect((await bench.get(path)).status, path).toBe(404)
    const iterator = `/attempt/endpoint/crm?iterator=msg_${'0'.repeat(27)}`
    const refused = await bench.get(iterator)
    expect(refused).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['query', 'iterator'] }] },
    })
  })
})

describe('attempts of an endpoint by what they failed for', () => {
  it('are those alone, page by page, and refuse what is no code', async () => {
    await using bench = await setupReading()
    const { attemptIds, endpointId } = await seedHistory(bench)
    const list = (query: string) => bench.get(`/attempt/endpoint/${endpointId}?${query}`)
    const idsOf = async (query: string) =>
      (await list(query)).body.data.map((one: { id: string }) => one.id)
    expect(await idsOf('cause=http_503')).toEqual([attemptIds.first])
    expect(await idsOf('cause=http_404&status=2')).toEqual([attemptIds.second])
    expect(await idsOf('cause=http_404&status=0')).toEqual([])
    expect((await list('cause=http%20503')).status).toBe(422)
  })
})
