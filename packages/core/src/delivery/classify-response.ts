import { httpCode } from './http-code.ts'
import type { AttemptTiming, Outcome, OutcomeParams, ReceivedResponse } from './outcome.ts'

/** What the status line (and `webhook-delivery`) of an answer means. `notice`: what was odd about its body. */
export function classifyResponse(
  response: ReceivedResponse,
  timing: AttemptTiming,
  notice: string | null,
): Outcome {
  if (response.status >= 200 && response.status < 300) {
    return { kind: 'delivered', code: notice, params: {}, response, timing }
  }
  return {
    kind: 'refused',
    code: refusalCode(response),
    params: refusalParams(response),
    response,
    timing,
  }
}

function refusalCode(response: ReceivedResponse): string {
  const wish = response.headers['webhook-delivery']?.trim().toLowerCase()
  if (wish === 'disable') return 'receiver_disabled'
  if (wish === 'abort-message') return 'receiver_aborted'
  return httpCode(response.status)
}

const TELLING_HEADERS = ['location', 'retry-after', 'allow', 'server'] as const

function refusalParams(response: ReceivedResponse): OutcomeParams {
  const told = TELLING_HEADERS.flatMap((name) => {
    const value = response.headers[name]
    return value === undefined ? [] : [[name, value.slice(0, 200)] as const]
  })
  return { status: response.status, ...Object.fromEntries(told) }
}
