import { Prisma, type PrismaClient } from './generated/client.ts'
import type { DeliveryStatus } from './generated/enums.ts'
import type { KeyWindow } from './keyset.ts'
import { NEWEST_ATTEMPT, type NewestAttempt } from './newest-attempt.ts'

/** A delivery that a task sent on its way, and the last attempt that it made for it. */
export interface TaskDelivery {
  readonly messageId: string
  readonly endpointId: string
  readonly appId: string
  readonly eventType: string
  readonly status: DeliveryStatus
  readonly cause: string | null
  readonly nextAttemptAt: Date | null
  readonly attempt: NewestAttempt | null
}

export interface TaskDeliveries {
  readonly taskId: string
  /** Absent: all. */
  readonly status: DeliveryStatus | undefined
  /** Of keys that `taskDeliveryKey` made. */
  readonly window: KeyWindow
}

const BETWEEN = '.'

/** Unique: a task sends a message to an endpoint once. In this order they are listed. */
export function taskDeliveryKey({
  messageId,
  endpointId,
}: Pick<TaskDelivery, 'messageId' | 'endpointId'>): string {
  return `${messageId}${BETWEEN}${endpointId}`
}

/**
 * Reads all of the task's deliveries by `delivery_task`, however few are shown. Materialized, so that no plan walks
 * every delivery in the order that is asked for and looks for the task's among them.
 */
export function listTaskDeliveries(
  db: Pick<PrismaClient, '$queryRaw'>,
  { taskId, status, window }: TaskDeliveries,
): Promise<TaskDelivery[]> {
  const order = window.direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const ofStatus =
    status === undefined ? Prisma.empty : Prisma.sql`AND status = ${status}::delivery_status`
  return db.$queryRaw<TaskDelivery[]>`
    WITH sent AS MATERIALIZED (
      SELECT message_id, endpoint_id, app_id, status, cause,
             CASE WHEN wait = 'time' THEN next_attempt_at END AS next_attempt_at
        FROM delivery WHERE task_id = ${taskId} ${ofStatus} ${beyondKey(window)}),
    page AS MATERIALIZED (
      SELECT * FROM sent ORDER BY message_id ${order}, endpoint_id ${order} LIMIT ${window.take})
    SELECT p.message_id AS "messageId", p.endpoint_id AS "endpointId", p.app_id AS "appId", m.event_type AS "eventType",
           p.status, p.cause, p.next_attempt_at AS "nextAttemptAt",
           (SELECT ${NEWEST_ATTEMPT}
              FROM attempt a
             WHERE a.message_id = p.message_id AND a.endpoint_id = p.endpoint_id AND a.task_id = ${taskId}
             ORDER BY a.id DESC LIMIT 1) AS attempt
      FROM page p
     CROSS JOIN LATERAL (SELECT event_type FROM message
                          WHERE app_id = p.app_id AND id = p.message_id LIMIT 1) m
     ORDER BY p.message_id ${order}, p.endpoint_id ${order}`
}

// The first column alone names the partitions that are left.
function beyondKey({ after, direction }: KeyWindow): Prisma.Sql {
  if (after === null) return Prisma.empty
  const [messageId = '', endpointId = ''] = after.split(BETWEEN)
  return direction === 'asc'
    ? Prisma.sql`AND message_id >= ${messageId} AND (message_id, endpoint_id) > (${messageId}, ${endpointId})`
    : Prisma.sql`AND message_id <= ${messageId} AND (message_id, endpoint_id) < (${messageId}, ${endpointId})`
}
