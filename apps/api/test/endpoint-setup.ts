import { createPortalAccess, createOrganisationToken, type Capability } from '@posthorn/core'
import { newId } from '@posthorn/runtime'
import { afterAll } from 'vitest'
import { openEndpointDatabase } from './endpoint-database.ts'
import { type DeliveriesToAdd, insertDeliveries, insertEventTypes } from './endpoint-rows.ts'
import { endpointSdk, operationalSdk } from './endpoint-sdk.ts'

export interface TestAnswer {
  readonly status: number
  readonly headers: Headers
  // What JSON holds is asserted by the tests.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly text: string
}

export type EndpointBench = Awaited<ReturnType<typeof setupEndpoints>>

const DAY_SECONDS = 86_400

let shared: ReturnType<typeof startServer> | undefined

afterAll(async () => (await shared)?.end())

/** One server and database for the tests of a file; each test has an organisation of its own. */
function sharedServer() {
  shared ??= startServer()
  return shared
}

async function startServer() {
  const { core, url, ...database } = await openEndpointDatabase()
  return { core, url, end: () => database[Symbol.asyncDispose]() }
}

/** An organisation with two applications, a stranger with a token of their own, and the api's rows over HTTP. */
export async function setupEndpoints() {
  const { core, url } = await sharedServer()
  const { orgId, token } = await createOrganisationToken(core, { expiresInSeconds: DAY_SECONDS })
  const stranger = await createOrganisationToken(core, { expiresInSeconds: DAY_SECONDS })
  const [appId, siblingAppId] = [newId('app_', Date.now()), newId('app_', Date.now())]
  const { db } = core
  await db.hot.query(
    `INSERT INTO application (id, org_id, uid, name) VALUES ($1, $3, 'own', 'own'), ($2, $3, 'sibling', 'sibling')`,
    [appId, siblingAppId, orgId],
  )
  await insertEventTypes(db, orgId)
  const scope = { orgId, appId, actor: { kind: 'token', id: 'test' } } as const

  const as = (bearer: string) => requestAs(url, bearer)
  const request = as(token)
  const createRaw = (body: object, inApp = appId) => request('POST', `/app/${inApp}/endpoint`, body)

  return {
    core,
    db,
    url,
    scope,
    appId,
    siblingAppId,
    strangerToken: stranger.token,
    as,
    request,
    createRaw,
    async createPath(body: object): Promise<string> {
      const answer = await createRaw(body)
      if (answer.status !== 201) throw new Error(answer.text)
      return `/app/${appId}/endpoint/${answer.body.id}`
    },
    sdk: (generation: 'svix1' | 'svix2') => endpointSdk(generation, token, url),
    operationalSdk: (generation: 'svix1' | 'svix2') => operationalSdk(generation, token, url),
    portalToken: (ofApp: string, capabilities: Capability[] | null = null) =>
      createPortalAccess(
        core,
        { ...scope, appId: ofApp },
        {
          sessionId: null,
          expirySeconds: DAY_SECONDS,
          capabilities,
          featureFlags: [],
          latestMs: null,
        },
      ),
    addDeliveries: (endpointId: string, add: DeliveriesToAdd) =>
      insertDeliveries(db, { appId, endpointId }, add),
    async deliveryCounts(endpointId: string) {
      const { rows } = await db.hot.query(
        `SELECT status, cause, wait, count(*)::int AS count FROM delivery WHERE endpoint_id = $1
          GROUP BY status, cause, wait ORDER BY status::text`,
        [endpointId],
      )
      return rows
    },
    async canceledBy(endpointId: string): Promise<string | undefined> {
      const { rows } = await db.hot.query<{ actor: string }>(
        `SELECT DISTINCT actor FROM delivery WHERE endpoint_id = $1 AND status = 'canceled'`,
        [endpointId],
      )
      return rows[0]?.actor
    },
    async auditActions(): Promise<string[]> {
      const { rows } = await db.hot.query<{ action: string }>(
        'SELECT action FROM audit_record WHERE org_id = $1 ORDER BY id',
        [orgId],
      )
      return rows.map((row) => row.action)
    },
  }
}

/** Without a token when it is empty. A body that is a string goes as it is. */
function requestAs(url: string, bearer: string) {
  return async (method: string, path: string, body?: unknown): Promise<TestAnswer> => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: bearer === '' ? {} : { authorization: `Bearer ${bearer}` },
      ...(body === undefined ? {} : { body: text }),
    })
    const answer = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: answer === '' ? null : JSON.parse(answer),
      text: answer,
    }
  }
}
