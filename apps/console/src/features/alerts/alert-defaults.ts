import type { AlertOut } from '@posthorn/contracts'

export type Condition = AlertOut['condition']
export type TargetKind = AlertOut['target']['kind']

interface Default {
  readonly threshold: number
  readonly windowSeconds: number
  /** Of a percentage. */
  readonly step?: number
}

/** What a new rule begins with, by what it looks at; in the order in which they are offered. */
export const DEFAULTS: Readonly<Record<Condition, Default>> = {
  endpoint_disabled: { threshold: 1, windowSeconds: 86_400 },
  endpoint_failing: { threshold: 1, windowSeconds: 900 },
  success_rate: { threshold: 95, windowSeconds: 3_600, step: 0.1 },
  message_exhausted: { threshold: 1, windowSeconds: 3_600 },
  oldest_due: { threshold: 60, windowSeconds: 300 },
  lag: { threshold: 1_000, windowSeconds: 300 },
  quarantine_growth: { threshold: 10, windowSeconds: 3_600 },
}

export const CONDITIONS: readonly Condition[] = [
  'endpoint_disabled',
  'endpoint_failing',
  'success_rate',
  'message_exhausted',
  'oldest_due',
  'lag',
  'quarantine_growth',
]

export const KINDS: readonly TargetKind[] = ['email', 'slack', 'webhook']

export const WINDOWS = [60, 300, 900, 3_600, 21_600, 86_400] as const
export const REMINDERS = [0, 3_600, 14_400, 86_400] as const
