import type { Encoding } from '../encoded-bytes.ts'

/** A signature over content that a template describes: covers most providers as data. */
export interface SignedScheme {
  kind: 'signed'
  algorithm?: Algorithm
  encoding?: Encoding
  /** Headers that may carry signatures; a live key has to fit one of them. */
  header: string | readonly string[]
  /** Stands in for `header` where the signature is a query parameter. */
  query?: string
  /** What stands between several items in one header. */
  separator?: ',' | ';' | ' '
  /**
   * Forms an item may have, the first that fits: `v1={signature}`, `t={timestamp}`,
   * `{*}/SHA256/{signature}`, a bare `{timestamp-digits}`. Others (newer versions) are passed over.
   */
  items?: readonly string[]
  /** The header may come several times. */
  repeats?: true
  /**
   * What is signed: `{body}` `{timestamp}` `{nonce}` `{url}` `{url-decoded}` `{method}` `{key}`
   * `{header:X}` `{named-headers}` (values of those in `{names}`), `{field-or-body:X}` (of a form its
   * only field, X; else the body), and literals. `{body}` when absent.
   */
  content?: string
  key?: KeyForm
  timestamp?: TimestampRule
  /** Headers that must hold exactly this. */
  require?: Readonly<Record<string, string>>
  /** A header that must equal a setting of the source, as Pusher's key id. */
  match?: { header: string; setting: string }
}

export type Algorithm =
  | 'hmac-sha1'
  | 'hmac-sha256'
  | 'hmac-sha512'
  /** A plain digest of content that holds `{key}`. */
  | 'sha256'
  | 'ed25519'
  | 'ecdsa-sha256'
  | 'rsa-sha1'
  | 'rsa-sha256'

export type DigestAlgorithm = 'hmac-sha1' | 'hmac-sha256' | 'hmac-sha512' | 'sha256'
export type PublicKeyAlgorithm = Exclude<Algorithm, DigestAlgorithm>

export function isPublicKeyAlgorithm(algorithm: Algorithm): algorithm is PublicKeyAlgorithm {
  return algorithm !== 'sha256' && !algorithm.startsWith('hmac-')
}

export interface KeyForm {
  /** How the secret's text becomes bytes; `utf8` when absent. Public keys: `pem` takes base64 SPKI too. */
  form?: 'utf8' | Encoding | 'pem'
  /** Stripped when there; with `only`, a secret without it isn't for this scheme. */
  prefix?: string
  only?: true
  /** A secret that starts so isn't for this scheme. */
  not?: string
  /** Text around it, as `{clientId}&{secret}`, with settings by name. */
  template?: string
  normalise?: 'NFKD'
}

export interface TimestampRule {
  /** Where it is when no item of the signature header holds it. */
  header?: string
  json?: string
  unit: TimestampUnit
  toleranceSeconds: number
}

export type TimestampUnit = 's' | 'ms' | 'iso'
