import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { isMigrated } from '@posthorn/db'
import { createBearerCheck, withinDeadline } from '@posthorn/runtime'
import type { WorkerContext } from './context.ts'

const READY_DEADLINE_MS = 2_000

export interface HealthOptions {
  readonly port: number
  /** The round of looking for work under way has taken so long that it will never end. */
  readonly isStuck: () => boolean
}

/** Liveness, readiness (database and queue) and metrics of a worker that runs without an api beside it. */
export async function startHealthServer(
  ctx: WorkerContext,
  { port, isStuck }: HealthOptions,
): Promise<AsyncDisposable> {
  const mayReadMetrics = createBearerCheck(ctx.config.health.metricsToken)
  const server = createServer((req, res) => {
    const isRefused = isMetrics(req) && !mayReadMetrics(req.headers.authorization)
    const answered = isRefused ? Promise.resolve(UNAUTHENTICATED) : answer({ ctx, isStuck }, req)
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

const UNAVAILABLE: Answer = { ...NO_CONTENT, status: 503 }

interface Asked extends Pick<HealthOptions, 'isStuck'> {
  readonly ctx: WorkerContext
}

async function answer({ ctx, isStuck }: Asked, req: IncomingMessage): Promise<Answer> {
  const path = pathOf(req)
  if (path === '/api/v1/health/live') return isStuck() ? UNAVAILABLE : NO_CONTENT
  if (path === '/api/v1/health/ping') {
    return (await isReady(ctx)) ? NO_CONTENT : UNAVAILABLE
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
