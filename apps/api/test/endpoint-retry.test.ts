import { newId } from '@posthorn/runtime'
import { seedDeliveries, seedEndpoint, seedMessages } from '@posthorn/test-kit'
import { describe, expect, it } from 'vitest'
import { type ReadingBench, setupReading } from './reading-setup.ts'
import { supportOf } from './support-setup.ts'
import { endpointWith, hoursAgo, setupTasks } from './task-steps.ts'

const inAnHour = () => new Date(Date.now() + 3_600_000)

describe('retries that wait for their time', () => {
  /** One message for each, whose delivery waits for so many hours to come. */
  async function setupRetries() {
    const bench = await setupTasks()
    const { path, endpointId } = await endpointWith(bench)
    const app = bench.scope
    const add = async (row: { hours?: number; attempts?: number; endpoint?: string }) => {
      const { hours = 1, attempts = 2, endpoint = endpointId } = row
      const seeds = [{ atMs: hoursAgo(hours).getTime() }]
      const [messageId = ''] = await seedMessages(bench.db.hot, app, seeds)
      const waiting = {
        status: 'pending',
        attemptCount: attempts,
        nextAttemptAt: inAnHour(),
      } as const
      await seedDeliveries(bench.db.hot, app, [{ messageId, endpointId: endpoint, ...waiting }])
      return messageId
    }
    const due = async () => {
      const { rows } = await bench.db.hot.query<{ message_id: string }>(
        `SELECT message_id FROM delivery WHERE app_id = $1 AND next_attempt_at <= now() ORDER BY 1`,
        [bench.appId],
      )
      return rows.map((row) => row.message_id)
    }
    const retry = (call = bench.request, since = hoursAgo(2), until?: Date) =>
      call('POST', `${path}/retry-now`, { since, ...(until === undefined ? {} : { until }) })
    return { bench, add, due, retry }
  }

  it('are made now for a window of an endpoint, on the record; nothing else of it or of others is', async () => {
    const { bench, add, due, retry } = await setupRetries()
    const other = await endpointWith(bench)
    const waiting = [await add({}), await add({}), await add({ attempts: 1 })]
    await add({ attempts: 0 })
    await add({ hours: 3 })
    await add({ endpoint: other.endpointId })
    const portal = bench.as(await bench.portalToken(bench.appId))
    const { status, body } = await retry(portal)
    expect({ status, body }).toEqual({ status: 200, body: { count: 3, isCapped: false } })
    expect(await due()).toEqual(waiting.toSorted())
    const isRetry = (action: string) => action === 'endpoint.retry_now'
    expect((await bench.auditActions()).filter(isRetry)).toHaveLength(1)
    expect((await retry(portal)).body).toEqual({ count: 0, isCapped: false })
    expect((await bench.auditActions()).filter(isRetry)).toHaveLength(1)
  })

  it('are not for those who may only read, nor for others, nor for a window that is none', async () => {
    const { bench, add, due, retry } = await setupRetries()
    await add({})
    const reader = bench.as(await bench.portalToken(bench.appId, ['ViewBase']))
    expect((await retry(reader)).status).toBe(403)
    expect((await retry(bench.as(''))).status).toBe(401)
    expect((await retry(bench.as(bench.strangerToken))).status).toBe(404)
    const sibling = bench.as(await bench.portalToken(bench.siblingAppId))
    expect((await retry(sibling)).status).toBe(404)
    expect((await retry(bench.request, hoursAgo(1), hoursAgo(2))).status).toBe(422)
    expect((await retry(bench.request, hoursAgo(24 * 30))).status).toBe(422)
    expect(await due()).toEqual([])
  })
})

