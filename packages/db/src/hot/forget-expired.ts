import { firstIdAt } from '@posthorn/runtime'
import type pg from 'pg'
import { weekStart } from '../partitions.ts'
import { expirePayloads } from './expire-payloads.ts'

const ROWS_PER_ROUND = 5_000
const DAY_MS = 86_400_000

/** Deletes what is past its time, a bounded number of rows of each kind. Answers how many rows went. */
export async function forgetExpired(
  pool: pg.Pool,
  options: { readonly retentionDays: number; readonly nowMs: number },
): Promise<number> {
  // Messages go by whole weeks, and what is known of a message stays as long as it does.
  const oldestMs = weekStart(options.nowMs - options.retentionDays * DAY_MS)
  const oldestMessage = firstIdAt('msg_', oldestMs)
  let gone = 0
  for (const sql of STATEMENTS) {
    const { rowCount } = await pool.query(sql.text, sql.needsOldest ? [oldestMessage] : [])
    gone += rowCount ?? 0
  }
  return gone + (await expirePayloads(pool, options.nowMs))
}

const STATEMENTS = [
  {
    needsOldest: false,
    text: `UPDATE message m SET payload = NULL, original = NULL FROM (
             SELECT ctid AS row, tableoid AS part FROM message
              WHERE payload_expires_at <= now() AND payload IS NOT NULL LIMIT ${ROWS_PER_ROUND} FOR UPDATE SKIP LOCKED) x
            WHERE m.ctid = x.row AND m.tableoid = x.part`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM idempotency_key WHERE key = ANY (ARRAY(
             SELECT key FROM idempotency_key WHERE created_at < now() - interval '12 hours' LIMIT ${ROWS_PER_ROUND}))`,
  },
  {
    needsOldest: true,
    text: `DELETE FROM message_event_id WHERE (app_id, event_id) IN (
             SELECT app_id, event_id FROM message_event_id WHERE message_id < $1 LIMIT ${ROWS_PER_ROUND})`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM source_key WHERE (source_id, key) IN (
             SELECT source_id, key FROM source_key WHERE expires_at <= now() LIMIT ${ROWS_PER_ROUND})`,
  },
  { needsOldest: false, text: `DELETE FROM source_token WHERE expires_at <= now()` },
  { needsOldest: false, text: `DELETE FROM call_window WHERE expires_at <= now()` },
  {
    needsOldest: false,
    text: `DELETE FROM source_reply WHERE message_id = ANY (ARRAY(
             SELECT message_id FROM source_reply WHERE expires_at <= now() LIMIT ${ROWS_PER_ROUND}))`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM quarantined_request WHERE (source_id, id) IN (
             SELECT source_id, id FROM quarantined_request WHERE expires_at <= now() LIMIT 500)`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM outage_application WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM outage_application
              WHERE ended_at < now() - interval '90 days' LIMIT ${ROWS_PER_ROUND} FOR UPDATE SKIP LOCKED))`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM outage WHERE id = ANY (ARRAY(
             SELECT id FROM outage o WHERE ended_at < now() - interval '90 days'
                AND NOT EXISTS (SELECT FROM outage_application WHERE outage_id = o.id) LIMIT ${ROWS_PER_ROUND}))`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM notice_address WHERE confirmed_at IS NULL AND confirm_by <= now()`,
  },
  {
    needsOldest: false,
    text: `DELETE FROM notice_mail WHERE id = ANY (ARRAY(
             SELECT id FROM notice_mail WHERE settled_at < now() - interval '30 days' LIMIT ${ROWS_PER_ROUND}))`,
  },
  { needsOldest: false, text: `DELETE FROM revocation WHERE expires_at <= now()` },
  {
    needsOldest: false,
    text: `DELETE FROM endpoint_stat WHERE (endpoint_id, hour) IN (
             SELECT endpoint_id, hour FROM endpoint_stat WHERE hour < now() - interval '92 days' LIMIT ${ROWS_PER_ROUND})`,
  },
  { needsOldest: false, text: forgetTraffic('traffic_minute', '26 hours') },
  { needsOldest: false, text: forgetTraffic('traffic_hour', '32 days') },
  { needsOldest: false, text: forgetTraffic('traffic_day', '32 days') },
  {
    needsOldest: false,
    text: `DELETE FROM endpoint_secret WHERE expires_at < now() - interval '7 days'`,
  },
] as const

// Ten thousand endpoints that are busy each minute leave 20,000 rows a minute.
function forgetTraffic(table: string, age: string): string {
  return `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM ${table} WHERE starts_at < now() - interval '${age}' LIMIT 10 * ${ROWS_PER_ROUND}))`
}
