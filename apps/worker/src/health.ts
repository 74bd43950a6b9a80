import { once } from 'node:events'
import { createServer } from 'node:http'
import { isMigrated } from '@posthorn/db'
import { withinDeadline } from '@posthorn/runtime'
import type { WorkerContext } from './context.ts'

const READY_DEADLINE_MS = 2_000

/** Liveness, readiness (database and queue) and metrics of a worker that runs without an api beside it. */
export async function startHealthServer(
  ctx: WorkerContext,
  port: number,
): Promise<AsyncDisposable> {
  const server = createServer((req, res) => {
    answer(ctx, req.url ?? '').then(
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

async function answer(ctx: WorkerContext, url: string): Promise<Answer> {
  const path = url.split('?')[0]
  if (path === '/api/v1/health/live') return NO_CONTENT
  if (path === '/api/v1/health/ping') {
    return (await isReady(ctx)) ? NO_CONTENT : { ...NO_CONTENT, status: 503 }
  }
  if (path === '/metrics') {
    return { status: 200, body: await ctx.registry.metrics(), type: ctx.registry.contentType }
  }
  return NOT_FOUND
}

const NOT_FOUND: Answer = {
  status: 404,
  body: '{"code":"not_found","detail":"Entity not found"}',
  type: 'application/json',
}

async function isReady(ctx: WorkerContext): Promise<boolean> {
  if (!ctx.queue.isReachable()) return false
  const ready = isMigrated(ctx.db.hot).catch(() => false)
  return withinDeadline(ready, READY_DEADLINE_MS, false)
}
