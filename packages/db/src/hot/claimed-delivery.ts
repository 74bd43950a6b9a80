import type { PayloadForm } from './received-columns.ts'

/** A delivery that a worker holds under a lease, with all that sending needs but the endpoint itself. */
export interface ClaimedRow {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
  readonly appId: string
  readonly eventType: string
  /** Null: expired or expunged. */
  readonly payload: string | null
  /** Of a body that a source received; null: JSON. */
  readonly contentType: string | null
  readonly payloadForm: PayloadForm | null
  /** Attempts made before this one. */
  readonly attemptCount: number
  readonly lostCount: number
  readonly taskId: string | null
  readonly actor: string | null
  /** The endpoint's version at the claim: a cached endpoint of another version is stale. */
  readonly endpointVersion: string
  readonly leaseToken: string
}

/** Identifies a delivery; what jobs carry. */
export interface DeliveryRef {
  readonly messageId: string
  readonly endpointId: string
  readonly trigger: 'scheduled' | 'manual'
}

/** What a claim knows of a delivery `d` without its message. */
export const HELD_COLUMNS = `
  d.message_id AS "messageId", d.endpoint_id AS "endpointId", d.trigger, d.app_id AS "appId",
  d.attempt_count AS "attemptCount", d.lost_count AS "lostCount", d.task_id AS "taskId", d.actor,
  d.lease_token AS "leaseToken",
  (SELECT e.version::text FROM endpoint e WHERE e.id = d.endpoint_id) AS "endpointVersion"`

const BIG_PAYLOAD_BYTES = 256 * 1024

/** What is sent of its message `m`; a big payload is loaded afterwards. */
export const SENT_COLUMNS = `
  m.event_type AS "eventType",
  CASE WHEN (m.payload_expires_at <= now()) IS NOT TRUE AND octet_length(m.payload) <= ${BIG_PAYLOAD_BYTES} THEN m.payload END AS payload,
  (octet_length(m.payload) > ${BIG_PAYLOAD_BYTES}) IS TRUE AS "isBig",
  m.content_type AS "contentType", m.payload_form AS "payloadForm"`

/** How long a fresh delivery is the queue's, before the sweep counts its job as lost. */
export const DISPATCH_GRACE = `interval '2 seconds'`

/** Who holds what is claimed, and for how long. */
export interface ClaimLease {
  readonly worker: string
  readonly seconds: number
}
