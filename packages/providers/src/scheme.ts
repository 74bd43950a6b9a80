import type { CertificateScheme } from './certificate/certificate-scheme.ts'
import type { Config } from './config.ts'
import type { Place } from './place.ts'
import type { SignedScheme } from './signed/signed-scheme.ts'
import type { SpecialScheme } from './special/special-scheme.ts'
import type { StaticScheme } from './static/static-scheme.ts'
import type { TokenScheme } from './token/token-scheme.ts'
import type { Refusal } from './verification.ts'

/** How a provider proves that a request is its own. */
export type Scheme =
  | SignedScheme
  | StaticScheme
  | TokenScheme
  | CertificateScheme
  | SpecialScheme
  | AnyScheme
  | ConfiguredScheme
  | NoScheme

/** Equally strong forms of one signature: the request passes when one of them does. */
export interface AnyScheme {
  kind: 'any'
  schemes: readonly Scheme[]
}

/** The source's own settings say which scheme holds. */
export interface ConfiguredScheme {
  kind: 'configured'
  describe: string
  choose: (config: Config) => Scheme | Refusal
  /** The secret itself may come along here, whatever is chosen: a sender may be set up otherwise. */
  secretAt?: readonly Place[]
}

export interface NoScheme {
  /**
   * `unknown`: not published, so everything is refused unless set to no verification.
   * `unsigned`: the provider proves nothing, so everything is taken as unverified.
   * `silent`: nothing is ever received, so everything is refused whatever is set.
   */
  kind: 'unknown' | 'unsigned' | 'silent'
}
