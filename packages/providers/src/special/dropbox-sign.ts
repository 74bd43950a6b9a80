import type { Evidence } from '../evidence.ts'
import { formField } from '../form-field.ts'
import { isRecord } from '../place.ts'
import { parseJson, type WebhookReader } from '../received-webhook.ts'
import { type Proof, refuse } from '../verification.ts'
import { proveHmac } from './hmac-matches.ts'

/** Dropbox Sign hashes time and type of the event with the API key; nothing covers the rest. */
export function proveDropboxSign({ webhook, secrets }: Evidence): Proof {
  const event = eventOf(webhook)
  const { event_time: time, event_type: type, event_hash: signature } = event
  if (typeof time !== 'string' || typeof type !== 'string' || typeof signature !== 'string') {
    return refuse('missing_signature', 'The field json has no event with event_hash.')
  }
  const contents = [time + type]
  return proveHmac({ algorithm: 'sha256', encoding: 'hex', signature, keys: secrets, contents })
}

function eventOf(webhook: WebhookReader): Record<string, unknown> {
  const json = parseJson(formField(webhook, 'json') ?? '')
  const event = isRecord(json) ? json.event : undefined
  return isRecord(event) ? event : {}
}
