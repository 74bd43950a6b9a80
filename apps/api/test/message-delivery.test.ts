import { announceSending } from '@posthorn/core/sending'
import { claimDeliveries } from '@posthorn/db'
import { newId } from '@posthorn/runtime'
import { waitFor } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import type { EndpointBench } from './endpoint-setup.ts'
import { endpointWith, setupTasks } from './task-steps.ts'

async function publishTo(bench: EndpointBench, fields: object = {}) {
  const { path, endpointId } = await endpointWith(bench, fields)
  const message = { eventType: 'invoice.paid', payload: { n: 1 } }
  const { body } = await bench.request('POST', `/app/${bench.appId}/msg`, message)
  const at = `/app/${bench.appId}/msg/${body.id}`
  return { path, endpointId, messageId: body.id as string, at }
}

describe('a delivery', () => {
  it('says what it waits for, and the attempts to come by the schedule of its endpoint', async () => {
    const bench = await setupTasks()
    const { endpointId, messageId, at } = await publishTo(bench, { retrySchedule: [60, 600] })
    await bench.db.hot.query(
      `UPDATE delivery SET wait = 'time', lease_token = NULL, attempt_count = 1, cause = 'http_503',
              next_attempt_at = now() + interval '1 hour' WHERE message_id = $1`,
      [messageId],
    )
    const { status, body } = await bench.request('GET', `${at}/endpoint/${endpointId}/delivery`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ messageId, endpointId, manual: null })
    const { scheduled } = body
    expect(scheduled).toMatchObject({
      statusText: 'sending',
      attempts: 1,
      attemptsAtMost: 3,
      cause: 'http_503',
      waiting: { reason: 'retry' },
    })
    expect(scheduled.remaining.map((one: { number: number }) => one.number)).toEqual([2, 3])
    const [next, last] = scheduled.remaining.map((one: { at: string }) => Date.parse(one.at))
    expect(Date.parse(scheduled.waiting.until)).toBe(next)
    expect(last - next).toBe(600_000)
  })

  it('waits for the rate of its endpoint behind what came before it', async () => {
    const bench = await setupTasks()
    const { endpointId } = await publishTo(bench, { rateLimit: 1 })
    const message = { eventType: 'invoice.paid', payload: { n: 1 } }
    const path = `/app/${bench.appId}/msg`
    for (let n = 0; n < 3; n++) await bench.request('POST', path, message)
    const { body: last } = await bench.request('POST', path, message)
    const at = `${path}/${last.id}/endpoint/${endpointId}/delivery`
    const { body } = await bench.request('GET', at)
    expect(body.scheduled).toMatchObject({
      statusText: 'pending',
      waiting: { reason: 'rate_limited' },
    })
    const waitMs = Date.parse(body.scheduled.waiting.until) - Date.parse(body.asOf)
    expect(waitMs).toBeGreaterThan(3_000)
    expect(waitMs).toBeLessThan(6_000)
  })

  it('shows the one that was asked for by hand beside the schedule', async () => {
    const bench = await setupTasks()
    const { endpointId, messageId, at } = await publishTo(bench)
    await bench.db.hot.query(
      `UPDATE delivery SET status = 'failed', wait = NULL, next_attempt_at = NULL WHERE message_id = $1`,
      [messageId],
    )
    await bench.request('POST', `${at}/endpoint/${endpointId}/resend`)
    const { body } = await bench.request('GET', `${at}/endpoint/${endpointId}/delivery`)
    expect(body.scheduled).toMatchObject({ statusText: 'fail', waiting: null, remaining: [] })
    expect(body.manual).toMatchObject({
      statusText: 'pending',
      attemptsAtMost: 1,
      actor: expect.stringMatching(/^token:/),
      waiting: { reason: 'due', until: null },
    })
  })

  it('that is on its way tells how far, as its worker does; nothing of an earlier request', async () => {
    const bench = await setupTasks()
    const { endpointId, messageId, at } = await publishTo(bench)
    const { db } = bench
    const path = `${at}/endpoint/${endpointId}`
    await bench.request('POST', `${path}/resend`)
    const manual = async () => (await bench.request('GET', `${path}/delivery`)).body.manual
    const delivery = { messageId, endpointId, trigger: 'manual', turn: false } as const
    const [claimed] = await claimDeliveries(db.hot, [delivery], { worker: 'w', seconds: 20 })
    expect(await manual()).toMatchObject({ waiting: { reason: 'in_flight' }, sending: null })

    const begun = [
      { phase: 'dns', at: '2026-11-26T14:02:07.000Z' },
      { phase: 'wait', at: '2026-11-26T14:02:07.012Z' },
    ] as const
    const sending = { messageId, endpointId, leaseToken: claimed?.leaseToken ?? '', begun }
    await announceSending(db, sending)
    await waitFor('its phases', async () => (await manual()).sending !== null)
    expect((await manual()).sending).toEqual(begun)

    await db.hot.query(
      `UPDATE delivery SET lease_token = gen_random_uuid() WHERE message_id = $1 AND trigger = 'manual'`,
      [messageId],
    )
    expect(await manual()).toMatchObject({ waiting: { reason: 'in_flight' }, sending: null })
  })

  it('is hidden from other applications, and isn’t there for what was never matched', async () => {
    const bench = await setupTasks()
    const { endpointId, messageId, at } = await publishTo(bench)
    const other = await endpointWith(bench)
    const path = `${at}/endpoint/${endpointId}/delivery`
    expect((await bench.request('GET', `${at}/endpoint/${other.endpointId}/delivery`)).status).toBe(
      404,
    )
    expect((await bench.as(bench.strangerToken)('GET', path)).status).toBe(404)
    const sibling = await bench.portalToken(bench.siblingAppId)
    expect((await bench.as(sibling)('GET', path)).status).toBe(404)
    const crossed = `/app/${bench.siblingAppId}/msg/${messageId}/endpoint/${endpointId}/delivery`
    expect((await bench.request('GET', crossed)).status).toBe(404)
    expect((await bench.as('')('GET', path)).status).toBe(401)
  })
})

