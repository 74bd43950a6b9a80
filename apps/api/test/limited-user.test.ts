import { runTaskSlice } from '@posthorn/core'
import { isRoleAtLeast } from '@posthorn/core/staff'
import { describe, expect, it } from 'vitest'
import { leastRole } from '../src/http/least-role.ts'
import type { ApiRoute } from '../src/http/route-table.ts'
import { apiRoutes } from '../src/routes/index.ts'
import {
  HOST,
  type LimitedBench,
  marksOf,
  pathOfOther,
  setupLimited,
  SINCE,
} from './limited-setup.ts'

const OF_ORGANISATION = new Set(['organisation', 'administration', 'either', 'losant'])

function keepsToLimit({ access }: ApiRoute): boolean {
  return 'keepsToLimit' in access
}

async function callAs({ url, orgId, limited }: LimitedBench, route: ApiRoute, path: string) {
  const cookie = [...limited.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(url + path, {
    method: route.method.toUpperCase(),
    headers: { cookie, origin: url, 'posthorn-organisation': orgId },
    ...(route.method === 'get' ? {} : { body: '{}' }),
  })
  return { status: response.status, text: await response.text() }
}

type Look = readonly [path: string, body?: object]

/** How each operation that keeps to the limit is asked so that it would tell of the other customer if it didn't. */
function looksOf({ own, other }: LimitedBench): Readonly<Record<string, readonly Look[]>> {
  const window = { since: SINCE }
  const task = `/background-task/${other.taskId}`
  const places = [{ host: HOST }, { appId: other.appId }, {}]
  const many = (path: string, more: object = {}): Look[] =>
    places.map((place) => [`/support/${path}`, { ...window, ...place, ...more }])
  return {
    'v1.application.list': [['/app'], ['/app?exclude_apps_with_no_endpoints=true']],
    'v1.installation.deliveries.get': [['/installation/deliveries']],
    'v1.event-type.list': [['/event-type']],
    'v1.event-type.get': [['/event-type/invoice.paid']],
    'v1.background-task.list': [
      ['/background-task'],
      ['/background-task?order=ascending&limit=1'],
      ['/background-task?status=running&task=endpoint.recover'],
    ],
    'v1.background-task.get': [[task]],
    'v1.background-task.list-deliveries': [[`${task}/delivery`]],
    'v1.background-task.cancel': [[`${task}/cancel`, {}]],
    'v1.background-task.pause': [[`${task}/pause`, {}]],
    'v1.background-task.resume': [[`${task}/resume`, {}]],
    'v1.background-task.approve': [[`${task}/approve`, {}]],
    'v1.support.search': [...marksOf(other), other.name, HOST, 'order-17', 'oth'].map(
      (text): Look => [`/support/search?${new URLSearchParams({ q: text }).toString()}`],
    ),
    'v1.support.list-messages': [
      ['/support/message'],
      [`/support/message?app_id=${other.appId}`],
      [`/support/message?status=failed&host=${HOST}`],
    ],
    'v1.support.list-applications': [
      ['/support/application'],
      ...['none', 'failing', 'disabled'].map((is): Look => [
        `/support/application?endpoints=${is}`,
      ]),
      ...['oth', other.appId].map((text): Look => [`/support/application?search=${text}`]),
      ['/support/application?search=oth&endpoints=failing'],
    ],
    'v1.support.health-board': [['/support/health-board']],
    'v1.support.list-outages': [['/support/outage']],
    'v1.support.list-past-outages': [['/support/outage/past']],
    'v1.support.list-outage-endpoints': [[`/support/outage/endpoint?host=${HOST}`]],
    'v1.support.recover': many('recover', { dryRun: true }),
    'v1.support.retry-now': many('retry-now'),
    'v1.support.enable': [
      ['/support/enable', { endpointIds: [other.disabledId] }],
      ['/support/enable', { host: HOST }],
    ],
    'v1.support.probe': [['/support/probe', { endpointIds: [own.endpointId, other.endpointId] }]],
  }
}

describe('a user who is limited to applications', () => {
  it('does in their own what their role allows', async () => {
    const { limited, own } = await setupLimited()
    const paths = ['/app/own', '/app/own/endpoint', `/app/own/msg/${own.lostId}`]
    for (const path of paths) expect((await limited.call('GET', path)).status, path).toBe(200)
    const at = `/app/own/msg/${own.lostId}/endpoint/${own.endpointId}/resend`
    expect((await limited.call('POST', at)).status).toBe(202)
    const opened = await limited.call('POST', '/staff/portal-access/own', { body: {} })
    expect(opened.status).toBe(200)
  })

  it("has a 404 for another's id on every operation below an application, and a 403 that says why on all that keep to no limit", async () => {
    const bench = await setupLimited()
    const routes = apiRoutes.filter((route) => !keepsToLimit(route))
    for (const route of routes) {
      const { of } = route.access
      if (of !== 'application' && !OF_ORGANISATION.has(of)) continue
      const { status, text } = await callAs(bench, route, pathOfOther(route.path, bench))
      // Some ask for a query before they look at who asks.
      if (status === 422) expect(route.query, route.operationId).toBeDefined()
      else if (!isRoleAtLeast('support', leastRole(route)))
        expect(status, route.operationId).toBe(403)
      else if (of === 'application') expect(status, route.operationId).toBe(404)
      else
        expect([status, text], route.operationId).toEqual([403, expect.stringMatching(/limited/)])
      for (const mark of marksOf(bench.other)) expect(text, route.operationId).not.toContain(mark)
    }
  })

  it('is told of no other customer by any operation that keeps to the limit', async () => {
    const bench = await setupLimited()
    await bench.send('POST', '/event-type', { body: { name: 'invoice.paid', description: 'Paid' } })
    const { prisma } = bench.core.db
    const looks = looksOf(bench)
    // Those that are for admins are keys' alone here: users with that role have no limit.
    const kept = apiRoutes.filter(
      (route) => keepsToLimit(route) && isRoleAtLeast('support', leastRole(route)),
    )
    expect(kept.map((route) => route.operationId).toSorted()).toEqual(Object.keys(looks).toSorted())
    const before = await stateOf(bench, bench.other)
    for (const { operationId, method } of kept)
      for (const [path, body] of looks[operationId] ?? []) {
        const sending = body === undefined ? {} : { body }
        const answer = await bench.limited.call(method.toUpperCase(), path, sending)
        const text = JSON.stringify(answer.body)
        expect([200, 202, 404, 422], `${path} ${text}`).toContain(answer.status)
        for (const mark of marksOf(bench.other)) expect(text, path).not.toContain(mark)
      }
    expect(await stateOf(bench, bench.other)).toEqual(before)
    const disabled = await prisma.endpoint.findMany({ where: { disabled: true } })
    expect(disabled.map(({ id }) => id)).toContain(bench.other.disabledId)
  })

  it('finds, sees and counts their own, and nothing beside it', async () => {
    const { limited, own } = await setupLimited('viewer')
    const get = async (path: string) => (await limited.call('GET', `/support/${path}`)).body
    expect(await get(`search?q=${HOST}`)).toMatchObject({
      endpoints: [{ id: own.endpointId }, { id: own.disabledId }],
    })
    expect((await get('search?q=order-17')).messages).toMatchObject([{ id: own.lostId }])
    expect((await get(`search?q=${own.attemptId}`)).attempts).toMatchObject([{ id: own.attemptId }])
    expect((await get('application')).data).toMatchObject([{ id: own.appId }])
    const { data: messages } = await get('message')
    const ids = messages.map((message: { id: string }) => message.id)
    expect(ids.toSorted()).toEqual([own.lostId, own.retryingId].toSorted())
    const board = await get('health-board')
    for (const [kind, id] of Object.entries({
      failing: own.endpointId,
      slow: own.endpointId,
      disabled: own.disabledId,
    }))
      expect(board[kind], kind).toMatchObject([{ endpointId: id }])
    expect((await get('outage')).data).toMatchObject([
      { host: HOST, endpoints: 2, applications: 1, endpointsThere: 2 },
    ])
    const { data: tasks } = (await limited.call('GET', '/background-task')).body
    expect(tasks).toMatchObject([{ id: own.taskId }])
  })

  it('recovers behind a host what is their own; who may see all of that sees the task', async () => {
    const bench = await setupLimited()
    const { core, limited, owner, join, own, other } = bench
    const asked = { host: HOST, since: SINCE }
    const estimate = await limited.call('POST', '/support/recover', {
      body: { ...asked, dryRun: true },
    })
    expect(estimate.body).toMatchObject({ endpoints: 1, applications: 1, disabled: 1, count: 1 })
    const { body: task } = await limited.call('POST', '/support/recover', { body: asked })
    while ((await runTaskSlice(core, { id: task.id })) !== 'ended');
    const sent = await core.db.prisma.delivery.findMany({ where: { taskId: task.id } })
    expect(sent.map(({ appId }) => appId)).toEqual([own.appId])
    const at = `/background-task/${task.id}`
    for (const call of [limited.call, owner.call]) expect((await call('GET', at)).status).toBe(200)
    const wider = await join('support')
    const patch = (applications: string[]) =>
      owner.call('PATCH', `/staff/user/${wider.id}`, { body: { applications } })
    await patch(['own', 'other'])
    expect((await wider.call('GET', at)).status).toBe(200)
    await patch([other.appId])
    expect((await wider.call('GET', at)).status).toBe(404)
    const whole = await owner.call('POST', '/support/recover', { body: asked })
    expect((await limited.call('GET', `/background-task/${whole.body.id}`)).status).toBe(404)
  })

  it('makes due behind a host only what is their own', async () => {
    const { core, limited, own, other } = await setupLimited()
    const asked = { host: HOST, since: SINCE }
    const { body } = await limited.call('POST', '/support/retry-now', { body: asked })
    expect(body).toEqual({ count: 1, isCapped: false })
    const dueAt = async (messageId: string) => {
      const [row] = await core.db.prisma.delivery.findMany({ where: { messageId } })
      return row?.nextAttemptAt?.getTime() ?? 0
    }
    expect(await dueAt(own.retryingId)).toBeLessThanOrEqual(Date.now())
    expect(await dueAt(other.retryingId)).toBeGreaterThan(Date.now())
  })
})

/** What any of these operations could have changed of a customer. */
async function stateOf({ core }: LimitedBench, { appId, taskId }: LimitedBench['other']) {
  const { prisma } = core.db
  return {
    deliveries: await prisma.delivery.findMany({ where: { appId }, orderBy: { messageId: 'asc' } }),
    endpoints: await prisma.endpoint.findMany({ where: { appId }, orderBy: { id: 'asc' } }),
    task: await prisma.backgroundTask.findFirst({ where: { id: taskId } }),
    records: await prisma.auditRecord.count({ where: { appId } }),
  }
}
