import { runDueTicks } from '@posthorn/core'
import type { IngestContext } from '../context.ts'

const LOOK_EVERY_MS = 1_000

/** Looks every second for what is due; several processes may, for each tick is published once. */
export function startCronTicker(ctx: IngestContext): AsyncDisposable {
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= runDueTicks(ctx)
      .then(
        () => undefined,
        (err: unknown) => ctx.events.failed('cron', err),
      )
      .finally(() => {
        running = null
      })
  }, LOOK_EVERY_MS)
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await running
    },
  }
}
