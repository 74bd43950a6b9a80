import {
  type ApiKeyInput,
  createApiKey,
  createOrganisationToken,
  type OrgScope,
} from '@posthorn/core'
import { startTestDatabase } from '@posthorn/test-kit'
import { Svix as Svix1 } from 'svix1'
import { Svix as Svix2 } from 'svix2'
import { afterAll } from 'vitest'
import { startTestApi } from './test-api.ts'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  // What JSON holds is asserted by the tests.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>
  /** A string or bytes go as they are. */
  readonly body?: unknown
}

const DAY_SECONDS = 86_400

let shared: ReturnType<typeof startServer> | undefined

afterAll(async () => (await shared)?.end())

async function startServer() {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await startTestDatabase())
  const { core, url } = stack.use(await startTestApi({ databaseUrl }))
  const resources = stack.move()
  return { core, url, databaseUrl, end: () => resources.disposeAsync() }
}

/** One api and database for the tests of a file; each test has an organisation of its own. */
export async function setupApi() {
  shared ??= startServer()
  const { core, url, databaseUrl } = await shared
  const { orgId, token } = await createOrganisationToken(core, { expiresInSeconds: DAY_SECONDS })
  const scope: OrgScope = { orgId, actor: { kind: 'system', reason: 'test' } }
  const as = (bearer: string) => sendAs(url, bearer)
  return {
    core,
    url,
    databaseUrl,
    scope,
    orgId,
    token,
    as,
    send: as(token),
    svix1: new Svix1(token, { serverUrl: url }),
    svix2: new Svix2(token, { serverUrl: url }),
    apiKey: (input: Partial<ApiKeyInput> = {}) =>
      createApiKey(core, scope, { name: 'test', scopes: ['read', 'write', 'publish'], ...input }),
    async auditActions(): Promise<string[]> {
      const rows = await core.db.prisma.auditRecord.findMany({
        where: { orgId },
        orderBy: { createdAt: 'asc' },
      })
      return rows.map((row) => row.action)
    },
  }
}

/** Paths are under `/api/v1`. */
export function sendAs(url: string, bearer: string) {
  return async (method: string, path: string, sending: Sending = {}): Promise<ApiAnswer> => {
    const { body, headers } = sending
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }), ...headers },
      ...(body === undefined ? {} : { body: isRaw ? asBody(body) : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    }
  }
}

function asBody(body: string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : new Uint8Array(body)
}
