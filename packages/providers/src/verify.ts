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
  const proving = proveScheme(scheme, evidence)
  const proof = proving instanceof Promise ? await proving : proving
  if (proof.outcome === 'refused') return proof
  const { by = scheme, claims = {} } = proof
  return accept(provider, evidence, { outcome: 'verified', by, claims })
}

function unverified(provider: Provider, evidence: Evidence): Acceptance {
  return accept(provider, evidence, { outcome: 'unverified', by: undefined, claims: {} })
}

interface Shown {
  outcome: Acceptance['outcome']
  by: Scheme | undefined
  claims: Record<string, unknown>
}

function accept(
  provider: Provider,
  { webhook, config }: Evidence,
  { outcome, by, claims }: Shown,
): Acceptance {
  const { eventTypes, deliveryIds } = placesOf(provider, config)
  const isSigned = (place: Place) => by !== undefined && isSignedPlace(place, by)
  const delivery = readDeliveryId(signedFirst(deliveryIds, isSigned), { webhook, claims })
  const eventType = readEventType(eventTypes, { webhook, claims })
  return {
    outcome,
    deliveryId: delivery?.id,
    deliveryIdSigned: delivery !== undefined && isSigned(delivery.place),
    bodySigned: isSigned('hash body'),
    querySigned: isSigned('query of any name'),
    eventType,
    isParsed: webhook.isParsed(),
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
