import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 20

/** Looks until the condition holds; fails with `what` after `timeoutMs`. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
): Promise<void> {
  const giveUpAtMs = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > giveUpAtMs) throw new Error(`Not within ${timeoutMs} ms: ${what}`)
    await pause(LOOK_EVERY_MS)
  }
}
