import type { PinnedUrl } from '../pinned-url.ts'

export type TokenAlgorithm =
  | 'HS256'
  | 'HS384'
  | 'HS512'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'

/** A JSON Web Token beside the body, that usually carries the body's hash. */
export interface TokenScheme {
  kind: 'token'
  header: string
  bearer?: true
  /** Fixed per provider: the token's own word for it is only ever compared. */
  algorithms: readonly TokenAlgorithm[]
  keys: 'secrets' | FetchedKeys
  issuers?: readonly string[]
  /** Claims that must equal a setting of the source. */
  claims?: Readonly<Record<string, string>>
  /** Claims that must hold exactly this. */
  require?: Readonly<Record<string, string | boolean>>
  /** Claims with the SHA-256 of the body or the URL. */
  hashes?: readonly TokenHash[]
  /** How long after `iat` it may come. Where absent, `exp` must be there. */
  maxAgeSeconds?: number
  /** The provider's tokens may have no time at all. */
  expires?: 'unless-absent'
  leewaySeconds: number
}

export interface TokenHash {
  claim: string
  of: 'body' | 'url'
  encoding: 'hex' | 'base64'
  /** May be absent when the body is empty. */
  unlessEmpty?: true
}

/** Keys that are got over the network: a JWK set, or one JWK by its id. */
export interface FetchedKeys extends PinnedUrl {
  url: string
  /** Plaid answers one key to a POST with the id and the source's credentials. */
  post?: 'plaid'
}
