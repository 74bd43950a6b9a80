import { placesOf } from './configured-places.ts'
import { schemeFor } from './configured-scheme.ts'
import type { Evidence, VerifyInput } from './evidence.ts'
import { readDeliveryId, readEventType } from './place.ts'
import { proveScheme } from './prove-scheme.ts'
import type { Provider } from './provider.ts'
import { readWebhook } from './received-webhook.ts'
import { isSignedPlace } from './signed-place.ts'
import { type Acceptance, refuse, type Verification } from './verification.ts'

/**
 * Says whether a request is the provider's own. Never throws for anything the request holds, never
 * fetches by itself, and compares in constant time. Only what passes should reach de-duplication.
 */
export async function verify(provider: Provider, input: VerifyInput): Promise<Verification> {
  const evidence: Evidence = { ...input, webhook: readWebhook(input) }
  if (provider.scheme.kind === 'silent') {
    return refuse('no_scheme', 'Such a source receives nothing.')
  }
  if (input.noVerification === true) return unverified(provider, evidence)
  const scheme = schemeFor(provider.scheme, input.config)
  if ('outcome' in scheme) return scheme
  if (scheme.kind === 'unsigned') return unverified(provider, evidence)
  const proof = await proveScheme(scheme, evidence)
  if (proof.outcome === 'refused') return proof
  const { claims = {} } = proof
  const { deliveryIds } = placesOf(provider, input.config)
  return {
    outcome: 'verified',
    deliveryIdSigned:
      deliveryIds.length > 0 && deliveryIds.every((id) => isSignedPlace(id, scheme)),
    ...readIdentity(provider, evidence, claims),
  }
}

function unverified(provider: Provider, evidence: Evidence): Acceptance {
  return { outcome: 'unverified', deliveryIdSigned: false, ...readIdentity(provider, evidence, {}) }
}

function readIdentity(
  provider: Provider,
  { webhook, config }: Evidence,
  claims: Record<string, unknown>,
): Pick<Acceptance, 'deliveryId' | 'eventType'> {
  const { eventTypes, deliveryIds } = placesOf(provider, config)
  const deliveryId = readDeliveryId(deliveryIds, { webhook, claims })
  const eventType = readEventType(eventTypes, { webhook, claims })
  return {
    ...(deliveryId !== undefined && { deliveryId }),
    ...(eventType !== undefined && { eventType }),
  }
}
