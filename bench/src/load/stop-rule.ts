import { nowUs } from '../measure/clock.ts'
import type { Until } from './load-plan.ts'

/** Says whether one more message may be published, and counts it. */
export function createStopRule(until: Until): () => boolean {
  if ('messages' in until) {
    let left = until.messages
    return () => left-- > 0
  }
  const endUs = nowUs() + until.seconds * 1e6
  return () => nowUs() < endUs
}
