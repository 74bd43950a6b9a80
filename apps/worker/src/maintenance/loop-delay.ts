import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface LoopDelay extends Disposable {
  /** The longest that the event loop was held up since this was asked before. */
  takeMs(): number
}

/** Each sample wakes the process up: at 20 ms they were a fifth of what an idle worker costs. */
const SAMPLE_MS = 100
const NS_PER_MS = 1e6

export function watchLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: SAMPLE_MS })
  histogram.enable()
  return {
    takeMs() {
      // Nothing was sampled yet: the histogram has a minimum of its own then.
      const heldUpMs = histogram.count === 0 ? 0 : histogram.max / NS_PER_MS - SAMPLE_MS
      histogram.reset()
      return Math.max(0, heldUpMs)
    },
    [Symbol.dispose]: () => void histogram.disable(),
  }
}
