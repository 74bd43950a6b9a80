import type { EndpointVitals } from '@posthorn/db'

export type EndpointHealth =
  | 'healthy'
  | 'new'
  | 'rate_limited'
  | 'failing'
  | 'disabled_soon'
  | 'disabled'

const FAILING_AFTER_FAILURES = 5
const DAY_ATTEMPTS_TO_JUDGE = 20
export const DAY_SUCCESS_SHARE = 0.95
const LONG_WAIT_MS = 60_000
const FAILURES_TO_DISABLE = 10

/** The first that applies, worst first. */
export function decideEndpointHealth(
  endpoint: { readonly disabled: boolean },
  vitals: EndpointVitals,
  disableAfterSeconds: number,
): EndpointHealth {
  if (endpoint.disabled) return 'disabled'
  if (isDisabledSoon(vitals, disableAfterSeconds)) return 'disabled_soon'
  if (isFailing(vitals)) return 'failing'
  if (isRateLimited(vitals)) return 'rate_limited'
  return vitals.isTried ? 'healthy' : 'new'
}

function isDisabledSoon(vitals: EndpointVitals, disableAfterSeconds: number): boolean {
  if (vitals.failingSince === null || vitals.failureCount < FAILURES_TO_DISABLE) return false
  return vitals.now.getTime() - vitals.failingSince.getTime() > (disableAfterSeconds * 1000) / 2
}

function isFailing({ breakerOpenedAt, failureCount, ...day }: EndpointVitals): boolean {
  if (breakerOpenedAt !== null || failureCount >= FAILING_AFTER_FAILURES) return true
  const attempts = day.successes24h + day.failures24h
  return attempts >= DAY_ATTEMPTS_TO_JUDGE && day.successes24h < attempts * DAY_SUCCESS_SHARE
}

function isRateLimited({ rate, oldestTurnAt, now }: EndpointVitals): boolean {
  if (rate === null || oldestTurnAt === null) return false
  return now.getTime() - oldestTurnAt.getTime() > LONG_WAIT_MS
}
