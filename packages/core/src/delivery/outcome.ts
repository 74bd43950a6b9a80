/**
 * What one attempt came to: a closed set. Delivery failures are values, not exceptions.
 * The codes of failures before and during transport come from the sender; those of answers from here.
 */

export interface AttemptTiming {
  readonly dnsMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
  readonly waitMs: number | null
  readonly bodyMs: number | null
  readonly totalMs: number
}

export interface ReceivedResponse {
  readonly status: number
  /** UTF-8 text, or base64 where the bytes are none. */
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export type OutcomeParams = Readonly<Record<string, string | number | boolean>>

export type Outcome =
  /** A 2xx. `code` is a notice about its body (`body_timeout`, `response_too_large`), else null. */
  | {
      readonly kind: 'delivered'
      readonly code: string | null
      readonly params: OutcomeParams
      readonly response: ReceivedResponse
      readonly timing: AttemptTiming
    }
  /** Any other answer, or none. */
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly params: OutcomeParams
      readonly response: ReceivedResponse | null
      readonly timing: AttemptTiming | null
    }
  /** Never sent, and never to be: the endpoint or the payload is gone. */
  | { readonly kind: 'canceled'; readonly code: 'endpoint_disabled' | 'endpoint_deleted' }
  | {
      readonly kind: 'unsendable'
      readonly code: 'payload_expired' | 'invalid_url' | 'invalid_header'
      readonly params: OutcomeParams
    }
  /** Its worker lost it; it may have arrived. */
  | { readonly kind: 'lost' }
  /** Our own fault: spends no step of the schedule. */
  | { readonly kind: 'internal'; readonly detail: string }
