import { existsSync } from 'node:fs'
import { loadApiConfig, startApi } from '@posthorn/api'
import { createOrganisationToken, createTokens, createVault } from '@posthorn/core'
import { makeFirstOwnerLink } from '@posthorn/core/staff'
import { openDatabase, startDatabaseClock } from '@posthorn/db'
import { silentLogger } from '@posthorn/runtime'
import { startReceiver, startTestServer } from '@posthorn/test-kit'
import { loadWorkerConfig, startWorker } from '@posthorn/worker'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const CHROMIUM = [
  process.env['CHROMIUM_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
].find((path) => path !== '' && existsSync(path))

const NO_BROWSER =
  'no Chromium: `apt-get install -y chromium` (or CHROMIUM_PATH) lets the page tests run'

/** For `describe.skipIf`: says loudly what is left out, and how it would be run. */
export function isWithoutBrowser(): boolean {
  if (CHROMIUM === undefined) process.stderr.write(`\n!!! page tests skipped: ${NO_BROWSER}\n\n`)
  return CHROMIUM === undefined
}

const JWT_SECRET = 'a-signing-secret-that-is-long-enough'
export const PASSWORD = 'correct horse battery staple'

export type Console = Awaited<ReturnType<typeof startConsole>>

/** Api and worker in this process, an organisation with an application, and a browser in front. */
export async function startConsole() {
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
  }
  const worker = stack.use(await startWorker(loadWorkerConfig(env), { logger: silentLogger }))
  const { localDelivery } = worker
  const api = stack.use(await startApi(loadApiConfig(env), { logger: silentLogger, localDelivery }))
  const receiver = stack.use(await startReceiver())
  const db = stack.use(openDatabase({ url: databaseUrl }))
  const clock = stack.use(await startDatabaseClock(db.hot))
  const vault = createVault([Buffer.alloc(32)])
  const core = { db, clock, vault, tokens: createTokens(JWT_SECRET) }
  const { token, orgId } = await createOrganisationToken(core, { expiresInSeconds: 86_400 })
  const firstOwner = await makeFirstOwnerLink(core, null)
  const browser = stack.adopt(await launch(), (open) => open.close())
  const problems: string[] = []
  const resources = stack.move()
  return {
    url: api.url,
    orgId,
    core,
    receiver,
    call: createCaller(api.url, token),
    firstOwnerUrl: `${api.url}/console/link#token=${firstOwner?.token ?? ''}`,
    /** What any page of `newPage` said on its console, and what it threw. */
    problems,
    newPage: async (options: BrowserContextOptions = {}): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options })
      page.setDefaultTimeout(20_000)
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (err) => problems.push(err.message))
      return page
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function launch() {
  if (CHROMIUM === undefined) throw new Error(NO_BROWSER)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: CHROMIUM, args })
}

function createCaller(url: string, token: string) {
  return async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return Object(JSON.parse((await response.text()) || '{}'))
  }
}
