import { type AuthContext, createOrganisationToken, type LocalDelivery } from '@posthorn/core'
import { type Database, ensurePartitions } from '@posthorn/db'
import {
  seedApplication,
  seedAttempts,
  seedEndpoint,
  seedMessage,
  type SeededApplication,
  startTestDatabase,
} from '@posthorn/test-kit'
import { Svix as Svix1 } from 'svix1'
import { Svix as Svix2 } from 'svix2'
import { afterAll } from 'vitest'
import { startTestApi } from './test-api.ts'

const DAY_MS = 86_400_000

// One server and database for a file; every test has an application of its own in it.
let opened: Promise<Opened> | undefined

interface Opened extends AsyncDisposable {
  readonly core: AuthContext
  readonly db: Database
  readonly url: string
  readonly counts: { nudges: number }
}

async function openOnce(): Promise<Opened> {
  const counts = { nudges: 0 }
  const database = await startTestDatabase()
  const localDelivery = fullWorker(() => void counts.nudges++)
  const api = await startTestApi({ databaseUrl: database.url, localDelivery })
  const client = await api.core.db.hot.connect()
  await ensurePartitions(client, Date.now() - 28 * DAY_MS)
  client.release()
  return {
    core: api.core,
    db: api.core.db,
    url: api.url,
    counts,
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** A worker that has no room: what is published waits, and only nudges are counted. */
function fullWorker(nudge: () => void): LocalDelivery {
  const [cancel, accept] = [() => undefined, () => undefined]
  return { workerId: 'full', leaseSeconds: 20, reserve: () => 'time', cancel, accept, nudge }
}

afterAll(async () => (await opened)?.[Symbol.asyncDispose]())

/** An application with a history, behind the real api. */
export async function setupReading() {
  opened ??= openOnce()
  const { core, db, url, counts: all } = await opened
  const app = await seedApplication(db.hot)
  const { token } = await createOrganisationToken(core, {
    orgId: app.orgId,
    expiresInSeconds: 3600,
  })
  const before = all.nudges
  const request = requester(`${url}/api/v1/app/${app.appId}`, token)
  return {
    core,
    db,
    pool: db.hot,
    app,
    url,
    token,
    counts: {
      get nudges() {
        return all.nudges - before
      },
    },
    request,
    get: (path: string, bearer?: string | null) => request('GET', path, bearer),
    sdk: (generation: 'svix1' | 'svix2') => client(generation, token, url),
    audited: (action: string) => auditedTargets(db, app, action),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

export type ReadingBench = Awaited<ReturnType<typeof setupReading>>

/** The same things in another organisation. */
setupReading.foreign = async ({ pool }: Pick<ReadingBench, 'pool'>) => {
  const app = await seedApplication(pool)
  const messageId = await seedMessage(pool, app)
  const endpointId = await seedEndpoint(pool, app)
  const [attemptId = ''] = await seedAttempts(pool, app, [{ messageId, endpointId }])
  return { messageId, endpointId, attemptId }
}

// The two generations agree on all that these tests call.
function client(generation: 'svix1' | 'svix2', token: string, serverUrl: string) {
  const sdk =
    generation === 'svix1' ? new Svix1(token, { serverUrl }) : new Svix2(token, { serverUrl })
  return sdk as Svix1
}

function requester(base: string, own: string) {
  return async (method: string, path: string, token: string | null = own) => {
    const headers: Record<string, string> =
      token === null ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(base + path, { method, headers })
    const text = await response.text()
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      text,
      body: text === '' ? null : JSON.parse(text),
    }
  }
}

async function auditedTargets(db: Database, app: SeededApplication, action: string) {
  const { rows } = await db.hot.query<{ target: string }>(
    `SELECT target FROM audit_record WHERE org_id = $1 AND app_id = $2 AND action = $3 ORDER BY id`,
    [app.orgId, app.appId, action],
  )
  return rows.map((row) => row.target)
}
