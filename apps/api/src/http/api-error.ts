export interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer decided before any verb ran: what HTTP itself, not the domain, has to refuse. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.detail)
    this.refusal = refusal
  }
}

export function payloadTooLarge(): ApiError {
  return new ApiError({
    status: 413,
    code: 'payload_too_large',
    detail: 'Request payload is too large.',
  })
}

export function unsupportedMedia(detail: string): ApiError {
  return new ApiError({ status: 415, code: 'unsupported_media_type', detail })
}