describe('retries of many endpoints', () => {
  const since = () => hoursAgo(2)

  async function seedRetrying(
    bench: ReadingBench,
    url: string,
    { appId = bench.app.appId, eventTypes = ['invoice.paid'] } = {},
  ) {
    const app = { ...bench.app, appId }
    const endpointId = await seedEndpoint(bench.pool, app, { url })
    const seeds = eventTypes.map((eventType) => ({ atMs: hoursAgo(1).getTime(), eventType }))
    const messageIds = await seedMessages(bench.pool, app, seeds)
    const waiting = { status: 'pending', attemptCount: 3, nextAttemptAt: inAnHour() } as const
    const rows = messageIds.map((messageId) => ({ messageId, endpointId, ...waiting }))
    await seedDeliveries(bench.pool, app, rows)
    return { endpointId, messageIds }
  }

  it('are told of where a recover is counted, and made now for all customers at a host', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const other = await support.createApplication({ name: 'other' })
    const [url, host] = ['https://retried.example.com/hook', 'Retried.example.com']
    for (const appId of [bench.app.appId, other, other]) await seedRetrying(bench, url, { appId })
    const { endpointId: elsewhere } = await seedRetrying(bench, 'https://not-retried.example.com/')
    const estimate = await support.post('/recover', { host, since: since(), dryRun: true })
    expect(estimate.body).toMatchObject({ count: 0, retrying: 3, endpoints: 3 })
    const { status, body } = await support.post('/retry-now', { host, since: since() })
    expect({ status, body }).toEqual({ status: 200, body: { count: 3, isCapped: false } })
    const { rows } = await bench.pool.query<{ endpoint_id: string }>(
      `SELECT endpoint_id FROM delivery WHERE next_attempt_at > now() AND app_id = ANY($1)`,
      [[bench.app.appId, other]],
    )
    expect(rows.map((row) => row.endpoint_id)).toEqual([elsewhere])
  })

  it('are made now of the event types that are named, on the record, and of no other', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const [url, host] = ['https://typed.example.com/hook', 'typed.example.com']
    const eventTypes = ['invoice.paid', 'invoice.voided', 'invoice.sent']
    const { messageIds } = await seedRetrying(bench, url, { eventTypes })
    const named = ['invoice.voided', 'invoice.sent', 'invoice.unheard']
    const asked = { host, since: since(), eventTypes: named }
    expect((await support.post('/recover', { ...asked, dryRun: true })).body.retrying).toBe(2)
    expect((await support.post('/retry-now', asked)).body).toEqual({ count: 2, isCapped: false })
    const { rows } = await bench.pool.query<{ message_id: string }>(
      `SELECT message_id FROM delivery WHERE next_attempt_at > now() AND app_id = $1`,
      [bench.app.appId],
    )
    expect(rows.map((row) => row.message_id)).toEqual(messageIds.slice(0, 1))
    const audited = await bench.pool.query<{ changes: object }>(
      `SELECT changes FROM audit_record WHERE action = 'endpoint.retry_now' AND org_id = $1`,
      [bench.app.orgId],
    )
    expect(JSON.stringify(audited.rows)).toContain('"invoice.unheard"')
    expect((await support.post('/retry-now', asked)).body.count).toBe(0)
    expect((await support.post('/retry-now', { ...asked, eventTypes: [] })).status).toBe(422)
  })

  it('are found behind a thousand endpoints of a host that have none', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const [url, host] = ['https://crowded.example.com/hook', 'crowded.example.com']
    await bench.pool.query(
      `INSERT INTO endpoint (id, org_id, app_id, url, retry_schedule)
       SELECT $1 || lpad(n::text, 4, '0'), $2, $3, $4, '{}' FROM generate_series(1, 1001) n`,
      [newId('ep_', hoursAgo(2).getTime()).slice(0, -4), bench.app.orgId, bench.app.appId, url],
    )
    await seedRetrying(bench, url)
    const { body } = await support.post('/retry-now', { host, since: since() })
    expect(body).toEqual({ count: 1, isCapped: false })
  })

  it('are refused to a customer, and without a selection', async () => {
    await using bench = await setupReading()
    const support = await supportOf(bench)
    const body = { failing: true, since: since() }
    const bearer = await support.portalToken()
    const refused = await support.call('POST', '/support/retry-now', { body, bearer })
    expect(refused.status).toBe(403)
    expect((await support.post('/retry-now', { since: since() })).status).toBe(422)
  })
})
