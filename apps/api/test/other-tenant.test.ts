import { describe, expect, it } from 'vitest'
import { apiRoutes } from '../src/routes/index.ts'
import { setupApi } from './api-setup.ts'

const URL = 'https://hooks.example.com/a'
const RULE = {
  name: 'Late',
  condition: 'oldest_due',
  threshold: 60,
  target: { kind: 'webhook', url: 'https://example.com/alerts' },
}

/** An organisation that has one of each thing with an id of its own, the application with a sibling. */
async function setupTenant() {
  const api = await setupApi()
  const { send } = api
  const make = async (path: string, body: object): Promise<string> => {
    const { status, body: made } = await send('POST', path, { body })
    expect([path, Math.floor(status / 100)]).toEqual([path, 2])
    return made.id
  }
  const type = `of.${api.orgId}`
  await make('/event-type', { name: type, description: '' })
  const appId = await make('/app', { name: 'One' })
  const sibling = await make('/app', { name: 'Sibling' })
  const endpointId = await make(`/app/${appId}/endpoint`, { url: URL })
  const msgId = await make(`/app/${appId}/msg`, { eventType: type, payload: {} })
  const since = new Date(Date.now() - 3_600_000)
  const taskId = await make(`/app/${appId}/endpoint/${endpointId}/recover`, { since })
  const sourceId = await make('/source', { name: 'a', type: 'asana' })
  const flowId = await make('/flow', { name: 'Orders' })
  const alertId = await make('/alert', RULE)
  const keyId = (await api.apiKey()).apiKey.id
  const webhookId = await make('/operational-webhook/endpoint', { url: URL })
  const values = { appId, endpointId, msgId, taskId, sourceId, flowId, alertId, keyId }
  const look = async () => {
    const paths = [
      `/app/${appId}`,
      `/app/${appId}/endpoint/${endpointId}`,
      `/app/${appId}/endpoint/${endpointId}/headers`,
      `/app/${appId}/endpoint/${endpointId}/secret`,
      `/app/${appId}/msg/${msgId}`,
      `/background-task/${taskId}`,
      `/source/${sourceId}`,
      `/flow/${flowId}`,
      `/alert/${alertId}`,
      `/api-key`,
      `/operational-webhook/endpoint/${webhookId}`,
      `/event-type/${type}`,
    ]
    return Promise.all(paths.map(async (path) => ({ path, body: (await send('GET', path)).body })))
  }
  return { ...api, sibling, values: { ...values, webhookId }, look }
}

type Values = Readonly<Record<string, string>>

const BEARER = new Set(['organisation', 'administration', 'application', 'either'])

/** The operations for bearers that begin with an id, with those of a tenant in their paths. */
function operationsOn(values: Values) {
  return apiRoutes
    .filter(({ access, path }) => {
      const [, first = ''] = /:(\w+)/.exec(path) ?? []
      return BEARER.has(access.of) && values[first] !== undefined
    })
    .map(({ method, operationId, path }) => {
      const { webhookId, endpointId } = values
      const ids = path.includes('/operational-webhook/')
        ? { endpointId: webhookId }
        : { endpointId }
      const named: Partial<Values> = { ...values, ...ids }
      return {
        method: method.toUpperCase(),
        operationId,
        ids: path.match(/:/g)?.length ?? 0,
        path: path.replaceAll(/:(\w+)/g, (_whole, name: string) => named[name] ?? `no_${name}`),
      }
    })
}

type Operation = ReturnType<typeof operationsOn>[number]

const URL_ONLY = { url: URL }
const NO_HEADERS = { headers: {} }
const WINDOW = { since: new Date(Date.now() - 3_600_000) }

