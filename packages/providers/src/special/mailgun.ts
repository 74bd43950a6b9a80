import type { Evidence } from '../evidence.ts'
import { readValues } from '../place.ts'
import { checkAge, parseTimestamp, toleranceOf } from '../signed/timestamp.ts'
import { type Proof, refuse } from '../verification.ts'
import { isForm } from './form-content.ts'
import { type HmacClaim, proveHmac } from './hmac-matches.ts'

// Mailgun retries for eight hours with the first time's signature.
const rule = { unit: 's', toleranceSeconds: 9 * 3600 } as const
const futureSeconds = 300
const hashed = { algorithm: 'sha256', encoding: 'hex' } as const

/** Mailgun signs a time and a one-time token in the body; nothing covers the event itself. */
export function proveMailgun(evidence: Evidence): Proof {
  const read = (name: string) => {
    const { webhook } = evidence
    return isForm(webhook)
      ? webhook.form().getAll(name).at(-1)
      : readValues(`json signature.${name}`, evidence)[0]
  }
  const [timestamp, token, signature] = [read('timestamp'), read('token'), read('signature')]
  if (timestamp === undefined || token === undefined || signature === undefined) {
    return refuse('missing_signature', 'The body has no timestamp, token and signature.')
  }
  const atMs = parseTimestamp(timestamp, rule.unit)
  if (atMs === undefined) return refuse('malformed_timestamp', 'The timestamp is not in seconds.')
  const claim = { ...hashed, keys: evidence.secrets, contents: [timestamp + token] }
  const proof = proveByEither(claim, [signature, read('parent-signature')])
  if (proof.outcome === 'refused') return proof
  const pastSeconds = toleranceOf(rule, evidence.config)
  return checkAge(atMs, evidence.now, { pastSeconds, futureSeconds }) ?? proof
}

/** Of a subaccount's event there are two: by its own key, and by that of the primary account. */
function proveByEither(
  claim: Omit<HmacClaim, 'signature'>,
  [own, parent]: readonly [string, string | undefined],
): Proof {
  const proof = proveHmac({ ...claim, signature: own })
  if (proof.outcome !== 'refused' || parent === undefined) return proof
  return proveHmac({ ...claim, signature: parent })
}
