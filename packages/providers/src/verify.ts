import { placesOf } from './configured-places.ts'
import { schemeFor } from './configured-scheme.ts'
import type { Evidence, VerifyInput } from './evidence.ts'
import { type Place, readDeliveryId, readEventType } from './place.ts'
import { proveScheme } from './prove-scheme.ts'
import type { Provider } from './provider.ts'
import { readWebhook } from './received-webhook.ts'
import type { Scheme } from './scheme.ts'
import { isSignedPlace } from './signed-place.ts'
import { type Acceptance, refuse, type Verification } from './verification.ts'

/**
 * Says whether a request is the provider's own. Never throws for anything the request holds, never
 * fetches by itself, and compares in constant time. Only what passes should reach de-duplication.
 */
export async function verify(provider: Provider, input: VerifyInput): Promise<Verification> {
  const evidence: Evidence = { ...input, webhook: readWebhook(input, provider.jsonField) }
  if (provider.scheme.kind === 'silent') {
    return refuse('no_scheme', 'Such a source receives nothing.')
  }
  if (input.noVerification === true) return unverified(provider, evidence)
  const scheme = schemeFor(provider.scheme, input.config)
  if ('outcome' in scheme) return scheme
  if (scheme.kind === 'unsigned') return unverified(provider, evidence)
  const proof = await proveScheme(scheme, evidence)
  if (proof.outcome === 'refused') return proof
  return {
    outcome: 'verified',
    ...readIdentity(provider, evidence, { scheme, ...proof }),
  }
}

function unverified(provider: Provider, evidence: Evidence): Acceptance {
  return { outcome: 'unverified', ...readIdentity(provider, evidence, {}) }
}

interface Shown {
  scheme?: Scheme
  by?: Scheme
  claims?: Record<string, unknown>
}

function readIdentity(
  provider: Provider,
  { webhook, config }: Evidence,
  { scheme, by = scheme, claims = {} }: Shown,
): Omit<Acceptance, 'outcome'> {
  const { eventTypes, deliveryIds } = placesOf(provider, config)
  const isSigned = (place: Place) => by !== undefined && isSignedPlace(place, by)
  const delivery = readDeliveryId(signedFirst(deliveryIds, isSigned), { webhook, claims })
  const eventType = readEventType(eventTypes, { webhook, claims })
  return {
    deliveryIdSigned: delivery !== undefined && isSigned(delivery.place),
    bodySigned: isSigned('hash body'),
    querySigned: isSigned('query of any name'),
    ...(delivery !== undefined && { deliveryId: delivery.id }),
    ...(eventType !== undefined && { eventType }),
  }
}

/** Of two headers the signed one names the delivery: a stranger may have added the other. */
function signedFirst(places: readonly Place[], isSigned: (place: Place) => boolean) {
  if (places.length < 2) return places
  const rank = (place: Place) => Number(isHeader(place) && isSigned(place))
  return places.toSorted((one, other) => rank(other) - rank(one))
}

function isHeader(place: Place): boolean {
  return place.startsWith('header ')
}
