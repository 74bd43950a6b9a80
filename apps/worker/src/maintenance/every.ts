import { withinDeadline } from '@posthorn/runtime'

export interface Loop extends AsyncDisposable {
  /** How long the round under way has taken; 0 between two. */
  readonly busyMs: number
  /** Runs soon instead of at the next interval; many nudges make one round. */
  nudge(): void
}

export interface LoopOptions {
  /** Between two rounds: always the same, or as the round that just ended found. Infinity: until it is nudged. */
  readonly intervalMs: number | (() => number)
  /** The least time between the starts of two rounds, however often nudged. */
  readonly minGapMs?: number
  /** How long its end waits for a round, which has to bear being left. By default until the round has ended. */
  readonly stopWithinMs?: number
  readonly run: () => Promise<unknown>
  readonly onError: (err: unknown) => void
}

/** Runs one round after the other, never two at once; a failed round waits for the next like any other. */
export function every(options: LoopOptions): Loop {
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> | null = null
  let isNudged = false
  let isStopped = false
  let lastStartMs = Number.NEGATIVE_INFINITY
  const { intervalMs, minGapMs = 0, stopWithinMs } = options
  const interval = typeof intervalMs === 'number' ? () => intervalMs : intervalMs

  const schedule = (delayMs: number): void => {
    if (isStopped) return
    clearTimeout(timer)
    if (delayMs < Infinity) timer = setTimeout(() => void start(), delayMs)
  }
  const start = (): Promise<void> => {
    isNudged = false
    lastStartMs = performance.now()
    current = options
      .run()
      .catch(options.onError)
      .then(() => {
        current = null
        schedule(isNudged ? gapLeft() : interval())
      })
    return current
  }
  const gapLeft = (): number => Math.max(0, minGapMs - (performance.now() - lastStartMs))

  schedule(0)
  return {
    get busyMs() {
      return current === null ? 0 : performance.now() - lastStartMs
    },
    nudge() {
      if (isNudged) return
      isNudged = true
      if (current === null) schedule(gapLeft())
    },
    async [Symbol.asyncDispose]() {
      isStopped = true
      clearTimeout(timer)
      const round = current ?? Promise.resolve()
      await (stopWithinMs === undefined ? round : withinDeadline(round, stopWithinMs, undefined))
    },
  }
}
