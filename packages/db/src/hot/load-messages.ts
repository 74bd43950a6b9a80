import type pg from 'pg'
import { textArray } from './binary-array.ts'
import type { PayloadForm } from './received-columns.ts'
import { groupByWeek, isDroppedWeek } from './week.ts'

interface MessageRef {
  readonly messageId: string
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

/** Puts each row together with its message; one statement a week. A message that is gone has no payload. */
export async function loadMessages<Row extends MessageRef>(
  pool: pg.Pool,
  rows: readonly Row[],
): Promise<(Row & MessageParts)[]> {
  const found = new Map<string, MessageParts>()
  for (const [week, refs] of groupByWeek(rows)) {
    for (const { id, ...parts } of await loadWeek(pool, week, refs)) found.set(id, parts)
  }
  return rows.map((row) => ({
    ...row,
    ...(found.get(row.messageId) ?? NO_MESSAGE),
  }))
}

async function loadWeek(
  pool: pg.Pool,
  week: string,
  refs: readonly MessageRef[],
): Promise<(MessageParts & { readonly id: string })[]> {
  try {
    const { rows } = await pool.query<MessageParts & { id: string }>({
      name: `load_messages_${week}`,
      text: `
        SELECT m.id, m.event_type AS "eventType",
               CASE WHEN m.payload_expires_at <= now() THEN NULL ELSE m.payload END AS payload,
               m.content_type AS "contentType", m.payload_form AS "payloadForm"
          FROM unnest($1::text[], $2::text[]) AS r (app_id, id)
          JOIN message_${week} m ON m.app_id = r.app_id AND m.id = r.id`,
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
