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
  { subject, issuedAtMs, expiresAtMs, claims }: TokenClaims,
): Promise<SignedToken> {
  const tokenId = randomUUID()
  // In milliseconds, which JWT allows: "all tokens issued until now" must not end one of the same second.
  const times = { iat: issuedAtMs / 1000, exp: Math.ceil(expiresAtMs / 1000) }
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
  const tokenId = typeof jti === 'string' ? jti : digest(token).toString('hex')
  return { subject: sub, tokenId, issuedAtMs: iat * 1000, expiresAtMs: exp * 1000, claims: payload }
}

async function checkSignature(
  key: SecretKey,
  token: string,
  nowMs: number,
): Promise<{ payload: JWTPayload }> {
  try {
    return await jwtVerify(token, key, { algorithms: [ALGORITHM], currentDate: new Date(nowMs) })
  } catch (err) {
    if (err instanceof errors.JOSEError)
      throw new TokenRejectedError('Invalid token', { cause: err })
    throw err
  }
}

// Digests have one length, so that comparing tells nothing about the secret's.
function equalDigests(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
