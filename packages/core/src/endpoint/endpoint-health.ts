import type { EndpointVitals } from '@posthorn/db'

export type EndpointHealth =
  | 'healthy'
  | 'new'
  | 'rate_limited'
  | 'failing'
  | 'disabled_soon'
  | 'disabled'

const FAILING_AFTER_FAILURES = 5
const DAY_DELIVERIES_TO_JUDGE = 20
export const DAY_SUCCESS_SHARE = 0.95
const LONG_WAIT_MS = 60_000
/** So many attempts at least have failed before nothing but failure disables an endpoint. */
export const FAILURES_TO_DISABLE = 10
/** Of the time of nothing but failure that disables an endpoint: after so much of it that comes soon. */
export const DISABLED_SOON_SHARE = 0.5

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

/** When it will be disabled, unless an attempt succeeds; null while too little failed for that. */
export function decideDisablesAt(
  { failingSince, failureCount }: EndpointVitals,
  disableAfterSeconds: number,
): Date | null {
  if (failingSince === null || failureCount < FAILURES_TO_DISABLE) return null
  return new Date(failingSince.getTime() + disableAfterSeconds * 1000)
}

function isDisabledSoon(vitals: EndpointVitals, disableAfterSeconds: number): boolean {
  const disablesAt = decideDisablesAt(vitals, disableAfterSeconds)
  if (disablesAt === null) return false
  const leftMs = disableAfterSeconds * 1000 * (1 - DISABLED_SOON_SHARE)
  return disablesAt.getTime() - vitals.now.getTime() < leftMs
}

function isFailing({ breakerOpenedAt, failureCount, ...day }: EndpointVitals): boolean {
  if (breakerOpenedAt !== null || failureCount >= FAILING_AFTER_FAILURES) return true
  // Of deliveries, not of attempts: what was delivered in the end is no trouble any more.
  const settled = day.delivered24h + day.failed24h
  return settled >= DAY_DELIVERIES_TO_JUDGE && day.delivered24h < settled * DAY_SUCCESS_SHARE
}

function isRateLimited({ rate, oldestTurnAt, now }: EndpointVitals): boolean {
  if (rate === null || oldestTurnAt === null) return false
  return now.getTime() - oldestTurnAt.getTime() > LONG_WAIT_MS
}
