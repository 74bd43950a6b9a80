import { loadApiConfig, startApi } from '@posthorn/api'
import { createOrganisationToken, createTokens, createVault } from '@posthorn/core'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { loadIngestConfig, startIngest } from '@posthorn/ingest'
import { silentLogger } from '@posthorn/runtime'
import { startReceiver, startTestServer } from '@posthorn/test-kit'
import { createCaller, openBrowser } from '@posthorn/test-kit/pages'
import { loadWorkerConfig, startWorker } from '@posthorn/worker'

export { isWithoutBrowser } from '@posthorn/test-kit/pages'

const JWT_SECRET = 'a-signing-secret-that-is-long-enough'

// Nothing answers there: names that are typed are looked up on this machine only.
const NO_NAMES = { servers: ['127.0.0.1:1'], timeoutMs: 1_000 }

/** What production is here: endpoints may be on this machine, without TLS. */
export const PRODUCTION = {
  POSTHORN_MODE: 'production',
  POSTHORN_ALLOW_SUBNETS: '127.0.0.1/32',
  POSTHORN_HTTPS_ONLY: 'false',
}

export type Portal = Awaited<ReturnType<typeof startPortal>>

/** Api, ingest and worker in this process, a receiver, an application, and a browser in front. */
export async function startPortal(settings: Readonly<Record<string, string>> = {}) {
  await using stack = new AsyncDisposableStack()
  const server = stack.use(await startTestServer())
  const { url: databaseUrl } = await server.cloneDatabase()
  const env = {
    POSTHORN_MODE: 'local',
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    POSTHORN_JWT_SECRET: JWT_SECRET,
    POSTHORN_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
    POSTHORN_RETRY_SCHEDULE: '30,300,1800',
    ...settings,
  }
  const worker = stack.use(await startWorker(loadWorkerConfig(env), { logger: silentLogger }))
  const { localDelivery } = worker
  const inside = { logger: silentLogger, localDelivery }
  const ingestEnv = { ...env, POSTHORN_INGEST_PORT: '0' }
  const ingest = stack.use(await startIngest(loadIngestConfig(ingestEnv), inside))
  const apiEnv = { ...env, POSTHORN_INGEST_URL: ingest.url }
  const api = stack.use(await startApi(loadApiConfig(apiEnv), { ...inside, resolver: NO_NAMES }))
  const receiver = stack.use(await startReceiver())
  const token = await organisationToken(databaseUrl)
  const call = createCaller(api.url, token)
  await call('POST', '/app', { name: 'Acme Billing', uid: 'acme' })
  const db = stack.use(openDatabase({ url: databaseUrl }))
  const { browser, problems, expectProblem, newPage } = stack.use(await openBrowser())
  const resources = stack.move()
  return {
    url: api.url,
    call,
    db,
    receiver,
    browser,
    problems,
    expectProblem,
    newPage,
    link: async (body: object = {}) => {
      const { url } = await call('POST', '/auth/app-portal-access/acme', body)
      return String(url)
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function organisationToken(databaseUrl: string): Promise<string> {
  await using db = openDatabase({ url: databaseUrl })
  using clock = await startDatabaseClock(db.hot)
  const vault = createVault([Buffer.alloc(32)])
  const core = { db, clock, vault, tokens: createTokens(JWT_SECRET) }
  return (await createOrganisationToken(core, { expiresInSeconds: 86_400 })).token
}
