import type pg from 'pg'
import { newBaselineId } from './message.ts'

export type Attempt = {
  messageId: string
  endpointId: number
  status: number
  durationMs: number
  response: string
}

const RECORD = `
  with recorded as (
    insert into attempt (id, message_id, endpoint_id, status, duration_ms, response)
    select * from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::real[], $6::text[])
  )
  update delivery set state = made.state, next_attempt_at = null, leased_until = null, lease_token = null
  from unnest($2::text[], $3::int[], $7::text[]) as made (message_id, endpoint_id, state)
  where delivery.message_id = made.message_id and delivery.endpoint_id = made.endpoint_id
    and delivery.lease_token = $8
`

export async function recordAttempts(
  pool: pg.Pool,
  attempts: Attempt[],
  leaseToken: string,
): Promise<void> {
  await pool.query(RECORD, [
    attempts.map(() => newBaselineId('atmpt_')),
    attempts.map((attempt) => attempt.messageId),
    attempts.map((attempt) => attempt.endpointId),
    attempts.map((attempt) => attempt.status),
    attempts.map((attempt) => attempt.durationMs),
    attempts.map((attempt) => attempt.response),
    attempts.map((attempt) =>
      attempt.status >= 200 && attempt.status < 300 ? 'delivered' : 'failed',
    ),
    leaseToken,
  ])
}