describe('a delivery that waits', () => {
  async function setupWaiting(count = 1) {
    const bench = await setupTasks()
    const { endpointId, messageId, at } = await publishTo(bench, { retrySchedule: [60] })
    const ids = [messageId]
    while (ids.length < count) {
      const message = { eventType: 'invoice.paid', payload: {} }
      ids.push((await bench.request('POST', `/app/${bench.appId}/msg`, message)).body.id)
    }
    await bench.db.hot.query(
      `UPDATE delivery SET wait = 'time', lease_token = NULL, attempt_count = 1, next_attempt_at = now()
        WHERE message_id = ANY ($1)`,
      [ids],
    )
    const pathOf = (id: string) => `/app/${bench.appId}/msg/${id}/endpoint/${endpointId}/delivery`
    return { bench, endpointId, ids, at, path: pathOf(messageId), pathOf }
  }

  it('is canceled by its customer, on the record, and is not sent any more', async () => {
    const { bench, path, ids } = await setupWaiting()
    const portal = bench.as(await bench.portalToken(bench.appId))
    const { status, body } = await portal('POST', `${path}/cancel`)
    expect(status).toBe(200)
    expect(body.scheduled).toMatchObject({
      statusText: 'canceled',
      cause: 'message_canceled',
      waiting: null,
      remaining: [],
    })
    expect(await bench.auditActions()).toContain('message.cancel_delivery')
    const again = await bench.request('POST', `${path}/cancel`)
    expect(again).toMatchObject({ status: 409, body: { code: 'nothing_waits' } })
    const { rows } = await bench.db.hot.query(
      'SELECT wait, next_attempt_at FROM delivery WHERE message_id = $1',
      [ids[0]],
    )
    expect(rows).toEqual([{ wait: null, next_attempt_at: null }])
  })

  it('can be sent again by hand, and canceled again before that is made', async () => {
    const { bench, path, at, endpointId } = await setupWaiting()
    await bench.request('POST', `${path}/cancel`)
    expect((await bench.request('POST', `${at}/endpoint/${endpointId}/resend`)).status).toBe(202)
    const { body } = await bench.request('POST', `${path}/cancel`)
    expect(body).toMatchObject({
      scheduled: { statusText: 'canceled' },
      manual: { statusText: 'canceled', cause: 'message_canceled' },
    })
  })

  it('is not for those who may only read, nor for others', async () => {
    const { bench, path } = await setupWaiting()
    const reader = bench.as(await bench.portalToken(bench.appId, ['ViewBase']))
    expect((await reader('POST', `${path}/cancel`)).status).toBe(403)
    expect((await bench.as('')('POST', `${path}/cancel`)).status).toBe(401)
    expect((await bench.as(bench.strangerToken)('POST', `${path}/cancel`)).status).toBe(404)
  })

  it('is either sent or canceled, never both, when the two meet', async () => {
    const { bench, endpointId, ids, pathOf } = await setupWaiting(24)
    const { db } = bench
    const wanted = ids.map((messageId) => ({
      messageId,
      endpointId,
      trigger: 'scheduled' as const,
      turn: false,
    }))
    const claim = async (some: typeof wanted) =>
      (await claimDeliveries(db.hot, some, { worker: 'w', seconds: 20 })).map(
        (row) => row.messageId,
      )
    const [claimed, canceled] = await Promise.all([
      Promise.all([0, 1, 2].map((part) => claim(wanted.filter((_, n) => n % 3 === part)))),
      Promise.all(
        ids.map(async (id) => {
          const { status } = await bench.request('POST', `${pathOf(id)}/cancel`)
          return status === 200 ? [id] : []
        }),
      ),
    ])
    expect([...claimed.flat(), ...canceled.flat()].toSorted()).toEqual(ids.toSorted())
  })
})

