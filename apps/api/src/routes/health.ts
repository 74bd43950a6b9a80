import { isMigrated } from '@posthorn/db'
import { withinDeadline } from '@posthorn/runtime'
import type { ApiContext } from '../context.ts'
import type { ApiRoute } from '../http/route-table.ts'
import type { HttpAnswer } from '../http/send.ts'

const READY_DEADLINE_MS = 2_000
const READY_TTL_MS = 500
const NO_CONTENT: HttpAnswer = { status: 204, json: null }

function healthRoute(path: string, operationId: string, handle: ApiRoute['handle']): ApiRoute {
  return {
    method: 'get',
    path,
    operationId,
    summary: 'Health',
    tags: ['Health'],
    response: { 204: null },
    handle,
    access: { of: 'public' },
  }
}

/** Liveness says that this process answers; readiness that the database answers it. */
export const healthRoutes: ApiRoute[] = [
  healthRoute('/api/v1/health', 'v1.health.get', () => Promise.resolve(NO_CONTENT)),
  healthRoute('/api/v1/health/live', 'v1.health.live', () => Promise.resolve(NO_CONTENT)),
  healthRoute('/api/v1/health/ping', 'v1.health.ping', async (ctx) =>
    (await isReady(ctx))
      ? NO_CONTENT
      : { status: 503, json: NOT_READY, headers: { 'retry-after': '1' } },
  ),
]

const NOT_READY = '{"code":"unavailable","detail":"The database is not available."}'

const lastLooks = new WeakMap<ApiContext['db'], { atMs: number; ready: Promise<boolean> }>()

function isReady(ctx: ApiContext): Promise<boolean> {
  const last = lastLooks.get(ctx.db)
  if (last !== undefined && performance.now() - last.atMs < READY_TTL_MS) return last.ready
  const ready = look(ctx)
  lastLooks.set(ctx.db, { atMs: performance.now(), ready })
  return ready
}

function look(ctx: ApiContext): Promise<boolean> {
  const migrated = isMigrated(ctx.db.hot).catch(() => false)
  return withinDeadline(migrated, READY_DEADLINE_MS, false)
}