// Operations that need more than an empty body say so before they look for what is named.
const BODIES: Readonly<Record<string, object>> = {
  'v1.application.upsert': { name: 'Own' },
  'v1.operational-webhook.endpoint.upsert': URL_ONLY,
  'v1.operational-webhook.endpoint.set-headers': NO_HEADERS,
  'v1.ingest.source.upsert': { name: 'own', type: 'github', config: { secret: 'a-secret' } },
  'v1.ingest.endpoint.create': URL_ONLY,
  'v1.ingest.endpoint.upsert': URL_ONLY,
  'v1.ingest.endpoint.set-headers': NO_HEADERS,
  'v1.alert.mute': { until: null },
  'v1.endpoint.upsert': URL_ONLY,
  'v1.endpoint.set-headers': NO_HEADERS,
  'v1.endpoint.remove-header': { name: 'x-key' },
  'v1.endpoint.undo-remove-header': { undo: 'x' },
  'v1.endpoint.check-signature': { id: 'x', timestamp: '1', signature: 'v1,x', body: '' },
  'v1.endpoint.recover': WINDOW,
  'v1.endpoint.replay-missing': WINDOW,
  'v1.endpoint.bulk-replay': WINDOW,
  'v1.endpoint.retry-now': WINDOW,
  'v1.endpoint.undo-disable': { disabledAt: WINDOW.since },
  'v1.endpoint.send-example': { eventType: 'a.b' },
}
const QUERIES: Readonly<Record<string, string>> = {
  'v1.traffic.list-endpoint-days': '?endpoint_ids=any',
}

interface Asking {
  readonly url: string
  readonly token: string
}

/** What each operation answers that is none of the statuses that were expected. */
async function surprises(
  asking: Asking,
  operations: readonly Operation[],
  expected: readonly number[],
) {
  const found: string[] = []
  for (const operation of operations) {
    const { status, body } = await ask(asking, operation)
    if (!expected.includes(status)) found.push(`${operation.operationId} ${status} ${body}`)
  }
  return found
}

async function ask({ url, token }: Asking, { method, path, operationId }: Operation) {
  const query = QUERIES[operationId] ?? ''
  const answer = await fetch(url + path + query, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(method !== 'GET' && { body: JSON.stringify(BODIES[operationId] ?? {}) }),
  })
  return { status: answer.status, body: await answer.text() }
}

/** A PUT of what isn't there makes it, under an id of its own. */
async function expectMadeAnew(asking: Asking, operations: readonly Operation[], values: Values) {
  for (const operation of operations) {
    const { status, body } = await ask(asking, operation)
    expect([operation.operationId, status]).toEqual([operation.operationId, 201])
    expect(Object.values(values)).not.toContain(JSON.parse(body).id)
  }
}

const isUpsert = ({ operationId }: Operation) => operationId.endsWith('.upsert')

describe("another tenant's id", () => {
  it('is a 404 on every operation, by an organisation of its own', async () => {
    const [tenant, stranger] = [await setupTenant(), await setupApi()]
    const before = await tenant.look()
    const operations = operationsOn(tenant.values)
    expect(operations.length).toBeGreaterThan(120)
    // Below the application of another nothing is made.
    const makes = (operation: Operation) => isUpsert(operation) && operation.ids === 1
    const others = operations.filter((operation) => !makes(operation))
    expect(await surprises(stranger, others, [404])).toEqual([])
    await expectMadeAnew(stranger, operations.filter(makes), tenant.values)
    expect(await tenant.look()).toEqual(before)
  })

  it("is a 404 below the stranger's own application, too", async () => {
    const [tenant, stranger] = [await setupTenant(), await setupTenant()]
    const before = await tenant.look()
    const { appId } = stranger.values
    const { endpointId, msgId } = tenant.values
    const operations = operationsOn({ appId, endpointId, msgId }).filter(
      ({ path }) => path.includes(endpointId) || path.includes(msgId),
    )
    expect(operations.length).toBeGreaterThan(30)
    const others = operations.filter((operation) => !isUpsert(operation))
    expect(await surprises(stranger, others, [404])).toEqual([])
    await expectMadeAnew(stranger, operations.filter(isUpsert), tenant.values)
    expect(await tenant.look()).toEqual(before)
  })

  it('is a 404 or a 403 on every operation, by the portal of a sibling application', async () => {
    const tenant = await setupTenant()
    const path = `/auth/app-portal-access/${tenant.sibling}`
    const { body: portal } = await tenant.send('POST', path, { body: {} })
    const before = await tenant.look()
    const asking = { url: tenant.url, token: portal.token }
    expect(await surprises(asking, operationsOn(tenant.values), [403, 404])).toEqual([])
    expect(await tenant.look()).toEqual(before)
  })
})
