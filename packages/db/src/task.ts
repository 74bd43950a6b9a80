import type { LimitedKey } from './application-limit.ts'
import type { Transaction } from './database.ts'
import { type BackgroundTask, Prisma, type PrismaClient } from './generated/client.ts'
import type { KeyWindow } from './keyset.ts'

export type TaskRow = BackgroundTask

type Reader = PrismaClient | Transaction

/** The organisation's tasks, or only those of one or some of its applications. */
export interface TaskScope extends LimitedKey {
  readonly appId?: string
}

// One over many endpoints names the applications to which whoever started it was limited.
function ofScope({ orgId, appId, appIds }: TaskScope): Prisma.Sql {
  const conditions = [Prisma.sql`org_id = ${orgId}`]
  if (appId !== undefined) conditions.push(Prisma.sql`app_id = ${appId}`)
  if (appIds !== undefined) {
    const ids = Prisma.sql`${[...appIds]}::text[]`
    conditions.push(
      Prisma.sql`(app_id = ANY (${ids}) OR app_id IS NULL AND input -> 'appIds' <@ to_jsonb(${ids}))`,
    )
  }
  return Prisma.join(conditions, ' AND ')
}

export interface NewTask {
  readonly id: string
  readonly orgId: string
  readonly appId: string | null
  readonly endpointId: string | null
  readonly type: string
  readonly input: Record<string, string | number | boolean | null | string[]>
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

export async function findTask(db: Reader, scope: TaskScope, id: string): Promise<TaskRow | null> {
  const rows = await db.$queryRaw<TaskRow[]>`
    SELECT ${TASK_COLUMNS} FROM background_task WHERE id = ${id} AND ${ofScope(scope)}`
  return rows[0] ?? null
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
  const {
    filter: { status, type },
    window: { after, direction, take },
  } = list
  const conditions = [ofScope(scope)]
  if (status !== undefined) conditions.push(Prisma.sql`status = ${status}::task_status`)
  if (type !== undefined) conditions.push(Prisma.sql`type = ${type}`)
  const [beyond, order] =
    direction === 'asc' ? [Prisma.sql`>`, Prisma.sql`ASC`] : [Prisma.sql`<`, Prisma.sql`DESC`]
  if (after !== null) conditions.push(Prisma.sql`id ${beyond} ${after}`)
  return db.$queryRaw<TaskRow[]>`
    SELECT ${TASK_COLUMNS} FROM background_task
     WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY id ${order} LIMIT ${take}`
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
                  WHERE status = 'running' AND paused_at IS NULL AND (leased_until IS NULL OR leased_until <= now())
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

export interface TaskHold {
  readonly id: string
  readonly isPaused: boolean
  /** How far it got, for the pace from here on. */
  readonly fraction: number
}

/** Holds a running task between two slices, or lets it go on. Null: it is held already, or isn't. */
export async function markTaskPaused(
  tx: Transaction,
  { id, isPaused, fraction }: TaskHold,
): Promise<TaskRow | null> {
  const rows = await tx.$queryRaw<TaskRow[]>`
    UPDATE background_task
       SET paused_at = CASE WHEN ${isPaused} THEN now() END, leased_until = NULL, updated_at = now(),
           resumed_at = CASE WHEN ${isPaused} THEN resumed_at ELSE now() END,
           resumed_done = CASE WHEN ${isPaused} THEN resumed_done ELSE done + skipped END,
           resumed_fraction = CASE WHEN ${isPaused} THEN resumed_fraction ELSE ${fraction}::float8 END
     WHERE id = ${id} AND status = 'running' AND (paused_at IS NULL) = ${isPaused} RETURNING ${TASK_COLUMNS}`
  return rows[0] ?? null
}

/** Beside what the task was asked for. */
export async function markTaskApproved(
  tx: Transaction,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE background_task SET input = input || jsonb_build_object('approvedBy', ${by}::text), updated_at = now()
     WHERE id = ${id}`
}

const TASK_COLUMNS = Prisma.sql`
  id, org_id AS "orgId", app_id AS "appId", endpoint_id AS "endpointId", type, status, input, cursor,
  done, skipped, failures, error, actor, leased_until AS "leasedUntil", canceled_at AS "canceledAt",
  paused_at AS "pausedAt", resumed_at AS "resumedAt", resumed_done AS "resumedDone",
  resumed_fraction AS "resumedFraction", total,
  created_at AS "createdAt", updated_at AS "updatedAt"`

export interface TaskProgress {
  readonly id: string
  readonly cursor: string | null
  readonly done: number
  readonly skipped: number
  readonly status: TaskRow['status']
  readonly error: string | null
  /** Null: leaves it as it is. */
  readonly total: number | null
  /** Until the next slice may be begun. */
  readonly restSeconds: number
}

/** Gives the lease back: the next slice is anybody's, and a long task doesn't hold up the others. */
export async function saveTaskProgress(tx: Transaction, progress: TaskProgress): Promise<TaskRow> {
  const { id, cursor, done, skipped, status, error, total, restSeconds } = progress
  const rows = await tx.$queryRaw<TaskRow[]>`
    UPDATE background_task
       SET cursor = coalesce(${cursor}::text, cursor), done = done + ${done}, skipped = skipped + ${skipped},
           total = coalesce(${total}::int, total), status = ${status}::task_status, error = ${error}::text, failures = 0,
           leased_until = now() + make_interval(secs => ${restSeconds}::float8), updated_at = now()
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
    UPDATE message SET payload = NULL, original = NULL
     WHERE app_id = ${appId} AND id = ANY (${ids}::text[]) AND payload IS NOT NULL`
}