describe('a retry that waits for its time', () => {
  async function setupRetry(at = `now() + interval '1 hour'`, attempts = 1) {
    const bench = await setupTasks()
    const { endpointId, messageId, at: path } = await publishTo(bench, { retrySchedule: [60, 600] })
    await bench.db.hot.query(
      `UPDATE delivery SET wait = 'time', lease_token = NULL, attempt_count = $2, cause = 'http_503',
              next_attempt_at = ${at} WHERE message_id = $1`,
      [messageId, attempts],
    )
    return { bench, endpointId, messageId, path: `${path}/endpoint/${endpointId}/delivery` }
  }

  const refused = { status: 409, body: { code: 'no_retry_waits' } }

  it('is due at once when its customer asks, on the record, and the rest of its schedule stays', async () => {
    const { bench, path, endpointId, messageId } = await setupRetry()
    const portal = bench.as(await bench.portalToken(bench.appId))
    const { status, body } = await portal('POST', `${path}/retry-now`)
    expect(status).toBe(200)
    expect(body.manual).toBeNull()
    expect(body.scheduled).toMatchObject({
      statusText: 'sending',
      attempts: 1,
      attemptsAtMost: 3,
      waiting: { reason: 'due', until: null },
    })
    expect(body.scheduled.remaining.map((one: { number: number }) => one.number)).toEqual([2, 3])
    expect(await bench.auditActions()).toContain('message.retry_now')
    const wanted = [{ messageId, endpointId, trigger: 'scheduled' as const, turn: false }]
    const claimed = await claimDeliveries(bench.db.hot, wanted, { worker: 'w', seconds: 20 })
    expect(claimed.map((row) => row.messageId)).toEqual([messageId])
    expect(await bench.request('POST', `${path}/retry-now`)).toMatchObject(refused)
  })

  it('is asked for once: what is due, was never attempted or is over is refused', async () => {
    const due = await setupRetry('now()')
    expect(await due.bench.request('POST', `${due.path}/retry-now`)).toMatchObject(refused)
    const scheduled = await setupRetry(`now() + interval '1 hour'`, 0)
    expect(await scheduled.bench.request('POST', `${scheduled.path}/retry-now`)).toMatchObject(
      refused,
    )
    const over = await setupRetry()
    await over.bench.request('POST', `${over.path}/cancel`)
    expect(await over.bench.request('POST', `${over.path}/retry-now`)).toMatchObject(refused)
  })

  it('is not for those who may only read, nor for others', async () => {
    const { bench, path } = await setupRetry()
    const reader = bench.as(await bench.portalToken(bench.appId, ['ViewBase']))
    expect((await reader('POST', `${path}/retry-now`)).status).toBe(403)
    expect((await bench.as('')('POST', `${path}/retry-now`)).status).toBe(401)
    expect((await bench.as(bench.strangerToken)('POST', `${path}/retry-now`)).status).toBe(404)
  })
})

describe('one attempt', () => {
  it('has its request, without the values of signatures and credentials', async () => {
    const bench = await setupTasks()
    const { path, endpointId, messageId, at } = await publishTo(bench)
    const headers = { 'X-Team': 'blue', Authorization: 'Bearer secret-of-theirs' }
    await bench.request('PATCH', `${path}/headers`, { headers })
    const attemptId = newId('atmpt_', Date.now() + 60_000)
    await bench.db.hot.query(
      `INSERT INTO attempt (message_id, id, endpoint_id, app_id, trigger, number, success, url, response_status, duration_ms)
       VALUES ($1, $2, $3, $4, 'scheduled', 1, true, 'https://hooks.example.com/a', 200, 1)`,
      [messageId, attemptId, endpointId, bench.appId],
    )
    const { body, text } = await bench.request('GET', `${at}/attempt/${attemptId}`)
    expect(body.request).toMatchObject({
      method: 'POST',
      url: 'https://hooks.example.com/a',
      hasCustomHeaders: true,
      bodyBytes: 7,
      headers: { 'content-type': 'application/json', 'webhook-id': messageId, 'X-Team': 'blue' },
      withheld: ['webhook-signature', 'svix-signature', 'Authorization'],
    })
    expect(text).not.toContain('secret-of-theirs')
    const list = await bench.request('GET', `/app/${bench.appId}/attempt/msg/${messageId}`)
    expect(list.body.data[0].request).toBeUndefined()
  })
})
