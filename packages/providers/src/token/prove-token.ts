import { type Config, setting } from '../config.ts'
import { sameText, sha256 } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { type Proof, refuse, type Refusal } from '../verification.ts'
import { isSignedWith, type JsonWebToken, parseToken } from './json-web-token.ts'
import { tokenKeys } from './token-keys.ts'
import type { TokenHash, TokenScheme } from './token-scheme.ts'

export async function proveToken(scheme: TokenScheme, evidence: Evidence): Promise<Proof> {
  const token = readToken(scheme, evidence)
  if ('outcome' in token) return token
  const algorithm = scheme.algorithms.find((one) => one === token.algorithm)
  if (algorithm === undefined)
    return refuse('malformed_signature', 'The token is of another algorithm.')
  // Before any key is fetched, so that an old token costs nothing.
  const early = checkTimes(scheme, token.claims, evidence.now)
  if (early) return early
  const keys = await tokenKeys(scheme, token, evidence)
  if (!Array.isArray(keys)) return keys
  if (!keys.some((key) => isSignedWith(token, algorithm, key))) {
    return refuse('wrong_signature', 'No key makes the signature of the token.')
  }
  const wrong =
    checkClaims(scheme, token.claims, evidence.config) ??
    checkHashes(scheme, token.claims, evidence)
  return wrong ?? { outcome: 'proven', claims: token.claims }
}

function readToken({ header, bearer }: TokenScheme, { webhook }: Evidence): JsonWebToken | Refusal {
  const lines = webhook.lines(header)
  if (lines.length > 1) return refuse('repeated_header', `${header} came more than once.`)
  const text = bearer ? /^bearer +(\S+)$/i.exec(lines[0] ?? '')?.[1] : lines[0]
  if (text === undefined) return refuse('missing_signature', `Header ${header} holds no token.`)
  return parseToken(text) ?? refuse('malformed_signature', `Header ${header} is no JSON Web Token.`)
}

function checkTimes(
  { maxAgeSeconds, leewaySeconds, expires }: TokenScheme,
  { iat, exp, nbf }: Record<string, unknown>,
  now: Date,
): Refusal | undefined {
  const nowSeconds = now.getTime() / 1000
  const times = [iat, exp, nbf].filter((time) => time !== undefined)
  if (times.some((time) => typeof time !== 'number')) {
    return refuse('malformed_timestamp', 'iat, exp and nbf must be numbers.')
  }
  const wanted = maxAgeSeconds === undefined ? exp : iat
  if (wanted === undefined && expires !== 'unless-absent')
    return refuse('malformed_timestamp', 'The token never expires.')
  const start = Math.max(typeof nbf === 'number' ? nbf : 0, typeof iat === 'number' ? iat : 0)
  if (start > nowSeconds + leewaySeconds) {
    return refuse('timestamp_too_new', 'The token is from the future.')
  }
  const end = Math.min(
    typeof exp === 'number' ? exp : Infinity,
    typeof iat === 'number' ? iat + (maxAgeSeconds ?? Infinity) : Infinity,
  )
  return nowSeconds > end + leewaySeconds
    ? refuse('timestamp_too_old', 'The token has expired.')
    : undefined
}

function checkClaims(
  scheme: TokenScheme,
  claims: Record<string, unknown>,
  config: Config,
): Refusal | undefined {
  if (scheme.issuers && !scheme.issuers.some((issuer) => issuer === claims.iss)) {
    return refuse('wrong_claim', 'The token is from another issuer.')
  }
  for (const [claim, value] of Object.entries(scheme.require ?? {})) {
    if (claims[claim] !== value)
      return refuse('wrong_claim', `Claim ${claim} is not as it must be.`)
  }
  for (const [claim, name] of Object.entries(scheme.claims ?? {})) {
    const expected = setting(config, name)
    if (expected === undefined) return refuse('bad_configuration', `${name} is not set.`)
    const given = [claims[claim]].flat()
    if (!given.includes(expected)) {
      return refuse('wrong_claim', `Claim ${claim} is not the configured ${name}.`)
    }
  }
  return undefined
}

function checkHashes(
  { hashes = [] }: TokenScheme,
  claims: Record<string, unknown>,
  { webhook }: Evidence,
): Refusal | undefined {
  for (const hash of hashes) {
    const given = claims[hash.claim]
    if (given === undefined && hash.unlessEmpty && webhook.body.length === 0) continue
    if (typeof given === 'string' && sameText(given, digestOf(hash, webhook))) continue
    return refuse('wrong_signature', `Claim ${hash.claim} is not the hash of the ${hash.of}.`)
  }
  return undefined
}

function digestOf({ of, encoding }: TokenHash, { body, url }: Evidence['webhook']): string {
  return sha256(of === 'body' ? body : url).toString(encoding)
}
