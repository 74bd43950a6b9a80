import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Receiver } from '@posthorn/test-kit'

/**
 * Counts what arrives in any second: limit + 1 at most. Sender and receiver share this process, so what a
 * stall of it bunches together is allowed on top: at 10 a second one request for each 100 ms of the longest
 * stall, nothing for a shorter one. Without any allowance, with a receiver apart: `npm run bench -- paced`.
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
