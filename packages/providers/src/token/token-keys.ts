import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { setting } from '../config.ts'
import type { Evidence } from '../evidence.ts'
import { fetchKey } from '../fetch-key.ts'
import { isRecord } from '../place.ts'
import { parseJson } from '../received-webhook.ts'
import { type Refusal, refuse } from '../verification.ts'
import type { JsonWebToken } from './json-web-token.ts'
import type { FetchedKeys, TokenScheme } from './token-scheme.ts'

const maxKeys = 20

/** The keys a token may be signed with. Which kind fits which algorithm is checked at the signature. */
export async function tokenKeys(
  scheme: TokenScheme,
  token: JsonWebToken,
  evidence: Evidence,
): Promise<Array<KeyObject | Buffer> | Refusal> {
  if (scheme.keys === 'secrets') return secretKeys(scheme, evidence.secrets)
  const request = keyRequest(scheme.keys, token, evidence)
  if ('outcome' in request) return request
  const text = await fetchKey(request, evidence)
  if (typeof text !== 'string') return text
  const keys = jwksOf(parseJson(text))
    .filter((jwk) => token.keyId === undefined || jwk.kid === token.keyId)
    .slice(0, maxKeys)
    .flatMap((jwk) => publicKey(jwk) ?? [])
  return keys.length > 0
    ? keys
    : refuse('untrusted_key', 'The token names a key that is not there.')
}

function secretKeys(
  { algorithms }: TokenScheme,
  secrets: readonly string[],
): Array<KeyObject | Buffer> | Refusal {
  const given = secrets.filter((secret) => secret !== '')
  if (given.length === 0) return refuse('no_secret', 'No secret is configured.')
  const shared = algorithms.some((algorithm) => algorithm.startsWith('HS'))
  // Only what is no public key may serve as a shared one: else anybody could sign with it.
  const keys = given.flatMap((secret) => pemKey(secret) ?? (shared ? Buffer.from(secret) : []))
  return keys.length > 0 ? keys : refuse('bad_configuration', 'No configured key can be read.')
}

function keyRequest(keys: FetchedKeys, token: JsonWebToken, { config, secrets }: Evidence) {
  if (keys.post === undefined) return keys
  const clientId = setting(config, 'clientId')
  const secret = secrets.find((one) => one !== '')
  if (secret === undefined) return refuse('no_secret', 'No API secret is configured.')
  if (clientId === undefined) return refuse('bad_configuration', 'clientId is not set.')
  if (token.keyId === undefined) return refuse('malformed_signature', 'The token names no key.')
  const body = JSON.stringify({ client_id: clientId, secret, key_id: token.keyId })
  return { ...keys, body }
}

function jwksOf(value: unknown): JsonWebKey[] {
  if (!isRecord(value)) return []
  if (Array.isArray(value.keys)) return value.keys.filter(isRecord)
  return isRecord(value.key) ? [value.key] : []
}

function publicKey(jwk: JsonWebKey): KeyObject | undefined {
  if (typeof jwk.expired_at === 'number') return undefined
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

function pemKey(text: string): KeyObject | undefined {
  if (!text.includes('-----BEGIN')) return undefined
  try {
    return createPublicKey(text)
  } catch {
    return undefined
  }
}
