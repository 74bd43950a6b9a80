import type pg from 'pg'
import { textArray } from './binary-array.ts'
import type { PayloadForm } from './received-columns.ts'
import { type HeldDelivery, releaseDeliveries } from './release-deliveries.ts'
import { groupByWeek, isDroppedWeek } from './week.ts'

interface HeldMessage extends HeldDelivery {
  readonly appId: string
}

export interface MessageParts {
  readonly eventType: string
  /** Null: expired or expunged. */
  readonly payload: string | null
  readonly contentType: string | null
  readonly payloadForm: PayloadForm | null
}

const NO_MESSAGE: MessageParts = {
  eventType: '',
  payload: null,
  contentType: null,
  payloadForm: null,
}

/** What one load holds of a week: two payloads of the greatest kind, or all that usually is asked for. */
const MAX_LOAD_BYTES = 72 * 1024 * 1024

/**
 * Puts each delivery together with its message; one statement a week, and each message once however many
 * are to have it. A message that is gone has no payload. What is more than one load may hold is given back,
 * due at once.
 */
export async function loadMessages<Row extends HeldMessage>(
  pool: pg.Pool,
  rows: readonly Row[],
): Promise<(Row & MessageParts)[]> {
  const found = new Map<string, MessageParts>()
  const left = new Set<string>()
  for (const [week, refs] of groupByWeek(rows)) {
    for (const { id, isLeft, ...parts } of await loadWeek(pool, week, distinct(refs))) {
      if (isLeft) left.add(id)
      else found.set(id, parts)
    }
  }
  const beyond = rows.filter((row) => left.has(row.messageId))
  if (beyond.length > 0) await releaseDeliveries(pool, beyond)
  const loaded = beyond.length === 0 ? rows : rows.filter((row) => !left.has(row.messageId))
  return loaded.map((row) => ({ ...row, ...(found.get(row.messageId) ?? NO_MESSAGE) }))
}

/** Puts the big payloads to what was read without them. */
export async function loadBigMessages<Row extends HeldMessage & { readonly isBig: boolean }>(
  pool: pg.Pool,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const big = rows.filter((row) => row.isBig)
  if (big.length === 0) return rows
  return [...rows.filter((row) => !row.isBig), ...(await loadMessages(pool, big))]
}

function distinct(refs: readonly HeldMessage[]): HeldMessage[] {
  return [...new Map(refs.map((ref) => [ref.messageId, ref])).values()]
}

interface LoadedMessage extends MessageParts {
  readonly id: string
  /** Beyond what one load holds. */
  readonly isLeft: boolean
}

// The length of a payload is known without reading it.
async function loadWeek(
  pool: pg.Pool,
  week: string,
  refs: readonly HeldMessage[],
): Promise<LoadedMessage[]> {
  try {
    const { rows } = await pool.query<LoadedMessage>({
      name: `load_messages_${week}`,
      text: `
        SELECT id, event_type AS "eventType", content_type AS "contentType", payload_form AS "payloadForm",
               CASE WHEN bytes_so_far <= ${MAX_LOAD_BYTES} THEN payload END AS payload,
               bytes_so_far > ${MAX_LOAD_BYTES} AS "isLeft"
          FROM (
            SELECT m.id, m.event_type, m.content_type, m.payload_form, live.payload,
                   coalesce(sum(octet_length(live.payload)) OVER (ROWS UNBOUNDED PRECEDING), 0) AS bytes_so_far
              FROM unnest($1::text[], $2::text[]) AS r (app_id, id)
              JOIN message_${week} m ON m.app_id = ANY (ARRAY[r.app_id]) AND m.id = ANY (ARRAY[r.id])
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN m.payload_expires_at <= now() THEN NULL ELSE m.payload END) AS live (payload)) l`,
      values: [
        textArray(refs.map((ref) => ref.appId)),
        textArray(refs.map((ref) => ref.messageId)),
      ],
    })
    return rows
  } catch (err) {
    if (isDroppedWeek(err)) return []
    throw err
  }
}
