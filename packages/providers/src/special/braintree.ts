import { createHash } from 'node:crypto'
import { setting } from '../config.ts'
import type { Evidence } from '../evidence.ts'
import { type Proof, refuse } from '../verification.ts'
import { proveHmac } from './hmac-matches.ts'

// A challenge is 20 to 32 characters: its answer must not pass for the signature of a payload.
const minPayloadLength = 64

/** Braintree signs the base64 payload with the SHA-1 of the private key, per public key. */
export function proveBraintree({ webhook, config, secrets }: Evidence): Proof {
  const publicKey = setting(config, 'publicKey')
  if (publicKey === undefined) return refuse('bad_configuration', 'publicKey is not set.')
  const form = webhook.form()
  const [payload, pairs] = [form.get('bt_payload'), form.get('bt_signature')]
  if (payload === null || pairs === null) {
    return refuse('missing_signature', 'bt_signature or bt_payload is missing.')
  }
  if (payload.length < minPayloadLength || /[^A-Za-z0-9+=/\n]/.test(payload)) {
    return refuse('malformed_body', 'bt_payload is not base64.')
  }
  const pair = pairs.split('&').find((one) => one.startsWith(`${publicKey}|`))
  if (pair === undefined) return refuse('wrong_recipient', 'No signature is for the public key.')
  return proveHmac({
    algorithm: 'sha1',
    encoding: 'hex',
    signature: pair.slice(publicKey.length + 1),
    keys: secrets.map(braintreeKey),
    contents: [payload, `${payload}\n`],
  })
}

export function braintreeKey(privateKey: string): Buffer {
  return createHash('sha1').update(privateKey).digest()
}
