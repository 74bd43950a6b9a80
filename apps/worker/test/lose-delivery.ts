import { randomUUID } from 'node:crypto'
import type { Pipeline } from './pipeline.ts'

/** As a worker leaves it that died between the claim and the record: leased, and the lease over. */
export async function loseDelivery(pipeline: Pipeline, messageId: string): Promise<string> {
  const token = randomUUID()
  await pipeline.db.hot.query(
    `WITH lost AS (UPDATE delivery SET wait = NULL, lease_token = $2, status = 'pending', next_attempt_at = now()
                    WHERE message_id = $1 RETURNING message_id, endpoint_id, trigger)
     INSERT INTO lease SELECT $2, 'dead', now() - interval '1 second', array_agg(message_id), array_agg(endpoint_id),
                              array_agg(trigger) FROM lost`,
    [messageId, token],
  )
  return token
}
