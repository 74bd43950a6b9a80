import {
  type AttemptTiming,
  classifyResponse,
  type Outcome,
  type OutcomeParams,
} from '@posthorn/core'
import type { SafeRequest, SendFailure, SendResponse, SendResult } from '@posthorn/safe-http'

/** What the transport saw of a request with that body, as an outcome of the domain. */
export function toOutcome(result: SendResult, body: SafeRequest['body']): Outcome {
  const timing: AttemptTiming = result.timing
  if (result.kind === 'failure') return failed(result, timing)
  const { status, headers } = result
  const notice = result.notice ?? null
  const outcome = classifyResponse({ status, body: result.body, headers }, timing, notice)
  return status === 413 || result.bodyTruncated
    ? withParams(outcome, paramsOfResponse(result, body))
    : outcome
}

function paramsOfResponse(
  { status, bodyTruncated, keptBytes }: SendResponse,
  body: SafeRequest['body'],
): OutcomeParams {
  return {
    ...(status === 413 && { bytes: Buffer.byteLength(body) }),
    ...(bodyTruncated && { cutAt: keptBytes }),
  }
}

function failed(result: SendFailure, timing: AttemptTiming): Outcome {
  const { code, detail, phase, log, response } = result
  const params = { detail, phase, ...told(code, log) }
  if (code === 'internal_error') return { kind: 'internal', detail }
  if (code === 'invalid_url' || code === 'invalid_header')
    return { kind: 'unsendable', code, params }
  if (response === undefined) return { kind: 'refused', code, params, response: null, timing }
  // What the answer asks of us it asks all the same.
  const answered = withParams(classifyResponse({ ...response, body: '' }, timing, null), params)
  return answered.kind === 'refused' && !ASKED.has(answered.code) ? { ...answered, code } : answered
}

const ASKED: ReadonlySet<string> = new Set(['http_410', 'receiver_disabled', 'receiver_aborted'])

/** Of what only the log has otherwise, that which the sentence of a cause says: never an address. */
const TOLD: { readonly [code in SendFailure['code']]?: readonly [param: string, logged: string] } =
  {
    tls_expired: ['date', 'notAfter'],
    tls_not_yet_valid: ['date', 'notBefore'],
    tls_hostname_mismatch: ['names', 'names'],
    tls_untrusted: ['reason', 'errno'],
    response_headers_too_large: ['limit', 'limit'],
    invalid_url: ['rule', 'rule'],
    invalid_header: ['name', 'name'],
  }

const LONGEST = 200

function told(code: SendFailure['code'], log: SendFailure['log']): OutcomeParams {
  const [param, logged] = TOLD[code] ?? []
  const value = logged === undefined ? undefined : log[logged]
  return param === undefined || value === undefined || value === ''
    ? {}
    : { [param]: value.slice(0, LONGEST) }
}

function withParams(outcome: Outcome, params: OutcomeParams): Outcome {
  return 'params' in outcome ? { ...outcome, params: { ...outcome.params, ...params } } : outcome
}
