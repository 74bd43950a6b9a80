import type { Database, Transaction } from './database.ts'
import { type DeliveryProgress, PROGRESS, STANDS_FOR_IT } from './delivery-progress.ts'
import type { ApplicationKey, EndpointRow } from './endpoint.ts'
import { Prisma } from './generated/client.ts'
import { direction, type IdRange, matchesOfSlice, withinRange } from './id-range.ts'
import {
  isFiltering,
  type MessageFilter,
  messageMatchesOf,
  payloadBytes,
  type ScannedRow,
} from './message.ts'

/**
 * The delivery of a message to an endpoint is its `scheduled` row; a `manual` one (resend, recover)
 * stands for it only where there is no other: a message published before the endpoint existed.
 */

type Scope = { readonly appId: string }

export interface DeliveryFilter extends MessageFilter {
  readonly progress?: readonly DeliveryProgress[] | undefined
}

/** A delivery in a list: of an endpoint, where `id` is the message's; of a message, the endpoint's. */
export interface ScannedDelivery extends ScannedRow {
  readonly progress: DeliveryProgress
  readonly cause: string | null
  readonly nextAttemptAt: Date | null
}

export interface EndpointScan {
  readonly endpointId: string
  readonly filter: DeliveryFilter
  readonly withContent: boolean
}

/** Newest message first by `delivery_endpoint`, partition by partition. */
export function endpointDeliveryScanSql(
  scope: Scope,
  scan: EndpointScan,
  range: IdRange,
): Prisma.Sql {
  const rows = Prisma.sql`
    SELECT d.message_id AS id, ${PROGRESS} AS progress, d.cause, ${NEXT_ATTEMPT} AS "nextAttemptAt",
           ${deliveryMatches(scope, scan.filter)} AS matches
      FROM (SELECT * FROM delivery d
             WHERE d.endpoint_id = ${scan.endpointId} AND ${STANDS_FOR_IT}
                   ${withinRange('d.message_id', range)}) d
     ORDER BY d.message_id ${direction(range)}`
  const bytes = scan.withContent ? payloadBytes(scope, 'k.id') : Prisma.sql`0`
  return matchesOfSlice({ rows, bytes }, range)
}

export function scanEndpointDeliveries(
  db: Database,
  ...[scope, scan, range]: Parameters<typeof endpointDeliveryScanSql>
): Promise<ScannedDelivery[]> {
  return db.prisma.$queryRaw<ScannedDelivery[]>(endpointDeliveryScanSql(scope, scan, range))
}

/** By endpoint id, on the primary key. */
export function scanMessageDeliveries(
  db: Database,
  messageId: string,
  range: IdRange,
): Promise<ScannedDelivery[]> {
  const rows = Prisma.sql`
    SELECT d.endpoint_id AS id, ${PROGRESS} AS progress, d.cause, ${NEXT_ATTEMPT} AS "nextAttemptAt",
           true AS matches
      FROM (SELECT * FROM delivery d
             WHERE d.message_id = ${messageId} AND ${STANDS_FOR_IT}
                   ${withinRange('d.endpoint_id', range)}) d
     ORDER BY d.endpoint_id ${direction(range)}`
  return db.prisma.$queryRaw<ScannedDelivery[]>(
    matchesOfSlice({ rows, bytes: Prisma.sql`0` }, range),
  )
}

export interface CountedDeliveries {
  readonly messageId: string
  readonly progress: DeliveryProgress
  readonly count: number
}

/** How many of each message stand how; of a message no more than `atMost` are looked at. */
export function countDeliveries(
  db: Database,
  scope: Scope,
  { messageIds, atMost }: { readonly messageIds: readonly string[]; readonly atMost: number },
): Promise<CountedDeliveries[]> {
  return db.prisma.$queryRaw<CountedDeliveries[]>`
    SELECT m.id AS "messageId", k.progress, count(*)::int AS count
      FROM unnest(${[...messageIds]}::text[]) AS m (id)
     CROSS JOIN LATERAL (
           SELECT ${PROGRESS} AS progress
             FROM (SELECT * FROM delivery d
                    WHERE d.message_id = m.id AND d.app_id = ${scope.appId} AND ${STANDS_FOR_IT}
                    LIMIT ${atMost}) d) k
     GROUP BY m.id, k.progress`
}

// What waits for its endpoint's turn has no time: when it came due is past, perhaps by hours.
const NEXT_ATTEMPT = Prisma.sql`CASE WHEN d.wait = 'time' THEN d.next_attempt_at END`

function deliveryMatches(scope: Scope, filter: DeliveryFilter): Prisma.Sql {
  const conditions = [Prisma.sql`true`]
  if (filter.progress !== undefined) {
    conditions.push(Prisma.sql`${PROGRESS} = ANY (${[...filter.progress]}::text[])`)
  }
  if (isFiltering(filter)) conditions.push(messageMatchesOf(scope, filter, 'd'))
  return Prisma.sql`(${Prisma.join(conditions, ' AND ')})`
}

export interface ManualDelivery {
  readonly messageId: string
  readonly endpointId: string
  readonly actor: string
}

/** Due at once. While an earlier request still waits, this one adds nothing: false. */
export async function requestManualDelivery(
  tx: Transaction,
  scope: Scope,
  delivery: ManualDelivery,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO delivery AS d (message_id, endpoint_id, trigger, app_id, next_attempt_at, wait, actor)
    VALUES (${delivery.messageId}, ${delivery.endpointId}, 'manual', ${scope.appId}, now(), 'time', ${delivery.actor})
    ON CONFLICT (message_id, endpoint_id, trigger) DO UPDATE
       SET status = 'pending', attempt_count = 0, lost_count = 0, next_attempt_at = now(), wait = 'time',
           lease_token = NULL, cause = NULL, task_id = NULL, actor = excluded.actor
     WHERE d.status <> 'pending'`
  return changed > 0
}

/** Deleted ones too: they stay in the history of their messages. */
export function loadEndpoints(
  db: Database,
  scope: ApplicationKey,
  ids: readonly string[],
): Promise<EndpointRow[]> {
  return db.prisma.endpoint.findMany({
    where: { orgId: scope.orgId, appId: scope.appId, id: { in: [...ids] } },
  })
}

/** Keeps the endpoint from being changed until the transaction ends. */
export async function shareEndpoint(
  tx: Transaction,
  scope: ApplicationKey,
  idOrUid: string,
): Promise<{ id: string; disabled: boolean } | null> {
  const rows = await tx.$queryRaw<{ id: string; disabled: boolean }[]>`
    SELECT id, disabled FROM endpoint
     WHERE org_id = ${scope.orgId} AND app_id = ${scope.appId} AND deleted_at IS NULL
       AND (id = ${idOrUid} OR uid = ${idOrUid}) FOR SHARE`
  return rows[0] ?? null
}
