import type pg from 'pg'
import type { Message } from './message.ts'
import { textArray } from './text-array.ts'

const INSERT = `
  with inserted as (
    insert into message (id, application_id, payload)
    select * from unnest($1::text[], $2::int[], $3::text[])
  )
  insert into delivery (message_id, endpoint_id, next_attempt_at, leased_until, lease_token)
  select message_id, endpoint_id, now(), now() + $6::interval, $7
  from unnest($4::text[], $5::int[]) as due (message_id, endpoint_id)
`

/** With a lease the insert is the claim: whoever committed sends. Without one the deliveries wait for a claim. */
export type Lease = { token: string; seconds: number } | null

export async function insertMessages(
  pool: pg.Pool,
  messages: Message[],
  lease: Lease,
): Promise<void> {
  const deliveries = messages.flatMap((message) =>
    message.endpointIds.map((endpointId) => ({ messageId: message.id, endpointId })),
  )
  await pool.query(INSERT, [
    messages.map((message) => message.id),
    messages.map((message) => message.applicationId),
    textArray(messages.map((message) => message.payload)),
    deliveries.map((delivery) => delivery.messageId),
    deliveries.map((delivery) => delivery.endpointId),
    lease === null ? null : `${lease.seconds} s`,
    lease?.token ?? null,
  ])
}
