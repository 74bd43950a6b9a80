import { deliveryWish } from './delivery-wish.ts'
import type { Outcome, ReceivedResponse } from './outcome.ts'
import { retryAfterSeconds } from './retry-after.ts'
import { retryDelaySeconds } from './retry-schedule.ts'

/** What follows an attempt. `disable`: what the receiver's answer asks of the whole endpoint. */
export type NextStep =
  | { readonly kind: 'done'; readonly disable: boolean }
  | { readonly kind: 'retry'; readonly inSeconds: number; readonly holdSeconds: number | null }
  /** Our own fault: the same attempt again, soon. */
  | { readonly kind: 'again'; readonly inSeconds: number }
  | {
      readonly kind: 'failed'
      readonly exhausted: boolean
      readonly disable: boolean
      readonly holdSeconds: number | null
    }
  | { readonly kind: 'canceled' }

export interface AttemptedDelivery {
  readonly trigger: 'scheduled' | 'manual'
  /** This attempt's number, 1 for the first. */
  readonly attemptNumber: number
  /** How often a worker was lost before. */
  readonly lostCount: number
  readonly schedule: readonly number[]
}

const INTERNAL_RETRY_SECONDS = 30

/** Pure: given the outcome, the delivery and the time, what happens to the delivery. */
export function decideNextStep(
  outcome: Outcome,
  delivery: AttemptedDelivery,
  nowMs: number,
): NextStep {
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'done', disable: deliveryWish(outcome.response) === 'disable' }
    case 'canceled':
      return { kind: 'canceled' }
    case 'unsendable':
      return { kind: 'failed', exhausted: false, disable: false, holdSeconds: null }
    case 'internal':
      return { kind: 'again', inSeconds: INTERNAL_RETRY_SECONDS }
    case 'lost':
      return afterLoss(delivery)
    case 'refused':
      return afterRefusal(outcome, delivery, nowMs)
  }
}

// Once at once, then on schedule: a message that kills workers must not loop.
function afterLoss(delivery: AttemptedDelivery): NextStep {
  const scheduled = retryDelaySeconds(scheduleOf(delivery), delivery.attemptNumber)
  if (scheduled === null)
    return { kind: 'failed', exhausted: true, disable: false, holdSeconds: null }
  return { kind: 'retry', inSeconds: delivery.lostCount === 0 ? 0 : scheduled, holdSeconds: null }
}

function afterRefusal(
  outcome: Extract<Outcome, { kind: 'refused' }>,
  delivery: AttemptedDelivery,
  nowMs: number,
): NextStep {
  if (isFinal(outcome.code)) {
    return {
      kind: 'failed',
      exhausted: false,
      disable: asksToDisable(outcome.code),
      holdSeconds: null,
    }
  }
  const asked = askedDelaySeconds(outcome.response, nowMs)
  const holdSeconds = outcome.response?.status === 429 ? asked : null
  const scheduled = retryDelaySeconds(scheduleOf(delivery), delivery.attemptNumber)
  if (scheduled === null) return { kind: 'failed', exhausted: true, disable: false, holdSeconds }
  return { kind: 'retry', inSeconds: Math.max(scheduled, asked ?? 0), holdSeconds }
}

// A resend is one attempt: it never disturbs, or adds to, the schedule.
function scheduleOf(delivery: AttemptedDelivery): readonly number[] {
  return delivery.trigger === 'manual' ? [] : delivery.schedule
}

function isFinal(code: string): boolean {
  return code === 'receiver_aborted' || asksToDisable(code)
}

function asksToDisable(code: string): boolean {
  return code === 'http_410' || code === 'receiver_disabled'
}

function askedDelaySeconds(response: ReceivedResponse | null, nowMs: number): number | null {
  if (response?.status !== 429 && response?.status !== 503) return null
  return retryAfterSeconds(response.headers['retry-after'], nowMs)
}
