import type { Transaction } from './database.ts'
import type { DeliveryProgress } from './delivery-progress.ts'
import { endpointDeliveryScanSql, type ScannedDelivery } from './delivery.ts'
import type { MessageFilter } from './message.ts'

/**
 * What the tasks that send again look at: a bounded stretch of an endpoint's deliveries, or of its
 * application's messages, in order of message ids.
 */

export interface EndpointDelivery {
  readonly messageId: string
  readonly status: 'pending' | 'delivered' | 'failed' | 'canceled'
  readonly cause: string | null
  /** Its message is of one of the types that were asked for. */
  readonly isOfType: boolean
}

export interface DeliveryRange {
  readonly endpointId: string
  readonly afterMessageId: string
  readonly beforeMessageId: string
  readonly limit: number
}

export interface TypedRange extends DeliveryRange {
  readonly appId: string
  /** Empty: all. */
  readonly eventTypes: readonly string[]
}

/** An endpoint's deliveries in order of their messages: up to two rows each (scheduled, manual). */
export function listEndpointDeliveries(
  tx: Transaction,
  range: TypedRange,
): Promise<EndpointDelivery[]> {
  const eventTypes = [...range.eventTypes]
  return tx.$queryRaw<EndpointDelivery[]>`
    SELECT d.message_id AS "messageId", d.status, d.cause, (
           cardinality(${eventTypes}::text[]) = 0 OR (SELECT true FROM message m
             WHERE m.app_id = ${range.appId} AND m.id = d.message_id AND m.event_type = ANY (${eventTypes}::text[]) LIMIT 1) IS NOT NULL
         ) AS "isOfType"
      FROM (SELECT message_id, status, cause FROM delivery
             WHERE endpoint_id = ${range.endpointId}
               AND message_id > ${range.afterMessageId} AND message_id < ${range.beforeMessageId}
             ORDER BY message_id LIMIT ${range.limit}) d
     ORDER BY d.message_id`
}

export interface MissingRange {
  readonly appId: string
  readonly endpointId: string
  readonly afterMessageId: string
  readonly beforeMessageId: string
  readonly limit: number
  /** Empty: all. */
  readonly eventTypes: readonly string[]
  readonly channels: readonly string[]
}

export interface MissingMessage {
  readonly messageId: string
  readonly isMissing: boolean
}

/**
 * The application's messages, and which of them pass the filters but never had a delivery to the endpoint.
 * An example that was sent to another endpoint (tagged `test`, matched at no publish) isn't missing here.
 */
export function listMissingMessages(
  tx: Transaction,
  range: MissingRange,
): Promise<MissingMessage[]> {
  const [eventTypes, channels] = [[...range.eventTypes], [...range.channels]]
  return tx.$queryRaw<MissingMessage[]>`
    SELECT m.id AS "messageId", (
           (cardinality(${eventTypes}::text[]) = 0 OR m.event_type = ANY (${eventTypes}::text[]))
       AND (cardinality(${channels}::text[]) = 0 OR m.channels && ${channels}::text[])
       AND (SELECT true FROM delivery d WHERE d.message_id = m.id AND d.endpoint_id = ${range.endpointId} LIMIT 1) IS NULL
       AND NOT ('test' = ANY (m.tags) AND m.unmatched IS NULL AND (SELECT true FROM delivery d
             WHERE d.message_id = m.id AND d.trigger = 'scheduled' LIMIT 1) IS NULL)
         ) AS "isMissing"
      FROM (SELECT id, event_type, channels, tags, unmatched FROM message
             WHERE app_id = ${range.appId} AND id > ${range.afterMessageId} AND id < ${range.beforeMessageId}
             ORDER BY id LIMIT ${range.limit}) m
     ORDER BY m.id`
}

export interface ReplayRange extends DeliveryRange {
  readonly appId: string
  readonly filter: MessageFilter & {
    readonly progress?: readonly DeliveryProgress[] | undefined
    /** Of the last attempt: 200, 300, …; 0: no answer. */
    readonly statusClass?: number | undefined
  }
}

export interface ReplayCandidate {
  readonly messageId: string
  readonly matches: boolean
  /** It is being tried, on schedule or by hand. */
  readonly isUnderWay: boolean
}

