import { type AttemptTiming, classifyResponse, type Outcome } from '@posthorn/core'
import type { SendFailure, SendResult } from '@posthorn/safe-http'

/** What the transport saw, as an outcome of the domain. */
export function toOutcome(result: SendResult): Outcome {
  const timing: AttemptTiming = result.timing
  if (result.kind === 'failure') return failed(result, timing)
  const { status, body, headers } = result
  const notice = result.notice ?? (result.bodyTruncated ? 'response_too_large' : null)
  return classifyResponse({ status, body, headers }, timing, notice)
}

function failed(result: SendFailure, timing: AttemptTiming): Outcome {
  const { code, detail, phase, response } = result
  if (code === 'internal_error') return { kind: 'internal', detail }
  if (code === 'invalid_url' || code === 'invalid_header') return { kind: 'unsendable', code }
  // An answer whose body never ended still says what it says.
  if (response !== undefined) return classifyResponse({ ...response, body: '' }, timing, null)
  return { kind: 'refused', code, params: { detail, phase }, response: null, timing }
}
