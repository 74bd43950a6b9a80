import { decodeBytes } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { isRecord, valuesAt } from '../place.ts'
import { type Proof, proven, refuse } from '../verification.ts'
import { proveHmac } from './hmac-matches.ts'

const maxItems = 1000
const signedPaths = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  'merchantReference',
  'amount.value',
  'amount.currency',
  'eventCode',
  'success',
]

/** Adyen signs eight fields of each item; every item must carry its own valid signature. */
export function proveAdyenPayments({ webhook, secrets }: Evidence): Proof {
  const keys = secrets.flatMap((secret) => decodeBytes(secret, 'hex') ?? [])
  if (keys.length === 0) return refuse('bad_configuration', 'The HMAC key is not hex.')
  const items = valuesAt('notificationItems[].NotificationRequestItem', webhook.json())
  if (items.length === 0 || items.length > maxItems) {
    return refuse('malformed_body', 'notificationItems holds no item, or too many.')
  }
  const proofs = items.map((item) => proveItem(item, keys))
  return proofs.find(({ outcome }) => outcome === 'refused') ?? proven
}

function proveItem(item: unknown, keys: Buffer[]): Proof {
  const [signature] = valuesAt('additionalData.hmacSignature', item)
  if (!isRecord(item) || typeof signature !== 'string') {
    return refuse('missing_signature', 'An item has no additionalData.hmacSignature.')
  }
  const contents = [signedPaths.map((path) => fieldText(valuesAt(path, item)[0])).join(':')]
  return proveHmac({ algorithm: 'sha256', encoding: 'base64', signature, keys, contents })
}

function fieldText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
