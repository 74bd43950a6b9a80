import { createHmac } from 'node:crypto'

/** What GitHub puts in `x-hub-signature-256`, made without any code of ours. */
export function githubSignature(secret: string, body: string | Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}
