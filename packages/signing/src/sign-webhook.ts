import { createHmac, type KeyObject, sign } from 'node:crypto'
import type { SigningKey } from './secret.ts'

export interface WebhookToSign {
  id: string
  timestampSeconds: number
  /** The bytes that are sent; a string is signed as its UTF-8. */
  body: Buffer | string
  /** The current key first: its signature is the first of its version. */
  keys: readonly SigningKey[]
}

/** The value of `webhook-signature`: one signature per key, v1 before v1a, separated by spaces. */
export function signWebhook(webhook: WebhookToSign): string {
  const { keys, body } = webhook
  if (keys.length === 0) throw new RangeError('a webhook is signed by at least one key')
  const head = signedHead(webhook)
  let v1 = ''
  let v1a = ''
  for (const key of keys) {
    if (key.version === 'v1') v1 += ` v1,${hmac256(key.key, head, body).toString('base64')}`
    else v1a += ` v1a,${sign(null, signedBytes(head, body), key.key).toString('base64')}`
  }
  return (v1 + v1a).slice(1)
}

export function signedHead(webhook: { id: string; timestampSeconds: number }): string {
  if (!Number.isSafeInteger(webhook.timestampSeconds)) {
    throw new RangeError('timestampSeconds is a whole number of seconds')
  }
  return `${webhook.id}.${webhook.timestampSeconds}.`
}

export function hmac256(key: KeyObject, head: string, body: Buffer | string): Buffer {
  const hmac = createHmac('sha256', key)
  return typeof body === 'string'
    ? hmac.update(head + body).digest()
    : hmac.update(head).update(body).digest()
}

export function signedBytes(head: string, body: Buffer | string): Buffer {
  return typeof body === 'string'
    ? Buffer.from(head + body)
    : Buffer.concat([Buffer.from(head), body])
}
