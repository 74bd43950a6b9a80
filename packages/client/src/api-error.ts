import type { ValidationError } from '@posthorn/contracts'

export interface ApiErrorFields {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly faults: readonly ValidationError[]
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
}

/** What the api answered instead of what was asked for. Status 0: there was no answer. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly faults: readonly ValidationError[]
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor(fields: ApiErrorFields) {
    super(fields.detail)
    this.status = fields.status
    this.code = fields.code
    this.faults = fields.faults
    this.requestId = fields.requestId
    this.retryAfterSeconds = fields.retryAfterSeconds
  }
}

/** What was asked for isn't there: asked again it will not be, either. */
export function isNotFound(err: unknown): boolean {
  return err instanceof ApiError && err.status === 404
}

export function unreachable(err: unknown): ApiError {
  const detail = err instanceof Error ? err.message : 'No answer'
  const none = { faults: [], requestId: null, retryAfterSeconds: null }
  return new ApiError({ status: 0, code: 'unreachable', detail, ...none })
}

/** Reads the two bodies that errors have, and stands in for a proxy's page that has neither. */
export async function readApiError(response: Response): Promise<ApiError> {
  const { code, detail } = parseBody(await response.text())
  const faults = Array.isArray(detail) ? detail.filter(isFault) : []
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiError({
    status: response.status,
    code: typeof code === 'string' ? code : faults.length > 0 ? 'validation' : 'unexpected',
    detail: typeof detail === 'string' ? detail : faults.map(({ msg }) => msg).join(' '),
    faults,
    requestId: response.headers.get('x-request-id'),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  })
}

function parseBody(text: string): { code?: unknown; detail?: unknown } {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

function isFault(value: unknown): value is ValidationError {
  return typeof value === 'object' && value !== null && 'loc' in value && 'msg' in value
}
