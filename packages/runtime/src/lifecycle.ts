import { drainLog, type Logger } from './logger.ts'

export interface RunOptions {
  /** Starts the service; it is disposed of when the process is told to stop. */
  start(stop: AbortSignal): Promise<AsyncDisposable>
  logger: Logger
  /** How long stopping may take until the exit is forced, in ms. Default 25,000. */
  deadlineMs?: number
  /** The last act before a forced exit. */
  onForcedExit?: () => void
}

const DEFAULT_DEADLINE_MS = 25_000
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

// One Ctrl-C reaches a process up to three times: from the terminal, from npm and from its parent.
const SAME_REQUEST_MS = 1_000

/**
 * Runs a service until SIGTERM, SIGINT or SIGHUP (or, in a child with an IPC channel, until its
 * parent is gone), then disposes of it. A second signal or the deadline forces the exit.
 */
export async function runUntilStopped(options: RunOptions): Promise<void> {
  using stop = listenForStop(options)
  try {
    await using _service = await options.start(stop.signal)
    stop.begin()
    await stop.requested
  } finally {
    await drainLog()
  }
}

function listenForStop(
  options: RunOptions,
): Disposable & { signal: AbortSignal; requested: Promise<void>; begin(): void } {
  const controller = new AbortController()
  const requested = Promise.withResolvers<void>()
  let requestedAtMs = 0
  let hasBegun = false
  // Node exits (13) when nothing but promises is left; a signal handler alone doesn't count.
  const keepAlive = setInterval(() => undefined, 60_000)
  let deadline: NodeJS.Timeout | undefined

  const onRequest = (cause: string): void => {
    if (!controller.signal.aborted) {
      requestedAtMs = performance.now()
      // Whoever calls off a start says why.
      if (hasBegun) options.logger.info({ cause }, 'process.stopping')
      deadline = setTimeout(
        () => forceExit(options, 'deadline'),
        options.deadlineMs ?? DEFAULT_DEADLINE_MS,
      )
      controller.abort()
      requested.resolve()
    } else if (performance.now() - requestedAtMs > SAME_REQUEST_MS) {
      forceExit(options, cause)
    }
  }
  const onDisconnect = (): void => onRequest('parent gone')
  for (const name of STOP_SIGNALS) process.on(name, onRequest)
  process.on('disconnect', onDisconnect)

  return {
    signal: controller.signal,
    requested: requested.promise,
    begin: () => void (hasBegun = true),
    [Symbol.dispose]: () => {
      clearInterval(keepAlive)
      // Still counts: something left open would keep a stopped process alive for ever.
      deadline?.unref()
      for (const name of STOP_SIGNALS) process.off(name, onRequest)
      process.off('disconnect', onDisconnect)
    },
  }
}

function forceExit(options: RunOptions, cause: string): void {
  options.logger.error({ cause }, 'process.exit_forced')
  options.onForcedExit?.()
  // Exit handlers and a thread stuck in a write can hold up `process.exit` for ever; this can't be held up.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200)
}
