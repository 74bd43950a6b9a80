import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { isMigrated } from '@posthorn/db'
import { createBearerCheck, withinDeadline } from '@posthorn/runtime'
import type { WorkerContext } from './context.ts'

const READY_DEADLINE_MS = 2_000

/** Liveness, readiness (database and queue) and metrics of a worker that runs without an api beside it. */
export async function startHealthServer(
  ctx: WorkerContext,
  port: number,
): Promise<AsyncDisposable> {
  const mayReadMetrics = createBearerCheck(ctx.config.health.metricsToken)
  const server = createServer((req, res) => {
    const isRefused = isMetrics(req) && !mayReadMetrics(req.headers.authorization)
    const answered = isRefused ? Promise.resolve(UNAUTHENTICATED) : answer(ctx, req)
    answered.then(
      ({ status, body, type }) => res.writeHead(status, { 'content-type': type }).end(body),
      () => res.writeHead(503).end(),
    )
  })
  server.listen(port, ctx.config.health.host)
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly type: string
}

const NO_CONTENT: Answer = { status: 204, body: '', type: 'text/plain' }

async function answer(ctx: WorkerContext, req: IncomingMessage): Promise<Answer> {
  const path = pathOf(req)
  if (path === '/api/v1/health/live') return NO_CONTENT
  if (path === '/api/v1/health/ping') {
    return (await isReady(ctx)) ? NO_CONTENT : { ...NO_CONTENT, status: 503 }
  }
  if (isMetrics(req)) {
    return { status: 200, body: await ctx.registry.metrics(), type: ctx.registry.contentType }
  }
  return NOT_FOUND
}

const NOT_FOUND: Answer = {
  status: 404,
  body: '{"code":"not_found","detail":"Entity not found"}',
  type: 'application/json',
}

const UNAUTHENTICATED: Answer = {
  status: 401,
  body: '{"code":"authentication_failed","detail":"Metrics ask for the token of POSTHORN_METRICS_TOKEN."}',
  type: 'application/json',
}

function pathOf({ url = '' }: IncomingMessage): string | undefined {
  return url.split('?')[0]
}

function isMetrics(req: IncomingMessage): boolean {
  return pathOf(req) === '/metrics'
}

async function isReady(ctx: WorkerContext): Promise<boolean> {
  if (!ctx.queue.isReachable()) return false
  const ready = isMigrated(ctx.db.hot).catch(() => false)
  return withinDeadline(ready, READY_DEADLINE_MS, false)
}