/** The endpoint's deliveries, one row a message, and which of them fit the filter. */
export async function listReplayCandidates(
  tx: Transaction,
  { appId, endpointId, filter, ...range }: ReplayRange,
): Promise<ReplayCandidate[]> {
  const { statusClass, ...scanned } = filter
  const ids = { after: range.afterMessageId, before: range.beforeMessageId, take: range.limit }
  const rows = await tx.$queryRaw<ScannedDelivery[]>(
    endpointDeliveryScanSql(
      { appId },
      { endpointId, filter: scanned, withContent: false },
      { ...ids, order: 'ascending' },
    ),
  )
  const matching = rows.filter((row) => row.matches).map((row) => row.id)
  const details = matching.length === 0 ? [] : await readLastAttempts(tx, endpointId, matching)
  const byId = new Map(details.map((row) => [row.messageId, row]))
  return rows.map((row) => {
    const detail = byId.get(row.id)
    const isOfClass = statusClass === undefined || detail?.statusClass === statusClass
    const isPending = row.progress === 'pending' || row.progress === 'retrying'
    return {
      messageId: row.id,
      matches: row.matches && isOfClass,
      isUnderWay: isPending || (detail?.isPendingByHand ?? false),
    }
  })
}

interface LastAttempt {
  readonly messageId: string
  /** Null: never attempted. */
  readonly statusClass: number | null
  readonly isPendingByHand: boolean
}

function readLastAttempts(
  tx: Transaction,
  endpointId: string,
  messageIds: string[],
): Promise<LastAttempt[]> {
  return tx.$queryRaw<LastAttempt[]>`
    SELECT m.id AS "messageId",
           (SELECT a.response_status / 100 * 100 FROM attempt a WHERE a.message_id = m.id AND a.endpoint_id = ${endpointId}
             ORDER BY a.id DESC LIMIT 1)::int AS "statusClass",
           (SELECT true FROM delivery r WHERE r.message_id = m.id AND r.endpoint_id = ${endpointId}
               AND r.trigger = 'manual' AND r.status = 'pending') IS NOT NULL AS "isPendingByHand"
      FROM unnest(${messageIds}::text[]) m (id)`
}

export interface MessageTally {
  readonly eventType: string
  /** Whether there is a payload to send. */
  readonly isLive: boolean
  readonly count: number
}

export function tallyMessages(
  tx: Transaction,
  { appId, messageIds }: { readonly appId: string; readonly messageIds: readonly string[] },
): Promise<MessageTally[]> {
  return tx.$queryRaw<MessageTally[]>`
    SELECT event_type AS "eventType", (payload IS NOT NULL AND (payload_expires_at > now()) IS NOT FALSE) AS "isLive",
           count(*)::int AS count
      FROM message WHERE app_id = ${appId} AND id = ANY (${[...messageIds]}::text[]) GROUP BY 1, 2`
}

/** Deliveries whose time has come and that wait for their endpoint, counted up to a bound. */
export async function countDueWaiting(
  tx: Transaction,
  { endpointId, countAtMost }: { readonly endpointId: string; readonly countAtMost: number },
): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      (SELECT 1 FROM delivery WHERE endpoint_id = ${endpointId} AND wait = 'turn' AND next_attempt_at <= now()
        LIMIT ${countAtMost})
      UNION ALL
      (SELECT 1 FROM delivery WHERE endpoint_id = ${endpointId} AND wait = 'time' AND next_attempt_at <= now()
        LIMIT ${countAtMost})) w`
  return Math.min(rows[0]?.count ?? 0, countAtMost)
}

export interface ManualDeliveries {
  readonly messageIds: readonly string[]
  readonly appId: string
  readonly endpointId: string
  readonly taskId: string | null
  readonly actor: string
  /** Also what an earlier attempt by hand delivered. */
  readonly evenDelivered?: boolean
}

/**
 * Has these messages sent to the endpoint once more, by hand. Passes over those whose payload is gone
 * and answers how many are on their way. One that was resent meanwhile is left as it is.
 */
export function insertManualDeliveries(tx: Transaction, manual: ManualDeliveries): Promise<number> {
  const { appId, endpointId, taskId, actor, evenDelivered = false } = manual
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
     WHERE delivery.status IN ('failed', 'canceled') OR (${evenDelivered} AND delivery.status = 'delivered')`
}
