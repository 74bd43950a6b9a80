import * as http from 'node:http'
import {
  IdOrUid,
  parseJsonBody,
  parseQuery,
  parseRequest,
  RequestValidationError,
} from '@posthorn/contracts'
import {
  actorOf,
  type AuthContext,
  createAuthenticator,
  DomainError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  type Principal,
} from '@posthorn/core'
import { findApplication } from '@posthorn/db'
import type * as z from 'zod'
import { backgroundTaskRoutes } from '../src/routes/background-task.ts'
import { endpointHeadersRoutes } from '../src/routes/endpoint-headers.ts'
import type { EndpointAccess, EndpointContext } from '../src/routes/endpoint-route.ts'
import { endpointSecretRoutes } from '../src/routes/endpoint-secret.ts'
import { endpointTrafficRoutes } from '../src/routes/endpoint-traffic.ts'
import { endpointRoutes } from '../src/routes/endpoint.ts'
import { operationalWebhookEndpointRoutes } from '../src/routes/operational-webhook-endpoint.ts'
import { operationalWebhookSettingsRoutes } from '../src/routes/operational-webhook-settings.ts'

export type ServerContext = AuthContext & EndpointContext

/** A row with its input types left aside: its own schemas have made the input. */
interface AnyRow {
  readonly method: string
  readonly path: string
  readonly access: EndpointAccess
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
  handle(ctx: EndpointContext, input: unknown): Promise<{ status: number; body?: unknown }>
}

const ROUTES = [
  ...endpointRoutes,
  ...endpointHeadersRoutes,
  ...endpointSecretRoutes,
  ...endpointTrafficRoutes,
  ...backgroundTaskRoutes,
  ...operationalWebhookEndpointRoutes,
  ...operationalWebhookSettingsRoutes,
].map(asAnyRow)

function asAnyRow(row: object): AnyRow {
  return row as AnyRow
}

export async function createEndpointServer(ctx: ServerContext) {
  const authenticator = createAuthenticator(ctx)
  const server = http.createServer((req, res) => {
    void answer(req).then(({ status, body }) => {
      res.writeHead(status, { 'content-type': 'application/json' })
      res.end(
        body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  async function answer(req: http.IncomingMessage): Promise<{ status: number; body?: unknown }> {
    try {
      const principal = await authenticator.authenticate(req.headers.authorization)
      const url = new URL(req.url ?? '', 'http://x')
      const { row, params } = matchRow(req.method ?? '', url.pathname)
      const scope = await resolveScope(ctx, principal, { access: row.access, params })
      const text = await readText(req)
      const query = row.query === undefined ? undefined : parseQuery(row.query, url.search)
      const body =
        row.body === undefined ? undefined : parseRequest(row.body, parseJsonBody(text), 'body')
      return await row.handle(ctx, { scope, params, query, body })
    } catch (err) {
      return toAnswer(err)
    }
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function matchRow(
  method: string,
  pathname: string,
): { row: AnyRow; params: Record<string, string> } {
  for (const row of ROUTES) {
    if (row.method !== method.toLowerCase()) continue
    const match = new RegExp(`^${row.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(pathname)
    if (match === null) continue
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ])
    if (!params.every(([, value]) => IdOrUid.safeParse(value).success)) throw new NotFoundError()
    return { row, params: Object.fromEntries(params) }
  }
  throw new NotFoundError(`no route ${method} ${pathname}`)
}

async function resolveScope(
  ctx: ServerContext,
  principal: Principal,
  { access, params }: { readonly access: EndpointAccess; readonly params: Record<string, string> },
) {
  const scope = { orgId: principal.orgId, actor: actorOf(principal) }
  const isPortal = principal.kind === 'portal'
  if (access.of === 'organisation') {
    if (isPortal) throw new ForbiddenError()
    return scope
  }
  if (access.of === 'either') {
    requireCapability(principal, access.capability)
    return isPortal ? { ...scope, appId: principal.appId } : scope
  }
  const application = await findApplication(ctx.db.prisma, scope, params['appId'] ?? '')
  if (application === null || (isPortal && application.id !== principal.appId))
    throw new NotFoundError()
  requireCapability(principal, access.capability)
  return { ...scope, appId: application.id }
}

function requireCapability(principal: Principal, capability: string): void {
  if (principal.kind !== 'portal') return
  if (![...principal.capabilities].some((own) => own === capability)) throw new ForbiddenError()
}

async function readText(req: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const STATUS: Record<string, number> = {
  authentication_failed: 401,
  'insufficient access': 403,
  not_found: 404,
  conflict: 409,
}

function toAnswer(err: unknown): { status: number; body: unknown } {
  if (err instanceof RequestValidationError) return { status: 422, body: { detail: err.detail } }
  if (err instanceof InvalidInputError) {
    const detail = err.faults.map(({ path, message, type }) => ({
      loc: path,
      msg: message,
      type: type ?? 'value_error',
    }))
    return { status: 422, body: { detail } }
  }
  if (err instanceof DomainError) {
    return { status: STATUS[err.code] ?? 400, body: { code: err.code, detail: err.message } }
  }
  return { status: 500, body: { unexpected: String(err) } }
}
