import { loadApiConfig, startApi } from '@posthorn/api'
import { createOrganisationToken, createTokens, createVault } from '@posthorn/core'
import { makeFirstOwnerLink } from '@posthorn/core/staff'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { loadIngestConfig, startIngest } from '@posthorn/ingest'
import { silentLogger } from '@posthorn/runtime'
import { startReceiver, startTestServer } from '@posthorn/test-kit'
import { createCaller, openBrowser } from '@posthorn/test-kit/pages'
import { loadWorkerConfig, startWorker } from '@posthorn/worker'

export { isWithoutBrowser } from '@posthorn/test-kit/pages'

const JWT_SECRET = 'a-signing-secret-that-is-long-enough'
export const PASSWORD = 'correct horse battery staple'

export type Console = Awaited<ReturnType<typeof startConsole>>

/** Api, ingest and worker in this process, an organisation with an application, and a browser in front. */
export async function startConsole(settings: Readonly<Record<string, string>> = {}) {
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
    ...settings,
  }
  const worker = stack.use(await startWorker(loadWorkerConfig(env), { logger: silentLogger }))
  const { localDelivery } = worker
  const inside = { logger: silentLogger, localDelivery }
  const ingestEnv = { ...env, POSTHORN_INGEST_PORT: '0' }
  const ingest = stack.use(await startIngest(loadIngestConfig(ingestEnv), inside))
  const apiEnv = { ...env, POSTHORN_INGEST_URL: ingest.url }
  const names = settings['POSTHORN_DNS_SERVERS']
  const resolver = names === undefined ? {} : { resolver: { servers: [names], timeoutMs: 1_000 } }
  const api = stack.use(await startApi(loadApiConfig(apiEnv), { ...inside, ...resolver }))
  const receiver = stack.use(await startReceiver())
  const db = stack.use(openDatabase({ url: databaseUrl }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const vault = createVault([Buffer.alloc(32)])
  const core = { db, clock, vault, tokens: createTokens(JWT_SECRET) }
  const { token, orgId } = await createOrganisationToken(core, { expiresInSeconds: 86_400 })
  const firstOwner = await makeFirstOwnerLink(core, null)
  const { problems, expectProblem, newPage } = stack.use(await openBrowser())
  const resources = stack.move()
  return {
    url: api.url,
    orgId,
    core,
    receiver,
    call: createCaller(api.url, token),
    /** Another one at the same database, with other settings. */
    startAnotherApi: (others: Readonly<Record<string, string>>) =>
      startApi(loadApiConfig({ ...env, ...others }), { logger: silentLogger }),
    stopWorker: () => worker[Symbol.asyncDispose](),
    firstOwnerUrl: `${api.url}/console/link#token=${firstOwner?.token ?? ''}`,
    problems,
    expectProblem,
    newPage,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
