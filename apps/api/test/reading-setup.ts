import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { parseQuery, parseRequest, RequestValidationError } from '@posthorn/contracts'
import { type AppScope, DomainError, type ResendContext } from '@posthorn/core'
import { type Database, ensurePartitions, openDatabase } from '@posthorn/db'
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
import { attemptListRoutes } from '../src/routes/attempt-list.ts'
import { attemptRoutes } from '../src/routes/attempt.ts'
import { messageReadRoutes } from '../src/routes/message-read.ts'
import type { JsonAnswer } from '../src/routes/reading-route.ts'

const DAY_MS = 86_400_000
const TOKEN = 'seeded'

// One server and database for a file; every test has an application of its own in it.
let opened: Promise<Opened> | undefined

interface Opened extends AsyncDisposable {
  readonly db: Database
}

async function openOnce(): Promise<Opened> {
  const database = await startTestDatabase()
  const db = openDatabase({ url: database.url })
  const client = await db.hot.connect()
  await ensurePartitions(client, Date.now() - 28 * DAY_MS)
  client.release()
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

afterAll(async () => (await opened)?.[Symbol.asyncDispose]())

/** The route tables of messages and attempts behind a bare server, with the token already proved. */
export async function setupReading() {
  opened ??= openOnce()
  const { db } = await opened
  const app = await seedApplication(db.hot)
  const counts = { nudges: 0 }
  const ctx = { db, nudge: () => void counts.nudges++ }
  const server = serve(ctx, { ...app, actor: { kind: 'token', id: TOKEN } })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  const url = `http://127.0.0.1:${address.port}`
  const request = requester(`${url}/api/v1/app/${app.appId}`)
  return {
    db,
    pool: db.hot,
    app,
    counts,
    request,
    get: (path: string, token?: string | null) => request('GET', path, token),
    sdk: (generation: 'svix1' | 'svix2') => client(generation, url),
    audited: (action: string) => auditedTargets(db, app, action),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
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
function client(generation: 'svix1' | 'svix2', serverUrl: string) {
  const sdk =
    generation === 'svix1' ? new Svix1(TOKEN, { serverUrl }) : new Svix2(TOKEN, { serverUrl })
  return sdk as Svix1
}

function requester(base: string) {
  return async (method: string, path: string, token: string | null = TOKEN) => {
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

interface Incoming {
  readonly method: string
  readonly path: string
  readonly search: string
}

function serve(ctx: ResendContext, scope: AppScope): Server {
  return createServer((req, res) => {
    const url = new URL(req.url ?? '', 'http://127.0.0.1')
    const incoming = {
      method: req.method?.toLowerCase() ?? '',
      path: url.pathname,
      search: url.search.slice(1),
    }
    const answered =
      req.headers.authorization === undefined
        ? Promise.resolve({ status: 401, json: '{"code":"authentication_failed","detail":""}' })
        : answer(ctx, scope, incoming).catch(toErrorAnswer)
    void answered.then(({ status, json }) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(json ?? undefined),
    )
  })
}

const ROUTES = [...messageReadRoutes, ...attemptListRoutes, ...attemptRoutes]

async function answer(
  ctx: ResendContext,
  scope: AppScope,
  incoming: Incoming,
): Promise<JsonAnswer> {
  for (const route of ROUTES) {
    const params = route.method === incoming.method ? matchPath(route.path, incoming.path) : null
    if (params === null) continue
    return handle(route, ctx, {
      scope,
      params: parseRequest(route.params, params, 'path'),
      query: parseQuery(route.query, incoming.search),
    })
  }
  return { status: 404, json: '{"code":"not_found","detail":""}' }
}

// A row's handler is typed by the row's own schemas; the table forgets which belong to which.
function handle(route: (typeof ROUTES)[number], ctx: ResendContext, input: object) {
  return route.handle(ctx, input as never)
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const source = pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')
  const groups = new RegExp(`^${source}$`).exec(path)?.groups
  return groups === undefined ? null : { ...groups }
}

function toErrorAnswer(err: unknown): JsonAnswer {
  if (err instanceof RequestValidationError) {
    return { status: 422, json: JSON.stringify({ detail: err.detail }) }
  }
  if (!(err instanceof DomainError)) throw err
  const { code, message } = err
  return {
    status: code === 'not_found' ? 404 : 400,
    json: JSON.stringify({ code, detail: message }),
  }
}
