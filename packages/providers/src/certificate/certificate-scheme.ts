import type { PinnedUrl } from '../pinned-url.ts'
import type { Place } from '../place.ts'

/** An RSA signature by a certificate that the request names; the host it may be on is pinned. */
export interface CertificateScheme extends PinnedUrl {
  kind: 'certificate'
  provider: 'aws-sns' | 'alexa' | 'paypal'
  /** For people: what is signed. */
  describe: string
  /** The places that the signature covers. */
  signs: readonly Place[]
}
