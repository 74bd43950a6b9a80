import type { Scheme } from './scheme.ts'

/** Why a request was refused; a closed set, fit to count and to show. */
export const refusalReasons = [
  'no_scheme',
  'no_secret',
  'bad_configuration',
  'missing_signature',
  'repeated_header',
  'missing_header',
  'malformed_signature',
  'malformed_timestamp',
  'malformed_body',
  'wrong_signature',
  'wrong_credentials',
  'wrong_claim',
  'wrong_recipient',
  'timestamp_too_old',
  'timestamp_too_new',
  'untrusted_key',
  'key_unavailable',
] as const

export type RefusalReason = (typeof refusalReasons)[number]

/** `detail` names the check that failed, never what would have passed. */
export interface Refusal {
  outcome: 'refused'
  reason: RefusalReason
  detail: string
}

export interface Acceptance {
  /** `unverified`: let in by choice, nothing was proven. */
  outcome: 'verified' | 'unverified'
  deliveryId?: string | undefined
  /** False: a replay could bring another id, so the body's hash is the guard against it. */
  deliveryIdSigned: boolean
  /** False: whoever replays a request can change its body too, so its hash guards nothing. */
  bodySigned: boolean
  /** Whether the query can't be changed by whoever replays a request. */
  querySigned: boolean
  eventType?: string | undefined
  /** Whether the whole body was parsed as JSON on the way, and is. */
  isParsed?: boolean
}

export type Verification = Acceptance | Refusal

/** What a scheme found: the proof held, with whatever a token claimed, or a refusal. */
export type Proof = Proven | Refusal

export interface Proven {
  outcome: 'proven'
  claims?: Record<string, unknown>
  /** Which of several forms held. */
  by?: Scheme
}

export const proven: Proven = { outcome: 'proven' }

export function refuse(reason: RefusalReason, detail: string): Refusal {
  return { outcome: 'refused', reason, detail }
}
