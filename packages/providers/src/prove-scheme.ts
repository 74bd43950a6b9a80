import { proveCertificate } from './certificate/prove-certificate.ts'
import type { Evidence } from './evidence.ts'
import type { Scheme } from './scheme.ts'
import { proveSigned } from './signed/prove-signed.ts'
import { proveSpecial } from './special/prove-special.ts'
import { proveBasic } from './static/prove-basic.ts'
import { proveSecretPlace } from './static/prove-static.ts'
import { proveToken } from './token/prove-token.ts'
import { type Proof, refuse, type Refusal, type RefusalReason } from './verification.ts'

export function proveScheme(scheme: Scheme, evidence: Evidence): Proof | Promise<Proof> {
  switch (scheme.kind) {
    case 'signed':
      return proveSigned(scheme, evidence)
    case 'static':
      return proveSecretPlace(scheme, evidence)
    case 'basic':
      return proveBasic(scheme, evidence)
    case 'token':
      return proveToken(scheme, evidence)
    case 'certificate':
      return proveCertificate(scheme, evidence)
    case 'special':
      return proveSpecial(scheme, evidence)
    case 'any':
      return proveAny(scheme.schemes, evidence)
    case 'unknown':
    case 'unsigned':
    case 'silent':
    case 'configured':
      return refuse('no_scheme', 'How this provider signs is not known, so nothing passes.')
  }
}

// Most forms prove at once: only where one fetches a key is there anything to wait for.
function proveAny(
  schemes: readonly Scheme[],
  evidence: Evidence,
  refusals: readonly Refusal[] = [],
): Proof | Promise<Proof> {
  const scheme = schemes[refusals.length]
  if (scheme === undefined) return nearestOf(refusals)
  const goOn = (proof: Proof) =>
    proof.outcome === 'proven'
      ? { by: scheme, ...proof }
      : proveAny(schemes, evidence, [...refusals, proof])
  const proof = proveScheme(scheme, evidence)
  return proof instanceof Promise ? proof.then(goOn) : goOn(proof)
}

function nearestOf(refusals: readonly Refusal[]): Refusal {
  const nearest = refusals.toSorted((one, other) => nearness(other) - nearness(one))[0]
  return nearest ?? refuse('no_scheme', 'No scheme is chosen.')
}

// The form that came furthest explains best: not the one whose header is absent.
const leastTelling: readonly RefusalReason[] = [
  'missing_signature',
  'bad_configuration',
  'malformed_signature',
  'wrong_signature',
]

function nearness({ reason }: Refusal): number {
  const at = leastTelling.indexOf(reason)
  return at < 0 ? leastTelling.length : at
}
