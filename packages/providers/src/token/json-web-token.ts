import { createHmac, type KeyObject, verify as verifyBytes } from 'node:crypto'
import { decodeBytes, sameBytes } from '../encoded-bytes.ts'
import { isRecord } from '../place.ts'
import { parseJson } from '../received-webhook.ts'
import type { TokenAlgorithm } from './token-scheme.ts'

export interface JsonWebToken {
  algorithm: string
  keyId: string | undefined
  claims: Record<string, unknown>
  signedText: string
  signature: Buffer
}

/** Takes a compact token apart; undefined when it isn't one. Nothing in it is proven yet. */
export function parseToken(text: string): JsonWebToken | undefined {
  const parts = text.length <= 16_384 ? text.split('.') : []
  const [header, claims] = [jsonPart(parts[0]), jsonPart(parts[1])]
  const signature = decodeBytes(parts[2] ?? '', 'base64url')
  if (parts.length !== 3 || !header || !claims || !signature) return undefined
  // Extensions marked critical must be understood (RFC 7515, 4.1.11), and none is.
  if (typeof header.alg !== 'string' || 'crit' in header) return undefined
  return {
    algorithm: header.alg,
    keyId: typeof header.kid === 'string' ? header.kid : undefined,
    claims,
    signedText: `${parts[0]}.${parts[1]}`,
    signature,
  }
}

export function isSignedWith(
  token: JsonWebToken,
  algorithm: TokenAlgorithm,
  key: KeyObject | Buffer,
): boolean {
  const digest = `sha${algorithm.slice(2)}`
  if (Buffer.isBuffer(key)) {
    if (!algorithm.startsWith('HS')) return false
    return sameBytes(createHmac(digest, key).update(token.signedText).digest(), token.signature)
  }
  const wanted = keyTypes[algorithm]
  if (wanted === undefined || key.asymmetricKeyType !== wanted.type) return false
  if (wanted.curve && key.asymmetricKeyDetails?.namedCurve !== wanted.curve) return false
  const data = Buffer.from(token.signedText)
  try {
    const how = { key, dsaEncoding: 'ieee-p1363' } as const
    return verifyBytes(algorithm === 'EdDSA' ? null : digest, data, how, token.signature)
  } catch {
    return false
  }
}

const keyTypes: Partial<Record<TokenAlgorithm, { type: string; curve?: string }>> = {
  RS256: { type: 'rsa' },
  RS384: { type: 'rsa' },
  RS512: { type: 'rsa' },
  ES256: { type: 'ec', curve: 'prime256v1' },
  ES384: { type: 'ec', curve: 'secp384r1' },
  ES512: { type: 'ec', curve: 'secp521r1' },
  EdDSA: { type: 'ed25519' },
}

function jsonPart(part: string | undefined): Record<string, unknown> | undefined {
  const bytes = decodeBytes(part ?? '', 'base64url')
  const value = bytes && parseJson(bytes.toString('utf8'))
  return isRecord(value) ? value : undefined
}
