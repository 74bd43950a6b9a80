import type { Evidence } from '../evidence.ts'
import { formField } from '../form-field.ts'
import { isRecord } from '../place.ts'
import { parseJson, type WebhookReader } from '../received-webhook.ts'
import { checkAge, parseTimestamp } from '../signed/timestamp.ts'
import { type Proof, refuse } from '../verification.ts'
import { proveHmac } from './hmac-matches.ts'

// The event's own time stays in every repetition, and these go on for more than a day.
const tolerance = { pastSeconds: 3 * 24 * 3600 + 3600, futureSeconds: 300 }

/** Dropbox Sign hashes time and type of the event with the API key; nothing covers the rest. */
export function proveDropboxSign({ webhook, secrets, now }: Evidence): Proof {
  const event = eventOf(webhook)
  const { event_time: time, event_type: type, event_hash: signature } = event
  if (typeof time !== 'string' || typeof type !== 'string' || typeof signature !== 'string') {
    return refuse('missing_signature', 'The field json has no event with event_hash.')
  }
  const atMs = parseTimestamp(time, 's')
  if (atMs === undefined) return refuse('malformed_timestamp', 'event_time is no Unix time.')
  const contents = [time + type]
  const keys = secrets
  const proof = proveHmac({ algorithm: 'sha256', encoding: 'hex', signature, keys, contents })
  if (proof.outcome !== 'proven') return proof
  return checkAge(atMs, now, tolerance) ?? proof
}

function eventOf(webhook: WebhookReader): Record<string, unknown> {
  const json = parseJson(formField(webhook, 'json') ?? '')
  const event = isRecord(json) ? json.event : undefined
  return isRecord(event) ? event : {}
}
