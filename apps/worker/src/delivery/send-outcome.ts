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
  switch (result.code) {
    case 'internal_error':
      return { kind: 'internal', detail: result.detail }
    case 'invalid_url':
    case 'invalid_header':
      return { kind: 'unsendable', code: result.code }
    default:
      return {
        kind: 'refused',
        code: result.code,
        params: { detail: result.detail, phase: result.phase },
        response: result.response === undefined ? null : { ...result.response, body: '' },
        timing,
      }
  }
}
