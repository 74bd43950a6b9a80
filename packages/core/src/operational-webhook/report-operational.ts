import type { OperationalEvent } from './operational-event.ts'

/** What can carry the statement: a Prisma transaction as well as a `pg` client. */
export interface Executor {
  execute(sql: string, params: readonly string[]): Promise<unknown>
}

export type OperationalReport = OperationalEvent & {
  readonly orgId: string
  /** A fresh `msg_` id, used only if somebody listens. */
  readonly messageId: string
}

/**
 * Publishes an operational webhook to the organisation's reserved application, in the transaction of the
 * change that it reports. Writes nothing when no endpoint listens, nor about the reserved application itself.
 */
export async function reportOperational(
  executor: Executor,
  { orgId, messageId, type, data }: OperationalReport,
): Promise<void> {
  const payload = JSON.stringify({ type, data })
  await executor.execute(REPORT_SQL, [orgId, messageId, type, payload, data.appId ?? ''])
}

// One statement, so that it costs the attempt recorder a single round trip.
const REPORT_SQL = `
  WITH listening AS MATERIALIZED (
    SELECT e.id, e.app_id
      FROM organisation o JOIN endpoint e ON e.app_id = o.operational_app_id
     WHERE o.id = $1::text AND o.operational_app_id <> $5::text
       AND e.deleted_at IS NULL AND NOT e.disabled
       AND (e.event_types = '{}' OR $3::text = ANY (e.event_types))
  ), published AS (
    INSERT INTO message (id, app_id, event_type, payload, publisher)
    SELECT $2::text, app_id, $3::text, $4::text, 'system:operational_webhook' FROM listening LIMIT 1
    RETURNING id
  )
  INSERT INTO delivery (message_id, endpoint_id, app_id, wait, next_attempt_at)
  SELECT published.id, listening.id, listening.app_id, 'time', now() FROM published, listening`
