/**
 * What a caller can get wrong, as errors with a stable `code` and a message fit to show.
 * No HTTP in here: the api maps codes to statuses in one place.
 */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export class NotFoundError extends DomainError {
  override name = 'NotFoundError'

  constructor(message = 'Entity not found') {
    super('not_found', message)
  }
}

export class ConflictError extends DomainError {
  override name = 'ConflictError'

  constructor(message = 'A conflict has occurred', code = 'conflict') {
    super(code, message)
  }
}

/** One or more fields that can't be taken as they are; `path` leads to each from the body (or query). */
export class InvalidInputError extends DomainError {
  override name = 'InvalidInputError'
  readonly faults: readonly InputFault[]

  constructor(faults: readonly InputFault[]) {
    super('validation_error', faults.map((fault) => fault.message).join(' '))
    this.faults = faults
  }
}

export interface InputFault {
  /** From the place inwards: `['body', 'headers', 'x-a']`. */
  readonly path: readonly string[]
  readonly message: string
  readonly type?: string
}

/** Well-formed, but not possible now: `endpoint_disabled`, `missing_payload`, `limit_reached`, `invalid_range` … */
export class RefusedError extends DomainError {
  override name = 'RefusedError'
}

export class UnauthenticatedError extends DomainError {
  override name = 'UnauthenticatedError'

  constructor(message = 'Invalid token') {
    super('authentication_failed', message)
  }
}

export class ForbiddenError extends DomainError {
  override name = 'ForbiddenError'

  constructor(message = 'Insufficient access for the given operation.') {
    super('insufficient access', message)
  }
}

/** We can't take it right now: try again after `retryAfterSeconds`. Nothing was stored. */
export class OverloadedError extends DomainError {
  override name = 'OverloadedError'
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds = 1) {
    super('overloaded', message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The caller asks too often: again after `retryAfterSeconds`. Nothing was done. */
export class LimitedError extends DomainError {
  override name = 'LimitedError'
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number, code = 'rate_limit_exceeded') {
    super(code, message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
