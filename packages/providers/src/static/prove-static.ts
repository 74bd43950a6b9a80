import { sameText } from '../encoded-bytes.ts'
import type { Evidence } from '../evidence.ts'
import { type Place, readValues } from '../place.ts'
import { type Proof, proven, refuse } from '../verification.ts'
import type { SecretPlaceScheme } from './static-scheme.ts'

const maxItems = 10_000

/** Every item of a batch must carry a live secret: one that doesn't was added by somebody else. */
export function proveSecretPlace(scheme: SecretPlaceScheme, evidence: Evidence): Proof {
  const secrets = evidence.secrets.filter((secret) => secret !== '')
  if (secrets.length === 0) return refuse('no_secret', 'No secret is configured.')
  if (secrets.some((secret) => secret.length < (scheme.minLength ?? 0))) {
    return refuse(
      'bad_configuration',
      `The token must have at least ${scheme.minLength} characters.`,
    )
  }
  for (const place of scheme.at) {
    const values = readValues(place, evidence)
    if (values.length > 0) return proveValues(scheme, { place, values, secrets })
  }
  return refuse('missing_signature', `${scheme.at.join(' or ')} is missing.`)
}

interface Given {
  place: Place
  values: readonly string[]
  secrets: readonly string[]
}

function proveValues({ prefix }: SecretPlaceScheme, { place, values, secrets }: Given): Proof {
  if (values.length > maxItems) return refuse('malformed_body', 'Too many items.')
  const isLive = (value: string) => isOneOf(withoutPrefix(value, prefix), secrets)
  return values.every(isLive)
    ? proven
    : refuse('wrong_credentials', `What ${place} holds isn't the configured secret.`)
}

function withoutPrefix(value: string, prefix = ''): string | undefined {
  if (value.startsWith(prefix)) return value.slice(prefix.length)
  // The scheme word of Authorization has no case (RFC 9110, 11.1).
  const starts = value.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()
  return starts ? value.slice(prefix.length) : undefined
}

function isOneOf(value: string | undefined, secrets: readonly string[]): boolean {
  return value !== undefined && secrets.some((secret) => sameText(value, secret))
}
