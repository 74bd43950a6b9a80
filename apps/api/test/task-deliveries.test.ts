import type { TaskDeliveryOut } from '@posthorn/contracts'
import { describe, expect, it } from 'vitest'
import type { EndpointBench } from './endpoint-setup.ts'
import { deliverAll, endpointWith, hoursAgo, runTask, sentBy, setupTasks } from './task-steps.ts'

const SENT = 25
const OUTCOMES = ['delivered', 'failed', 'canceled', 'waiting'] as const
const STATUS = {
  delivered: 'delivered',
  failed: 'failed',
  canceled: 'canceled',
  waiting: 'pending',
}

/** A task that sent 25 messages on their way: ten are delivered, eight failed, four were canceled, three wait. */
async function setup() {
  const bench = await setupTasks()
  const { path, endpointId } = await endpointWith(bench)
  await bench.addDeliveries(endpointId, { count: SENT, status: 'failed' })
  const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(24) })
  const task: { id: string } = body
  await runTask(bench, task)
  const sent = await sentBy(bench, task)
  const byOutcome = {
    delivered: sent.slice(0, 10),
    failed: sent.slice(10, 18),
    canceled: sent.slice(18, 22),
    waiting: sent.slice(22),
  }
  for (const outcome of OUTCOMES) await settle(bench, byOutcome[outcome], STATUS[outcome])
  return { bench, task, endpointId, path, sent, byOutcome }
}

async function settle(bench: EndpointBench, messageIds: readonly string[], status: string) {
  if (status === 'pending') return
  await bench.db.hot.query(
    `UPDATE delivery SET status = $2::delivery_status, wait = NULL, next_attempt_at = NULL
      WHERE message_id = ANY ($1) AND trigger = 'manual'`,
    [messageIds, status],
  )
}

async function walk(bench: EndpointBench, taskId: string, query: string) {
  const rows: TaskDeliveryOut[] = []
  for (let next: string | null = ''; next !== null;) {
    const { body } = await bench.request(
      'GET',
      `/background-task/${taskId}/delivery?${query}${next === '' ? '' : `&iterator=${next}`}`,
    )
    rows.push(...body.data)
    next = body.done ? null : body.iterator
  }
  return rows
}

const messagesOf = (rows: readonly TaskDeliveryOut[]) => rows.map(({ messageId }) => messageId)

describe('what a task sent on its way', () => {
  it('is listed by what became of it, newest first, in pages, as it is counted', async () => {
    const { bench, task, endpointId, sent, byOutcome } = await setup()
    const { body } = await bench.request('GET', `/background-task/${task.id}`)
    expect(body.outcomes).toEqual({
      delivered: 10,
      failed: 8,
      canceled: 4,
      waiting: 3,
      isCapped: false,
    })
    for (const outcome of OUTCOMES) {
      const rows = await walk(bench, task.id, `outcome=${outcome}&limit=3`)
      expect(messagesOf(rows)).toEqual(byOutcome[outcome].toReversed())
      for (const row of rows) expect(row).toMatchObject({ outcome, endpointId, appId: bench.appId })
    }
    expect(messagesOf(await walk(bench, task.id, 'limit=7'))).toEqual(sent.toReversed())
  })

  it('is paged back to where it began', async () => {
    const { bench, task } = await setup()
    const at = `/background-task/${task.id}/delivery?limit=5`
    const { body: first } = await bench.request('GET', at)
    const { body: second } = await bench.request('GET', `${at}&iterator=${first.iterator}`)
    const { body: back } = await bench.request('GET', `${at}&iterator=${second.prevIterator}`)
    expect(back.data).toEqual(first.data)
  })

  it("leaves out what another task sent once more: it is that one's", async () => {
    const { bench, task, path, byOutcome } = await setup()
    await deliverAll(bench)
    const { body: later } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(24) })
    await runTask(bench, later)
    expect(await walk(bench, task.id, 'outcome=failed')).toEqual([])
    expect(messagesOf(await walk(bench, later.id, '')).toReversed()).toEqual(byOutcome.failed)
  })

  it('is told apart by endpoint where a task sent one message to several', async () => {
    const bench = await setupTasks()
    const { endpointId: one } = await endpointWith(bench)
    const { endpointId: other } = await endpointWith(bench)
    await bench.addDeliveries(one, { count: 4, status: 'failed' })
    await bench.db.hot.query(
      `INSERT INTO delivery (message_id, endpoint_id, app_id, status)
       SELECT message_id, $2, app_id, status FROM delivery WHERE endpoint_id = $1`,
      [one, other],
    )
    const { body: task } = await bench.request('POST', '/support/recover', {
      endpointIds: [one, other],
      since: hoursAgo(24),
    })
    await runTask(bench, task)
    const rows = await walk(bench, task.id, 'limit=3')
    const pairs = rows.map(({ messageId, endpointId }) => `${messageId} ${endpointId}`)
    expect(new Set(pairs).size).toBe(8)
    expect(pairs).toEqual(pairs.toSorted().toReversed())
    const portal = bench.as(await bench.portalToken(bench.appId))
    expect((await portal('GET', `/background-task/${task.id}/delivery`)).status).toBe(404)
  })

  it.each(['outcome=lost', 'iterator=msg_1', 'limit=251'])('refuses %s', async (query) => {
    const bench = await setupTasks()
    const { path } = await endpointWith(bench)
    const { body } = await bench.request('POST', `${path}/recover`, { since: hoursAgo(1) })
    const { status } = await bench.request('GET', `/background-task/${body.id}/delivery?${query}`)
    expect(status).toBe(422)
  })

  it('is hidden from other organisations, and from portals of other applications', async () => {
    const { bench, task } = await setup()
    const path = `/background-task/${task.id}/delivery`
    for (const token of [bench.strangerToken, await bench.portalToken(bench.siblingAppId)])
      expect((await bench.as(token)('GET', path)).status).toBe(404)
    expect((await bench.as('')('GET', path)).status).toBe(401)
    const own = await bench.as(await bench.portalToken(bench.appId))('GET', `${path}?limit=250`)
    expect(own.body.data).toHaveLength(SENT)
  })
})
