import type { Database } from './database.ts'
import { textArray } from './hot/binary-array.ts'

export interface FirstAnswer {
  readonly messageId: string
  readonly status: number
  /** Null: it named none. */
  readonly contentType: string | null
  readonly body: string | null
}

/**
 * Of each message the first attempt that succeeded and whose answer was kept whole, at the endpoint named or at
 * any; each id is one probe.
 */
export async function findFirstAnswers(
  db: Pick<Database, 'hot'>,
  messages: readonly { readonly messageId: string; readonly endpointId: string | null }[],
): Promise<FirstAnswer[]> {
  if (messages.length === 0) return []
  const { rows } = await db.hot.query<FirstAnswer>({
    name: 'find_first_answers',
    text: `
      SELECT m.message_id AS "messageId", a.response_status AS status, a.response_body AS body,
             a.response_headers->>'content-type' AS "contentType"
        FROM unnest($1::text[], $2::text[]) AS m (message_id, endpoint_id)
        JOIN LATERAL (
          SELECT response_status, response_headers, response_body FROM attempt
           WHERE message_id = m.message_id AND success AND (params ? 'cutAt') IS NOT TRUE
             AND (endpoint_id = m.endpoint_id OR m.endpoint_id IS NULL)
           ORDER BY id LIMIT 1) a ON true`,
    values: [
      textArray(messages.map(({ messageId }) => messageId)),
      textArray(messages.map(({ endpointId }) => endpointId)),
    ],
  })
  return rows
}
