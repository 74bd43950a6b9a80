import { type DeliveryWish, deliveryWish } from './delivery-wish.ts'
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

const CODE_OF_WISH: Readonly<Record<DeliveryWish, string>> = {
  disable: 'receiver_disabled',
  'abort-message': 'receiver_aborted',
}

function refusalCode(response: ReceivedResponse): string {
  const wish = deliveryWish(response)
  return wish === null ? httpCode(response.status) : CODE_OF_WISH[wish]
}

const TELLING_HEADERS = ['location', 'retry-after', 'allow', 'server'] as const

function refusalParams(response: ReceivedResponse): OutcomeParams {
  const told = TELLING_HEADERS.flatMap((name) => {
    const value = response.headers[name]
    return value === undefined ? [] : [[name, value.slice(0, 200)] as const]
  })
  return { status: response.status, ...Object.fromEntries(told) }
}
