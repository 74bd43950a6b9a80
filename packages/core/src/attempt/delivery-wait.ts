import type { DeliveryState } from '@posthorn/db'

/**
 * Why a delivery waits: `due` for a worker, `retry` for its time, `in_flight` for the receiver, `rate_limited` for the
 * endpoint's limit, `capped` for room beside its other attempts, `breaker` while the endpoint is probed,
 * `retry_after` because the endpoint asked for it.
 */
export type WaitReason =
  | 'due'
  | 'retry'
  | 'in_flight'
  | 'rate_limited'
  | 'capped'
  | 'breaker'
  | 'retry_after'

export interface DeliveryWaiting {
  readonly reason: WaitReason
  /** When that ends, as far as it is known now. */
  readonly until: Date | null
}

/** Pure. Null: it doesn't wait. */
export function deliveryWait(state: DeliveryState): DeliveryWaiting | null {
  if (state.status !== 'pending') return null
  if (state.wait === null) return { reason: 'in_flight', until: null }
  return state.wait === 'time' ? waitForTime(state) : waitForTurn(state)
}

function waitForTime({ nextAttemptAt, now }: DeliveryState): DeliveryWaiting {
  const isDue = nextAttemptAt === null || nextAttemptAt <= now
  return isDue ? { reason: 'due', until: null } : { reason: 'retry', until: nextAttemptAt }
}

function waitForTurn(state: DeliveryState): DeliveryWaiting {
  const { heldUntil, breakerOpenedAt, nextTurnAt, now, rate, ahead } = state
  if (heldUntil !== null && heldUntil > now) return { reason: 'retry_after', until: heldUntil }
  if (breakerOpenedAt !== null) return { reason: 'breaker', until: nextTurnAt }
  if (rate === null) return { reason: 'capped', until: null }
  const until = new Date(now.getTime() + (((ahead ?? 0) + 1) / rate) * 1000)
  return { reason: 'rate_limited', until }
}

export interface RemainingAttempt {
  readonly number: number
  /** Of those after the next one, without jitter, if each fails at once. */
  readonly at: Date
}

/** Pure: the attempts that are to come if each fails. A resend is one attempt. */
export function remainingAttempts(
  state: DeliveryState,
  schedule: readonly number[],
): RemainingAttempt[] {
  if (state.status !== 'pending') return []
  const steps = state.trigger === 'manual' ? [] : schedule
  const first = deliveryWait(state)?.until ?? state.now
  const remaining: RemainingAttempt[] = []
  let atMs = Math.max(first.getTime(), state.now.getTime())
  for (let number = state.attemptCount + 1; number <= steps.length + 1; number++) {
    remaining.push({ number, at: new Date(atMs) })
    atMs += (steps[number - 1] ?? 0) * 1000
  }
  return remaining
}
