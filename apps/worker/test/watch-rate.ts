import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Receiver } from '@posthorn/test-kit'

/**
 * Counts what arrives in any second against a limit. Sender and receiver share this process, so what a
 * stalled machine bunches together is allowed on top; where nothing stalls, that is nothing.
 */
export function watchRate(receiver: Receiver, limit: number) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  return {
    most: () => mostInASecond(receiver.requests.map((request) => request.atMs)),
    allowed: () => limit + 1 + Math.floor((limit * delay.max) / 1e9),
  }
}

function mostInASecond(atMs: readonly number[]): number {
  return Math.max(
    ...atMs.map((start) => atMs.filter((at) => at >= start && at < start + 1000).length),
  )
}
