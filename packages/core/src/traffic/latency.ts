import { slotStartMs } from '@posthorn/db'

export interface Latency {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Pure: in ms, of answers counted by slot; right to about a tenth. Null without any. */
export function latencyOf(slots: readonly number[]): Latency | null {
  const total = slots.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const at = (share: number): number => percentile(slots, share * total)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** Within its slot, evenly spread. */
function percentile(slots: readonly number[], rank: number): number {
  let before = 0
  for (const [index, count] of slots.entries()) {
    if (count > 0 && before + count >= rank) {
      const [from, to] = [slotStartMs(index + 1), slotStartMs(index + 2)]
      return Math.round(from + ((to - from) * (rank - before)) / count)
    }
    before += count
  }
  return Math.round(slotStartMs(slots.length))
}

export function addSlots(sum: number[], slots: readonly number[]): void {
  for (const [index, count] of slots.entries()) sum[index] = (sum[index] ?? 0) + count
}
