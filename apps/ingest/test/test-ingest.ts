import {
  createEndpoint,
  createSource,
  createVault,
  DEFAULT_OPTIONS,
  ensureOrganisation,
  type NewSourceInput,
  type OrgScope,
  type ReceiveContext,
} from '@posthorn/core'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { newId, silentLogger } from '@posthorn/runtime'
import { type Receiver, startReceiver, startTestServer, type TestServer } from '@posthorn/test-kit'
import { loadWorkerConfig, startWorker } from '@posthorn/worker'
import { afterAll } from 'vitest'
import { loadIngestConfig } from '../src/config.ts'
import { startIngest } from '../src/start-ingest.ts'

let server: Promise<TestServer> | undefined
afterAll(async () => (await server)?.[Symbol.asyncDispose]())

export const KEY = Buffer.alloc(32, 7)

export function ingestEnv(databaseUrl: string, env: Readonly<Record<string, string>> = {}) {
  return {
    DATABASE_URL: databaseUrl,
    POSTHORN_MODE: 'local',
    POSTHORN_INGEST_PORT: '0',
    POSTHORN_ENCRYPTION_KEYS: KEY.toString('base64'),
    ...env,
  }
}

export async function cloneDatabase(): Promise<string> {
  const { url } = await (await (server ??= startTestServer())).cloneDatabase()
  return url
}

export interface TestIngestOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly hasWorker?: boolean
  readonly fetchKey?: NonNullable<ReceiveContext['fetchKey']>
  readonly trustedRoots?: NonNullable<ReceiveContext['trustedRoots']>
  readonly replyMs?: number
}

/** The real ingest on a free port with a database of its own, and a worker beside it if asked for. */
export async function startTestIngest({
  env,
  hasWorker = false,
  fetchKey,
  trustedRoots,
  replyMs,
}: TestIngestOptions = {}) {
  await using stack = new AsyncDisposableStack()
  const databaseUrl = await cloneDatabase()
  const db = stack.use(openDatabase({ url: databaseUrl }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const core = { db, clock, vault: createVault([KEY]), disableAfterSeconds: 432_000 }
  const settings = ingestEnv(databaseUrl, env)
  const worker = hasWorker
    ? stack.use(await startWorker(loadWorkerConfig(settings), { logger: silentLogger }))
    : undefined
  const ingest = stack.use(
    await startIngest(loadIngestConfig(settings), {
      logger: silentLogger,
      ...(worker && { localDelivery: worker.localDelivery }),
      ...(fetchKey && { fetchKey }),
      ...(trustedRoots && { trustedRoots }),
      ...(replyMs !== undefined && { replyMs }),
    }),
  )
  const orgId = newId('org_', clock.nowMs())
  await ensureOrganisation(core, orgId)
  const scope: OrgScope = { orgId, actor: { kind: 'system', reason: 'test' } }
  const resources = stack.move()
  return {
    core,
    scope,
    databaseUrl,
    url: ingest.url,
    ...sourceMaker({ core, scope, url: ingest.url }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

interface Making {
  readonly core: Parameters<typeof createEndpoint>[0]
  readonly scope: OrgScope
  readonly url: string
}

function sourceMaker({ core, scope, url }: Making) {
  return {
    /** A source, and how to send to it. */
    async source(fields: Partial<NewSourceInput> = {}) {
      const source = await createSource(core, scope, {
        application: null,
        uid: null,
        name: 'test',
        type: 'generic-webhook',
        config: {},
        secrets: [],
        options: DEFAULT_OPTIONS,
        metadata: {},
        ...fields,
      })
      const at = `${url}/in/${source.token}`
      return { ...source, url: at, send: sendTo(at), ...records(core, source.id) }
    },
    /** An endpoint of the application, with a receiver behind it. */
    async endpoint(appId: string): Promise<Receiver> {
      const receiver = await startReceiver()
      await createEndpoint(core, { ...scope, appId }, { ...ENDPOINT, url: receiver.url })
      return receiver
    },
  }
}

export const ENDPOINT = {
  description: '',
  uid: null,
  throttleRate: null,
  disabled: false,
  eventTypes: null,
  channels: null,
  metadata: {},
  retrySchedule: null,
  secret: null,
  headers: {},
} as const

export interface Sent {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

function sendTo(url: string) {
  return async (
    body: string | Buffer,
    headers: Readonly<Record<string, string>> = {},
    path = '',
  ): Promise<Sent> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
}

function records({ db }: Making['core'], sourceId: string) {
  return {
    requests: () =>
      db.prisma.sourceRequest.findMany({ where: { sourceId }, orderBy: { id: 'asc' } }),
    quarantined: () =>
      db.prisma.quarantinedRequest.findMany({ where: { sourceId }, orderBy: { id: 'asc' } }),
    messages: () =>
      db.prisma.message.findMany({
        where: { channels: { has: sourceId } },
        orderBy: { id: 'asc' },
      }),
  }
}
