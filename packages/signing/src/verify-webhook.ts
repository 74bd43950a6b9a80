import { timingSafeEqual, verify } from 'node:crypto'
import type { VerifyingKey } from './secret.ts'
import { hmac256, signedBytes, signedHead } from './sign-webhook.ts'

export interface WebhookToVerify {
  /** Header values as received; a missing one is undefined. */
  id: string | undefined
  timestamp: string | undefined
  signature: string | undefined
  /** The raw bytes of the body, before any parsing. */
  body: Buffer | string
  keys: readonly VerifyingKey[]
  nowSeconds: number
  /** Both into the past and into the future; 300 by default. */
  toleranceSeconds?: number
}

export type Verification =
  | { valid: true }
  | {
      valid: false
      reason: 'missing_header' | 'bad_timestamp' | 'too_old' | 'too_new' | 'no_matching_signature'
    }

// Bounds the work that one request can ask for; senders have at most 11 live keys.
const maxSignatures = 32

/** Verifies Standard Webhooks headers against the raw body, comparing in constant time. */
export function verifyWebhook(webhook: WebhookToVerify): Verification {
  const { id, timestamp, signature, toleranceSeconds = 300 } = webhook
  if (!id || !timestamp || !signature) return { valid: false, reason: 'missing_header' }
  const timestampSeconds = parseTimestamp(timestamp)
  if (timestampSeconds === null) return { valid: false, reason: 'bad_timestamp' }
  const ageSeconds = webhook.nowSeconds - timestampSeconds
  if (ageSeconds > toleranceSeconds) return { valid: false, reason: 'too_old' }
  if (ageSeconds < -toleranceSeconds) return { valid: false, reason: 'too_new' }
  const head = signedHead({ id, timestampSeconds })
  const matches = signature
    .split(' ', maxSignatures)
    .some((one) => webhook.keys.some((key) => matchesKey(key, one, { head, body: webhook.body })))
  return matches ? { valid: true } : { valid: false, reason: 'no_matching_signature' }
}

// The number is signed in its plain form, so leading zeros would verify as another text.
function parseTimestamp(text: string): number | null {
  if (!/^\d+$/.test(text)) return null
  const seconds = Number(text)
  return Number.isSafeInteger(seconds) && String(seconds) === text ? seconds : null
}

function matchesKey(
  key: VerifyingKey,
  signature: string,
  signed: { head: string; body: Buffer | string },
): boolean {
  const prefix = `${key.version},`
  if (!signature.startsWith(prefix)) return false
  const given = Buffer.from(signature.slice(prefix.length), 'base64')
  if (key.version === 'v1a') {
    return (
      given.length === 64 &&
      verify(null, signedBytes(signed.head, signed.body), key.publicKey, given)
    )
  }
  const expected = hmac256(key.key, signed.head, signed.body)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
