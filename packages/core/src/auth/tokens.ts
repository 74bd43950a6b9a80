import { createHash, createSecretKey, randomUUID, timingSafeEqual } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'

/** Signs and checks our tokens: JWT, HS256, `exp` always there. The clock is the caller's. */
export interface Tokens {
  sign(claims: TokenClaims): Promise<SignedToken>
  /** @throws {TokenRejectedError} */
  verify(token: string, nowMs: number): Promise<VerifiedToken>
  /** Whether someone sent the signing secret itself in place of a token. */
  isSecret(text: string): boolean
}

export interface TokenClaims {
  readonly subject: string
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  readonly claims?: JWTPayload
  /** Of the token that this one continues: revoking it ends both. */
  readonly tokenId?: string
}

export interface SignedToken {
  readonly token: string
  readonly tokenId: string
}

export interface VerifiedToken {
  readonly subject: string
  /** The `jti`, or a digest where another issuer left it out: every token can be revoked. */
  readonly tokenId: string
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  readonly claims: JWTPayload
}

export class TokenRejectedError extends Error {
  override name = 'TokenRejectedError'
}

const ALGORITHM = 'HS256'
const ISSUER = 'posthorn'

// A token that names a key (`kid`, `jku`, `jwk`, `x5u`) is none of ours: there is one key, and it is ours.
const OWN_HEADER = new Set(['alg', 'typ'])

/** The year 9999: what dates and the database can hold. */
const LATEST_SECONDS = 253_402_300_799
const TOKEN_ID = /^[\x21-\x7e]{1,256}$/

export function createTokens(secret: string): Tokens {
  const key = createSecretKey(Buffer.from(secret, 'utf8'))
  return {
    sign: (claims) => sign(key, claims),
    verify: (token, nowMs) => verify(key, token, nowMs),
    isSecret: (text) => equalDigests(text, secret),
  }
}

type SecretKey = ReturnType<typeof createSecretKey>

async function sign(
  key: SecretKey,
  { subject, issuedAtMs, expiresAtMs, claims, tokenId = randomUUID() }: TokenClaims,
): Promise<SignedToken> {
  // In milliseconds, which JWT allows: "all tokens issued until now" must not end one of the same second.
  const times = { iat: issuedAtMs / 1000, exp: Math.floor(expiresAtMs / 1000) }
  const token = await new SignJWT({ ...claims, ...times, iss: ISSUER, sub: subject, jti: tokenId })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
    .sign(key)
  return { token, tokenId }
}

async function verify(key: SecretKey, token: string, nowMs: number): Promise<VerifiedToken> {
  const { payload } = await checkSignature(key, token, nowMs)
  const { sub, exp, iat = 0, jti } = payload
  if (typeof sub !== 'string') throw new TokenRejectedError('Invalid token (missing `sub`).')
  if (exp === undefined) throw new TokenRejectedError('Invalid token')
  const isOwnId = typeof jti === 'string' && TOKEN_ID.test(jti)
  const tokenId = isOwnId ? jti : digest(token).toString('hex')
  return { subject: sub, tokenId, issuedAtMs: toMs(iat), expiresAtMs: toMs(exp), claims: payload }
}

function toMs(seconds: number): number {
  return Math.min(Math.max(seconds, 0), LATEST_SECONDS) * 1000
}

async function checkSignature(
  key: SecretKey,
  token: string,
  nowMs: number,
): Promise<{ payload: JWTPayload }> {
  if (!isCanonical(token)) throw new TokenRejectedError('Invalid token')
  try {
    const options = { algorithms: [ALGORITHM], currentDate: new Date(nowMs) }
    const { payload, protectedHeader } = await jwtVerify(token, key, options)
    if (Object.keys(protectedHeader).every((name) => OWN_HEADER.has(name))) return { payload }
  } catch (err) {
    if (err instanceof errors.JOSEError)
      throw new TokenRejectedError('Invalid token', { cause: err })
    throw err
  }
  throw new TokenRejectedError('Invalid token')
}

// Base64 leaves bits over that decode to nothing: only one spelling of a token is that token.
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}

// Digests have one length, so that comparing tells nothing about the secret's.
function equalDigests(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
