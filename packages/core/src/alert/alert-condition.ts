import type { AlertCondition } from '@posthorn/db/alert'
import { type InputFault, InvalidInputError } from '../errors.ts'

interface ConditionRule {
  /** What the threshold may be. */
  readonly min: number
  readonly max: number
  readonly isWhole: boolean
  /** Whether the window is how long it has to last; else it is the span that is looked at. */
  readonly lasts: boolean
  /** Whether it sums rollups over all applications. */
  readonly sums: boolean
}

const count = { min: 1, max: 10_000, isWhole: true, lasts: false, sums: false } as const

export const ALERT_CONDITIONS: Readonly<Record<AlertCondition, ConditionRule>> = {
  /** Deliveries that are due and nobody is at. */
  lag: { ...count, lasts: true },
  /** Seconds that the oldest of them waits. */
  oldest_due: { ...count, max: 86_400, lasts: true },
  /** Of the attempts in the window, in percent: the one condition that is met from below. */
  success_rate: { min: 0.1, max: 100, isWhole: false, lasts: false, sums: true },
  /** Endpoints that did nothing but fail for the whole window. */
  endpoint_failing: count,
  /** Endpoints disabled in the window by failure, or by their receiver. */
  endpoint_disabled: count,
  /** Deliveries that used up their schedule in the window. */
  message_exhausted: { ...count, max: 1_000_000, sums: true },
  /** Requests that sources put in quarantine in the window. */
  quarantine_growth: count,
}

export function isBeyond(
  { condition, threshold }: { readonly condition: AlertCondition; readonly threshold: number },
  value: number,
): boolean {
  return condition === 'success_rate' ? value < threshold : value >= threshold
}

export function checkThreshold(condition: AlertCondition, threshold: number): void {
  const { min, max, isWhole } = ALERT_CONDITIONS[condition]
  const fits = threshold >= min && threshold <= max && (!isWhole || Number.isInteger(threshold))
  if (fits) return
  const kind = isWhole ? 'a whole number' : 'a number'
  const message = `Must be ${kind} from ${min} to ${max} for this condition.`
  const fault: InputFault = { path: ['body', 'threshold'], message }
  throw new InvalidInputError([fault])
}
