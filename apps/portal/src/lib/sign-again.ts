import { base64Bytes } from '@posthorn/ui'

export interface SignedHeaders {
  readonly timestamp: string
  readonly signature: string
}

interface ToSign {
  /** `whsec_…`; a public key signs nothing. */
  readonly secret: string
  readonly id: string
  readonly timestampSeconds: number
  readonly body: Uint8Array<ArrayBuffer>
}

/** The signature that a receiver takes now; null where the browser or the secret can't make one. */
export async function signAgain({
  secret,
  id,
  timestampSeconds,
  body,
}: ToSign): Promise<SignedHeaders | null> {
  // Only over TLS and on the own machine do browsers sign.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle
  if (subtle === undefined || !secret.startsWith('whsec_')) return null
  const timestamp = String(timestampSeconds)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = base64Bytes(secret.slice('whsec_'.length))
  const key = await subtle.importKey('raw', bytes, hmac, false, ['sign'])
  const head = new TextEncoder().encode(`${id}.${timestamp}.`)
  const content = new Uint8Array(head.length + body.length)
  content.set(head)
  content.set(body, head.length)
  const signed = new Uint8Array(await subtle.sign('HMAC', key, content))
  return { timestamp, signature: `v1,${btoa(String.fromCharCode(...signed))}` }
}
