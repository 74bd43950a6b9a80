import type { TrafficRow } from '@posthorn/db'
import { addSlots, type Latency, latencyOf } from './latency.ts'

export interface TrafficCount {
  /** Attempts that succeeded, and that failed. */
  readonly succeeded: number
  readonly failed: number
  /** Attempts that failed with none to follow; sending it again since takes none back. */
  readonly exhausted: number
  /** Of the attempts, 0 to 1; null without any. */
  readonly successRate: number | null
  /** Of the attempts that got an answer, in ms. */
  readonly latencyMs: Latency | null
}

export function countTraffic(rows: readonly TrafficRow[]): TrafficCount {
  const sum = { succeeded: 0, failed: 0, exhausted: 0 }
  const slots: number[] = []
  for (const row of rows) {
    sum.succeeded += row.success
    sum.failed += row.fail
    sum.exhausted += row.exhausted
    addSlots(slots, row.latency)
  }
  const attempts = sum.succeeded + sum.failed
  const successRate = attempts === 0 ? null : sum.succeeded / attempts
  return { ...sum, successRate, latencyMs: latencyOf(slots) }
}
