import { RequestValidationError } from '@posthorn/contracts'
import { DomainError, InvalidInputError, LimitedError, OverloadedError } from '@posthorn/core'
import { isDatabaseAway } from '@posthorn/db'
import { ApiError } from './api-error.ts'
import type { HttpAnswer } from './send.ts'

/** The one map from errors to statuses and the wire's two body forms. Null: our own fault, a bare 500. */
export function errorAnswer(err: unknown): HttpAnswer | null {
  if (err instanceof RequestValidationError) return json(422, { detail: err.detail })
  if (err instanceof InvalidInputError) return json(422, { detail: err.faults.map(toFault) })
  if (err instanceof OverloadedError) return away(err.message, err.retryAfterSeconds)
  if (err instanceof LimitedError)
    return {
      ...json(429, { code: err.code, detail: err.message }),
      headers: { 'retry-after': String(err.retryAfterSeconds) },
    }
  if (err instanceof DomainError)
    return json(statusOf(err.code), { code: err.code, detail: err.message })
  if (err instanceof ApiError) {
    const { status, code, detail, headers } = err.refusal
    return { ...json(status, { code, detail }), ...(headers && { headers }) }
  }
  if (err instanceof URIError)
    return json(400, { code: 'generic_error', detail: 'The path is not well-formed.' })
  if (isDatabaseAway(err)) return away('The database is not available: try again.', 1)
  return null
}

export const UNEXPECTED: HttpAnswer = { status: 500, json: '{}' }

function json(status: number, body: object): HttpAnswer {
  return { status, json: JSON.stringify(body) }
}

function away(detail: string, retryAfterSeconds: number): HttpAnswer {
  return {
    ...json(503, { code: 'unavailable', detail }),
    headers: { 'retry-after': String(retryAfterSeconds) },
  }
}

function toFault(fault: InvalidInputError['faults'][number]): {
  loc: readonly string[]
  msg: string
  type: string
} {
  return { loc: fault.path, msg: fault.message, type: fault.type ?? 'value_error' }
}

const STATUSES = new Map([
  ['authentication_failed', 401],
  ['insufficient access', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['already_replied', 409],
  ['nobody_waits', 410],
  ['event_type_exists', 409],
  ['idempotency_key_reused', 409],
  ['organisation_exists', 409],
  ['diff_outdated', 409],
  ['nothing_waits', 409],
  ['no_retry_waits', 409],
  ['not_probed', 409],
  ['held_by_receiver', 409],
  ['disabled_again', 409],
  ['header_set_again', 409],
  ['undo_ended', 409],
  ['preview_outdated', 409],
])

function statusOf(code: string): number {
  return STATUSES.get(code) ?? 400
}
