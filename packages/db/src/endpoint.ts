import type { Transaction } from './database.ts'
import { markOfDisabled } from './disabling-mark.ts'
import type { Endpoint, PrismaClient } from './generated/client.ts'
import { beyond, type KeyWindow } from './keyset.ts'

export type EndpointRow = Endpoint

/** Tenant data is only reached through the organisation and application that own it. */
export interface ApplicationKey {
  readonly orgId: string
  readonly appId: string
}

export interface LockedApplication {
  readonly id: string
  readonly uid: string | null
  readonly throttleRate: number | null
  readonly operational: boolean
}

type Reader = PrismaClient | Transaction

/**
 * The first statement of every transaction that changes an endpoint: it makes caches stale and orders
 * such transactions (application, then endpoint, then its state), so that no two of them deadlock.
 */
export async function lockApplication(
  tx: Transaction,
  scope: ApplicationKey,
): Promise<LockedApplication | null> {
  const rows = await tx.$queryRaw<LockedApplication[]>`
    UPDATE application SET version = version + 1
     WHERE id = ${scope.appId} AND org_id = ${scope.orgId} AND deleted_at IS NULL
    RETURNING id, uid, throttle_rate AS "throttleRate", operational`
  return rows[0] ?? null
}

export function findEndpoint(
  db: Reader,
  scope: ApplicationKey,
  idOrUid: string,
): Promise<EndpointRow | null> {
  // No uid may begin as our ids do.
  const key = idOrUid.startsWith('ep_') ? { id: idOrUid } : { uid: idOrUid }
  return db.endpoint.findFirst({
    where: { ...key, orgId: scope.orgId, appId: scope.appId, deletedAt: null },
  })
}

export function listEndpoints(
  db: Reader,
  scope: ApplicationKey,
  window: KeyWindow,
): Promise<EndpointRow[]> {
  return db.endpoint.findMany({
    where: { orgId: scope.orgId, appId: scope.appId, deletedAt: null, id: beyond(window) },
    orderBy: { id: window.direction },
    take: window.take,
  })
}

/** Those that aren't deleted; bounded by how many an application may have. */
export function countEndpoints(db: Reader, { orgId, appId }: ApplicationKey): Promise<number> {
  return db.endpoint.count({ where: { orgId, appId, deletedAt: null } })
}

export interface EndpointFields {
  readonly uid?: string | null
  readonly url?: string
  readonly description?: string
  readonly throttleRate?: number | null
  readonly eventTypes?: string[]
  readonly channels?: string[]
  readonly metadata?: Record<string, string>
  readonly retrySchedule?: number[]
  readonly hasOwnSchedule?: boolean
  readonly headers?: Uint8Array<ArrayBuffer> | null
  readonly disabled?: boolean
  readonly disabledAt?: Date | null
  readonly disabledBy?: string | null
}

export interface NewEndpoint extends EndpointFields {
  readonly id: string
  readonly url: string
  readonly createdAt: Date
}

export function insertEndpoint(
  tx: Transaction,
  scope: ApplicationKey,
  endpoint: NewEndpoint,
): Promise<EndpointRow> {
  const { orgId, appId } = scope
  return tx.endpoint.create({ data: { ...endpoint, orgId, appId, updatedAt: endpoint.createdAt } })
}

/** Only below `lockApplication`, with an id that `findEndpoint` gave for the same scope. */
export function updateEndpoint(
  tx: Transaction,
  change: { readonly id: string; readonly fields: EndpointFields; readonly at: Date },
): Promise<EndpointRow> {
  return tx.endpoint.update({
    where: { id: change.id },
    data: { ...change.fields, updatedAt: change.at, version: { increment: 1 } },
  })
}

/** Keeps the row for the history of its messages; its uid is free at once. */
export async function markEndpointDeleted(
  tx: Transaction,
  change: { readonly id: string; readonly at: Date },
): Promise<void> {
  await tx.endpoint.update({
    where: { id: change.id },
    data: { uid: null, deletedAt: change.at, updatedAt: change.at, version: { increment: 1 } },
  })
}

export interface Cancellation {
  readonly endpointId: string
  readonly cause: 'endpoint_disabled' | 'endpoint_deleted'
  readonly actor: string
  readonly limit: number
}

/**
 * Cancels what waits. Rows that somebody holds are passed over, never waited for: they are being
 * claimed or settled, and the claim cancels what it finds disabled or deleted. Updated where they were
 * locked, by ctid: no run-time pruning beside a row lock (see hot/week.ts).
 */
export async function cancelWaitingDeliveries(
  tx: Transaction,
  { endpointId, cause, actor, limit }: Cancellation,
): Promise<number> {
  await preferIndexes(tx)
  return tx.$executeRaw`
    WITH waiting AS MATERIALIZED (
      SELECT ctid AS row, tableoid AS part FROM delivery
       WHERE endpoint_id = ${endpointId} AND wait IS NOT NULL
       LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery d
       SET status = 'canceled', cause = ${cause}, actor = ${actor}, wait = NULL, next_attempt_at = NULL,
           task_id = coalesce(d.task_id, ${markOfDisabled(endpointId)})
      FROM waiting w
     WHERE d.ctid = w.row AND d.tableoid = w.part`
}

/** Disabled or deleted, and not to be enabled before this transaction ends. */
export async function isEndpointStopped(tx: Transaction, endpointId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM endpoint
     WHERE id = ${endpointId} AND (disabled OR deleted_at IS NOT NULL) FOR SHARE`
  return rows.length > 0
}

const PLANS_TO_AVOID = ['bitmapscan', 'hashjoin', 'mergejoin', 'seqscan'].map(
  (plan) => `enable_${plan}`,
)

/** For the rest of a transaction: partitions too fresh for statistics would invite scans and hash joins. */
export async function preferIndexes(tx: Transaction): Promise<void> {
  await tx.$queryRaw`
    SELECT set_config(name, 'off', true)
      FROM unnest(${PLANS_TO_AVOID}::text[]) name`
}

/** Event types of the organisation among `names` that endpoints may name: known, not archived. */
export async function findLiveEventTypes(
  db: Reader,
  orgId: string,
  names: readonly string[],
): Promise<string[]> {
  const rows = await db.eventType.findMany({
    where: { orgId, archived: false, name: { in: [...names] } },
    select: { name: true },
  })
  return rows.map((row) => row.name)
}
