import type { Evidence } from '../evidence.ts'
import type { Proof } from '../verification.ts'
import { sortedForm } from './form-content.ts'
import { proveHmac } from './hmac-matches.ts'
import { singleHeader } from './single-header.ts'

/** Mandrill signs the URL as registered and the sorted form, as Twilio does. */
export function proveMandrill({ webhook, secrets }: Evidence): Proof {
  const signature = singleHeader(webhook, 'X-Mandrill-Signature')
  if (typeof signature !== 'string') return signature
  const contents = [webhook.url + sortedForm(webhook)]
  return proveHmac({ algorithm: 'sha1', encoding: 'base64', signature, keys: secrets, contents })
}
