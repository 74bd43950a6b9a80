import type pg from 'pg'
import type { ClaimedDelivery } from './message.ts'

// Sub-selects, and a comparison that no index can serve: a join with an indexable `due <= now()` walks the
// whole due index in every claim while a backlog isn't analyzed yet.
const CLAIM = `
  with claimed as (
    update delivery set leased_until = now() + interval '20 s', lease_token = $2
    where message_id = any ($1::text[]) and state = 'pending'
      and (next_attempt_at <= now()) is true and (leased_until > now()) is not true
    returning message_id, endpoint_id
  )
  select message_id as "messageId", endpoint_id as "endpointId",
    (select payload from message where id = message_id) as payload
  from claimed
`

export async function claimDeliveries(
  pool: pg.Pool,
  messageIds: string[],
  leaseToken: string,
): Promise<ClaimedDelivery[]> {
  const claimed = await pool.query<ClaimedDelivery>(CLAIM, [messageIds, leaseToken])
  return claimed.rows
}
