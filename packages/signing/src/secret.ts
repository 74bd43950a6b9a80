import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { ed25519PrivateKey, ed25519PublicBytes, ed25519PublicKey } from './ed25519-key.ts'
import { InvalidSecretError } from './invalid-secret-error.ts'

export type SecretKind = 'hmac256' | 'ed25519'

/** Holds ready key objects: building one per signature costs more than the signature. */
export type SigningKey =
  | { version: 'v1'; key: KeyObject }
  | { version: 'v1a'; key: KeyObject; publicKey: KeyObject }

export type VerifyingKey =
  | { version: 'v1'; key: KeyObject }
  | { version: 'v1a'; publicKey: KeyObject }

const minHmacBytes = 24
const maxHmacBytes = 75
const generatedHmacBytes = 24

/** Reads `whsec_…` or `whsk_…`; throws {@link InvalidSecretError}. Keep the result: it is made once. */
export function parseSecret(secret: string): SigningKey {
  if (secret.startsWith('whsec_')) return { version: 'v1', key: parseHmacKey(secret) }
  if (secret.startsWith('whsk_')) return parseEd25519Pair(secret)
  throw new InvalidSecretError('A secret starts with whsec_ (HMAC-SHA256) or whsk_ (ed25519).')
}

/** Reads what a receiver holds: `whsec_…`, `whpk_…`, or the whole pair `whsk_…`. */
export function parseVerifyingKey(text: string): VerifyingKey {
  if (!text.startsWith('whpk_')) return parseSecret(text)
  const raw = decodeBase64(text, 'whpk_')
  if (raw.length !== 32) throw new InvalidSecretError('A whpk_ key holds 32 bytes.')
  return { version: 'v1a', publicKey: ed25519PublicKey(raw) }
}

export function generateSecret(kind: SecretKind = 'hmac256'): string {
  if (kind === 'hmac256') return `whsec_${randomBytes(generatedHmacBytes).toString('base64')}`
  const seed = randomBytes(32)
  const pair = Buffer.concat([seed, ed25519PublicBytes(ed25519PrivateKey(seed))])
  return `whsk_${pair.toString('base64')}`
}

/** What the receiver needs to verify: the secret itself, or `whpk_…` of an ed25519 pair. */
export function presentSecret(secret: string): string {
  const key = parseSecret(secret)
  return key.version === 'v1'
    ? secret
    : `whpk_${ed25519PublicBytes(key.publicKey).toString('base64')}`
}

function parseHmacKey(secret: string): KeyObject {
  const bytes = decodeBase64(secret, 'whsec_')
  if (bytes.length < minHmacBytes || bytes.length > maxHmacBytes) {
    throw new InvalidSecretError(
      `A whsec_ secret holds ${minHmacBytes} to ${maxHmacBytes} bytes, this one ${bytes.length}.`,
    )
  }
  return createSecretKey(bytes)
}

function parseEd25519Pair(secret: string): SigningKey {
  const bytes = decodeBase64(secret, 'whsk_')
  if (bytes.length !== 64) {
    throw new InvalidSecretError(`A whsk_ secret holds 64 bytes, this one ${bytes.length}.`)
  }
  const key = ed25519PrivateKey(bytes.subarray(0, 32))
  const publicBytes = ed25519PublicBytes(key)
  if (!publicBytes.equals(bytes.subarray(32))) {
    throw new InvalidSecretError('The two halves of the whsk_ secret do not belong together.')
  }
  return { version: 'v1a', key, publicKey: ed25519PublicKey(publicBytes) }
}

// Node skips what isn't base64; only text that survives the way back is taken.
function decodeBase64(text: string, prefix: string): Buffer {
  const encoded = text.slice(prefix.length)
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) {
    throw new InvalidSecretError(`After ${prefix} comes standard base64 with its padding.`)
  }
  return bytes
}
