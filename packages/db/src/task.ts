import type { Transaction } from './database.ts'
import { type BackgroundTask, Prisma, type PrismaClient } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

export type TaskRow = BackgroundTask

type Reader = PrismaClient | Transaction

/** The organisation's tasks, or only those of one of its applications. */
export interface TaskScope {
  readonly orgId: string
  readonly appId?: string
}

export interface NewTask {
  readonly id: string
  readonly orgId: string
  readonly appId: string | null
  readonly endpointId: string | null
  readonly type: string
  readonly input: Record<string, string | number | boolean | null>
  readonly actor: string
  readonly createdAt: Date
}

export function insertTask(tx: Transaction, task: NewTask): Promise<TaskRow> {
  return tx.backgroundTask.create({ data: { ...task, updatedAt: task.createdAt } })
}

/** By the index of running ones, of which each application has few. */
export async function countRunningTasks(tx: Transaction, appId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM background_task WHERE status = 'running' AND app_id = ${appId}`
  return rows[0]?.count ?? 0
}

export function findTask(db: Reader, scope: TaskScope, id: string): Promise<TaskRow | null> {
  return db.backgroundTask.findFirst({ where: { ...scope, id } })
}

export interface TaskFilter {
  readonly status?: TaskRow['status'] | undefined
  readonly type?: string | undefined
}

export interface TaskList {
  readonly filter: TaskFilter
  readonly window: KeyWindow
}

export function listTasks(db: Reader, scope: TaskScope, list: TaskList): Promise<TaskRow[]> {
  const { filter, window } = list
  return db.backgroundTask.findMany({
    where: {
      ...scope,
      ...(filter.status === undefined ? {} : { status: filter.status }),
      ...(filter.type === undefined ? {} : { type: filter.type }),
      id: beyond(window),
    },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

/**
 * The running task that waited longest for somebody to be at it, leased for `leaseSeconds`. Counted as a
 * failure until the slice is saved, so that one that ends its process is counted too.
 */
export async function leaseTask(db: Reader, leaseSeconds: number): Promise<TaskRow | null> {
  const rows = await db.$queryRaw<TaskRow[]>`
    UPDATE background_task
       SET leased_until = now() + make_interval(secs => ${leaseSeconds}::float8), failures = failures + 1
     WHERE id = (SELECT id FROM background_task
                  WHERE status = 'running' AND (leased_until IS NULL OR leased_until <= now())
                  ORDER BY leased_until NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${TASK_COLUMNS}`
  return rows[0] ?? null
}

/** Held until the transaction ends: one slice at a time, and each starts where the last one committed. */
export async function lockRunningTask(tx: Transaction, id: string): Promise<TaskRow | null> {
  const rows = await tx.$queryRaw<TaskRow[]>`
    SELECT ${TASK_COLUMNS} FROM background_task WHERE id = ${id} AND status = 'running' FOR UPDATE`
  return rows[0] ?? null
}

const TASK_COLUMNS = Prisma.sql`
  id, org_id AS "orgId", app_id AS "appId", endpoint_id AS "endpointId", type, status, input, cursor,
  done, skipped, failures, error, actor, leased_until AS "leasedUntil", canceled_at AS "canceledAt",
  created_at AS "createdAt", updated_at AS "updatedAt"`

export interface TaskProgress {
  readonly id: string
  readonly cursor: string | null
  readonly done: number
  readonly skipped: number
  readonly status: TaskRow['status']
  readonly error: string | null
}

/** Gives the lease back: the next slice is anybody's, and a long task doesn't hold up the others. */
export async function saveTaskProgress(tx: Transaction, progress: TaskProgress): Promise<TaskRow> {
  const { id, cursor, done, skipped, status, error } = progress
  const rows = await tx.$queryRaw<TaskRow[]>`
    UPDATE background_task
       SET cursor = coalesce(${cursor}::text, cursor), done = done + ${done}, skipped = skipped + ${skipped},
           status = ${status}::task_status, error = ${error}::text, failures = 0, leased_until = now(),
           updated_at = now()
     WHERE id = ${id} RETURNING ${TASK_COLUMNS}`
  const [row] = rows
  if (row === undefined) throw new Error(`Task ${id} is gone.`)
  return row
}

export async function markTaskCanceled(tx: Transaction, id: string): Promise<TaskRow> {
  const rows = await tx.$queryRaw<TaskRow[]>`
    UPDATE background_task SET status = 'failed', canceled_at = now(), updated_at = now()
     WHERE id = ${id} RETURNING ${TASK_COLUMNS}`
  const [row] = rows
  if (row === undefined) throw new Error(`Task ${id} is gone.`)
  return row
}

export interface EndpointDelivery {
  readonly messageId: string
  readonly status: 'pending' | 'delivered' | 'failed' | 'canceled'
  readonly cause: string | null
}

export interface DeliveryRange {
  readonly endpointId: string
  readonly afterMessageId: string
  readonly beforeMessageId: string
  readonly limit: number
}

/** An endpoint's deliveries in order of their messages: up to two rows each (scheduled, manual). */
export function listEndpointDeliveries(
  tx: Transaction,
  range: DeliveryRange,
): Promise<EndpointDelivery[]> {
  return tx.$queryRaw<EndpointDelivery[]>`
    SELECT message_id AS "messageId", status, cause FROM delivery
     WHERE endpoint_id = ${range.endpointId}
       AND message_id > ${range.afterMessageId} AND message_id < ${range.beforeMessageId}
     ORDER BY message_id LIMIT ${range.limit}`
}

export interface ManualDeliveries {
  readonly messageIds: readonly string[]
  readonly appId: string
  readonly endpointId: string
  readonly taskId: string | null
  readonly actor: string
}

/**
 * Has these messages sent to the endpoint once more, by hand. Passes over those whose payload is gone
 * and answers how many are on their way. One that was resent meanwhile is left as it is.
 */
export function insertManualDeliveries(tx: Transaction, manual: ManualDeliveries): Promise<number> {
  const { appId, endpointId, taskId, actor } = manual
  return tx.$executeRaw`
    INSERT INTO delivery (message_id, endpoint_id, app_id, trigger, wait, next_attempt_at, task_id, actor)
    SELECT m.id, ${endpointId}, ${appId}, 'manual', 'time', now(), ${taskId}::text, ${actor}
      FROM message m
     WHERE m.app_id = ${appId} AND m.id = ANY (${[...manual.messageIds]}::text[])
       AND m.payload IS NOT NULL AND (m.payload_expires_at > now()) IS NOT FALSE
     ORDER BY m.id
    ON CONFLICT (message_id, endpoint_id, trigger) DO UPDATE
       SET status = 'pending', wait = 'time', next_attempt_at = now(), lease_token = NULL,
           attempt_count = 0, lost_count = 0, cause = NULL, task_id = excluded.task_id, actor = excluded.actor
     WHERE delivery.status IN ('failed', 'canceled')`
}

export interface MessageRange {
  readonly appId: string
  readonly afterMessageId: string
  readonly beforeMessageId: string
  readonly limit: number
}

export async function listMessageIds(tx: Transaction, range: MessageRange): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM message
     WHERE app_id = ${range.appId} AND id > ${range.afterMessageId} AND id < ${range.beforeMessageId}
     ORDER BY id LIMIT ${range.limit}`
  return rows.map((row) => row.id)
}

/** Payloads, and what receivers answered. Says how many messages still had one. */
export async function purgeContent(
  tx: Transaction,
  { appId, messageIds }: { readonly appId: string; readonly messageIds: readonly string[] },
): Promise<number> {
  const ids = [...messageIds]
  await tx.$executeRaw`
    UPDATE attempt SET response_body = 'EXPUNGED', response_headers = NULL
     WHERE message_id = ANY (${ids}::text[]) AND app_id = ${appId} AND response_body IS NOT NULL`
  return tx.$executeRaw`
    UPDATE message SET payload = NULL
     WHERE app_id = ${appId} AND id = ANY (${ids}::text[]) AND payload IS NOT NULL`
}
